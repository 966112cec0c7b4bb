import { nameOf } from '../../../../../apimachinery/object.ts';
import { taintsOf, toleratesTaint } from '../../../../../apimachinery/taints.ts';
import { nameAt, numberAt, valueAt } from '../../../../../base/json.ts';
import type { JsonValue, Path } from '../../../../../base/json.ts';
import { Choice } from '../../../../../kit/choice.tsx';
import { useText } from '../../../../i18n.ts';
import { nodeTaints } from '../../../answers/node-answers.ts';
import { shortList } from '../../../several/short-list.ts';
import { useForm } from '../../form-context.ts';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { useLanguage, useNodes } from '../parts/around.ts';
import { ItemList } from '../parts/item-list.tsx';
import { Labelled } from '../parts/labelled.tsx';
import { SuggestedField } from '../parts/suggested-field.tsx';
import { taintText, tolerationWords } from './placement-words.ts';

/** Source: core/v1 TaintEffect, 1.36; none means every one of them. */
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** The taints that Pods put up with: each as a sentence, with the Nodes here that it opens. */
export function Tolerations({ path }: { readonly path: Path }) {
  const t = useText();
  const nodes = useNodes();
  const begin = () => {
    const [taint] = nodeTaints(nodes);
    const key = nameAt(taint, 'key') ?? 'example.com/dedicated';
    return { key, operator: 'Exists', effect: nameAt(taint, 'effect') ?? 'NoSchedule' };
  };
  return (
    <ItemList
      path={path}
      add={t('fields:toleration.add')}
      begin={begin}
      nameOf={(item, index) => nameAt(item, 'key') ?? `#${index + 1}`}
    >
      {(at, item) => <Toleration path={at} item={item} />}
    </ItemList>
  );
}

const DRAWN = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'];

function Toleration({ path, item }: { readonly path: Path; readonly item: JsonValue }) {
  const { edit } = useForm();
  const t = useText();
  const language = useLanguage();
  const nodes = useNodes();
  const exists = valueAt(item, 'operator') === 'Exists';
  const effect = nameAt(item, 'effect') ?? '';
  const setOperator = (operator: string) =>
    edit([
      { op: 'set', path: [...path, 'operator'], value: operator },
      ...(operator === 'Exists' && valueAt(item, 'value') !== undefined
        ? [{ op: 'delete', path: [...path, 'value'] } as const]
        : []),
    ]);
  const setEffect = (next: string) =>
    edit([
      next === '' ? { op: 'delete', path: [...path, 'effect'] } : { op: 'set', path: [...path, 'effect'], value: next },
      ...(next !== 'NoExecute' && numberAt(item, 'tolerationSeconds') !== undefined
        ? [{ op: 'delete', path: [...path, 'tolerationSeconds'] } as const]
        : []),
    ]);
  return (
    <>
      <SuggestedField
        path={[...path, 'key']}
        title={t('fields:toleration.key')}
        placeholder={t('fields:toleration.everyKey')}
        options={() => keysOf(nodeTaints(nodes))}
      />
      <div className="item-row">
        <Choice
          label="operator"
          value={nameAt(item, 'operator') ?? 'Equal'}
          options={['Equal', 'Exists', 'Gt', 'Lt'].map((id) => ({ id, label: id }))}
          onChange={setOperator}
        />
        {!exists && <Labelled path={[...path, 'value']} />}
      </div>
      <div className="item-row">
        <Choice
          label="effect"
          value={effect === '' ? EVERY : effect}
          options={[
            { id: EVERY, label: t('fields:toleration.everyEffectShort') },
            ...[...new Set([...EFFECTS, effect])].filter(Boolean).map((id) => ({ id, label: id })),
          ]}
          onChange={(id) => setEffect(id === EVERY ? '' : id)}
        />
        {effect === 'NoExecute' && <Labelled path={[...path, 'tolerationSeconds']} />}
      </div>
      <p className="widget-words">
        {tolerationWords(item, t, language)} {opened(item, nodes, t)}
      </p>
      <RestOfFields path={path} omit={DRAWN} />
    </>
  );
}

const EVERY = 'every';

function keysOf(taints: readonly JsonValue[]): readonly { readonly id: string; readonly hint: string }[] {
  const keys = new Map<string, string[]>();
  for (const taint of taints) {
    const key = nameAt(taint, 'key') ?? '';
    keys.set(key, [...(keys.get(key) ?? []), taintText(taint)]);
  }
  return [...keys].map(([id, texts]) => ({ id, hint: shortList(texts) }));
}

/** The Nodes here that have a taint which this toleration tolerates. */
function opened(item: JsonValue, nodes: ReturnType<typeof useNodes>, t: ReturnType<typeof useText>): string {
  const names = nodes
    .filter((node) => taintsOf(node).some((taint) => toleratesTaint(item, taint)))
    .map((node) => nameOf(node));
  return names.length === 0
    ? t('fields:toleration.noNode')
    : t('fields:toleration.nodes', { count: names.length, nodes: shortList(names) });
}
