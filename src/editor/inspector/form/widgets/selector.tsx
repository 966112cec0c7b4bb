import { useMemo } from 'react';
import { nameOf } from '../../../../apimachinery/object.ts';
import { objectAt } from '../../../../base/json.ts';
import type { Path } from '../../../../base/json.ts';
import { SuggestInput } from '../../../../kit/suggest-input.tsx';
import { visibleText } from '../../../../kit/visible-text.ts';
import { useText } from '../../../i18n.ts';
import { reveal } from '../../../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../../../workspace-context.ts';
import { podLabels, selectedBy } from '../../answers/label-answers.ts';
import { namespaceLabels } from '../../answers/node-answers.ts';
import { RestOfFields } from '../rest-of-fields.tsx';
import { shownValue } from '../field-value.ts';
import { useForm } from '../form-context.ts';
import { shortList } from '../../several/short-list.ts';
import { Token } from './parts/token.tsx';

interface SelectorProps {
  readonly path: Path;
  /** Where the pairs stand: in `matchLabels` of a LabelSelector, in the field itself for a Service. */
  readonly pairs: Path;
  /** Whose labels are offered. */
  readonly of?: 'pods' | 'namespaces';
}

/** A selector by labels: its pairs, labels of Pods that are there to choose from, and how many Pods it selects now. */
export function Selector({ path, pairs, of = 'pods' }: SelectorProps) {
  const { record, object, edit } = useForm();
  const t = useText();
  const { store } = useWorkspace();
  const labels = objectAt(object, ...pairs) ?? {};
  const options = () =>
    of === 'namespaces'
      ? namespaceLabels(store.getState()).flatMap(({ key, values }) =>
          values.filter((value) => labels[key] !== value).map((value) => ({ id: `${key}=${value}` })),
        )
      : podOptions();
  const podOptions = () =>
    podLabels(store.getState(), record.namespace)
      .filter(({ key, value }) => labels[key] !== value)
      .map(({ key, value, names }) => ({ id: `${key}=${value}`, hint: shortList(names) }));
  const add = (text: string) => {
    const at = text.indexOf('=');
    if (text === '') return undefined;
    if (at < 1) return t('fields:selector.form');
    return edit([{ op: 'set', path: [...pairs, text.slice(0, at).trim()], value: text.slice(at + 1).trim() }]);
  };
  return (
    <div className="selector">
      {Object.keys(labels).length > 0 && (
        <ul className="selector-pairs" aria-label={t('fields:selector.pairs')}>
          {Object.entries(labels).map(([key, value]) => (
            <Token
              key={key}
              path={[...pairs, key]}
              name={key}
              onRemove={() => edit([{ op: 'delete', path: [...pairs, key] }])}
            >
              <code>
                {visibleText(key)}={visibleText(shownValue(value))}
              </code>
            </Token>
          ))}
        </ul>
      )}
      <SuggestInput
        key={Object.keys(labels).join()}
        label={t('fields:selector.add')}
        value=""
        placeholder="app=web"
        options={options}
        onCommit={add}
        openLabel={t('fields:offer', { field: t('fields:selector.add') })}
      />
      <SelectedNow path={path} />
      {pairs.length > path.length && <RestOfFields path={path} omit={['matchLabels']} />}
    </div>
  );
}

/** How many Pods the selector selects as the design stands, and of which workloads. */
function SelectedNow({ path }: { readonly path: Path }) {
  const { record } = useForm();
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const graph = useWorkspaceState((state) => state.graph);
  const registry = useWorkspaceState((state) => state.registry);
  const selected = useMemo(
    () => selectedBy({ design, graph, registry }, record, path),
    [design, graph, registry, record, path],
  );
  if (!selected) return null;
  const count = selected.reduce((sum, { pods = 0 }) => sum + pods, 0);
  const open = selected.some(({ pods }) => pods === undefined);
  return (
    <div className="selector-now" aria-live="polite">
      <p className={selected.length === 0 ? 'widget-words tone-warn' : 'widget-words'}>
        {selected.length === 0
          ? t('fields:selector.nothing')
          : t(open ? 'fields:selector.matchesOpen' : 'fields:selector.matches', { count })}
      </p>
      {selected.slice(0, MOST_NAMED).map(({ record: { id, object }, pods }) => (
        <button
          key={id}
          type="button"
          className="link-button"
          onClick={() => {
            workspace.select([id]);
            reveal(id);
          }}
        >
          {visibleText(nameOf(object))}{' '}
          <span className="quiet">{pods === undefined ? object.kind : `${object.kind} × ${pods}`}</span>
        </button>
      ))}
    </div>
  );
}

const MOST_NAMED = 12;
