import { arrayAt, stringAt, valueAt } from '../../../../../base/json.ts';
import type { JsonValue, Path } from '../../../../../base/json.ts';
import { Choice } from '../../../../../kit/choice.tsx';
import type { LabelValues } from '../../../answers/node-answers.ts';
import { useText } from '../../../../i18n.ts';
import { shownValue } from '../../field-value.ts';
import { useForm } from '../../form-context.ts';
import { ProblemsAtField } from '../../problems-at-field.tsx';
import { ItemList } from './item-list.tsx';
import { StringTokens } from './string-tokens.tsx';
import { SuggestedField } from './suggested-field.tsx';

/** Source: meta/v1 LabelSelectorOperator and core/v1 NodeSelectorOperator, 1.36. */
const OF_LABELS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const OF_NODES = [...OF_LABELS, 'Gt', 'Lt'];
const WITHOUT_VALUES: ReadonlySet<string> = new Set(['Exists', 'DoesNotExist']);
/** Of `matchFields`, which knows one field of a Node and compares names only. */
const OF_FIELDS = ['In', 'NotIn'];

interface RequirementsProps {
  readonly path: Path;
  readonly of: 'labels' | 'nodes' | 'fields';
  /** Keys that are there, with their values. */
  readonly known: () => readonly LabelValues[];
}

/** Conditions on labels, all of which must hold: a key, how it is compared, and with what. */
export function Requirements({ path, of, known }: RequirementsProps) {
  const t = useText();
  const begin = () => {
    const [first] = known();
    return first === undefined || first.values.length === 0
      ? { key: first?.key ?? 'app', operator: 'Exists' }
      : { key: first.key, operator: 'In', values: first.values.slice(0, 1) };
  };
  return (
    <ItemList
      path={path}
      add={t('fields:requirement.add')}
      begin={begin}
      nameOf={(item, index) => stringAt(item, 'key') ?? `#${index + 1}`}
      between={t('fields:requirement.and')}
    >
      {(at, item) => <Requirement path={at} item={item} of={of} known={known} />}
    </ItemList>
  );
}

function Requirement({ path, item, of, known }: RequirementsProps & { readonly item: JsonValue }) {
  const { edit } = useForm();
  const t = useText();
  const key = stringAt(item, 'key') ?? '';
  const operator = stringAt(item, 'operator') ?? '';
  const operators = of === 'nodes' ? OF_NODES : of === 'fields' ? OF_FIELDS : OF_LABELS;
  const choose = (next: string) =>
    edit([
      { op: 'set', path: [...path, 'operator'], value: next },
      ...(WITHOUT_VALUES.has(next) && valueAt(item, 'values') !== undefined
        ? [{ op: 'delete', path: [...path, 'values'] } as const]
        : []),
    ]);
  const values = () => known().find((label) => label.key === key)?.values ?? [];
  return (
    <>
      <SuggestedField
        path={[...path, 'key']}
        title={t('fields:requirement.key')}
        titleHidden
        options={() => known().map((label) => ({ id: label.key, hint: label.values.join(', ') }))}
      />
      <Choice
        label={t('fields:requirement.operator', { key })}
        labelHidden
        value={operator}
        options={[...new Set([...operators, operator])].filter(Boolean).map((id) => ({ id, label: id }))}
        onChange={choose}
      />
      <ProblemsAtField path={[...path, 'operator']} />
      {(!WITHOUT_VALUES.has(operator) || arrayAt(item, 'values').length > 0) && (
        <StringTokens
          path={[...path, 'values']}
          label={t('fields:requirement.value', { key: key || shownValue(operator) })}
          labelHidden
          placeholder={t('fields:requirement.addValue')}
          options={() => values().map((id) => ({ id }))}
        />
      )}
    </>
  );
}
