import { Plus, X } from 'lucide-react';
import { formatFieldPath } from '../../../../apimachinery/field-path.ts';
import { arrayAt, isJsonObject, nameAt, valueAt } from '../../../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../../../base/json.ts';
import { Button, IconButton } from '../../../../kit/button.tsx';
import { Choice } from '../../../../kit/choice.tsx';
import { useText } from '../../../i18n.ts';
import { RestOfFields } from '../rest-of-fields.tsx';
import { useForm } from '../form-context.ts';
import { ProblemsAtField } from '../problems-at-field.tsx';
import { ScalarControl } from '../scalar-control.tsx';

/** Where the value of a variable comes from, and the fields that say which. Source: core/v1 EnvVarSource, 1.36. */
const SOURCES = {
  value: [],
  configMapKeyRef: ['name', 'key'],
  secretKeyRef: ['name', 'key'],
  fieldRef: ['fieldPath'],
  resourceFieldRef: ['resource'],
  fileKeyRef: ['volumeName', 'path', 'key'],
} as const;
type Source = keyof typeof SOURCES;
const NAMES = Object.keys(SOURCES) as Source[];
/** Items drawn at once. */
const MOST = 200;

/** The variables of a container: a row each with its name, where its value comes from, and which. */
export function Env({ path }: { readonly path: Path }) {
  const { object, edit } = useForm();
  const t = useText();
  const list = arrayAt(object, ...path);
  const add = () => edit([{ op: 'append', path, value: { name: freeName(list), value: '' } }]);
  return (
    <div className="env">
      {list.slice(0, MOST).map((item, index) => (
        // Variables may have one name twice; their place tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <Variable key={index} path={[...path, index]} item={item} />
      ))}
      {list.length > MOST && <p className="quiet">{t('inspector:moreFields', { count: list.length - MOST })}</p>}
      <div className="add-row">
        <Button small look="quiet" onPress={add}>
          <Plus size={14} aria-hidden /> {t('fields:env.add')}
        </Button>
      </div>
    </div>
  );
}

function Variable({ path, item }: { readonly path: Path; readonly item: JsonValue }) {
  const { edit } = useForm();
  const t = useText();
  const source = sourceOf(item);
  const name = nameAt(item, 'name') ?? '';
  const from = [...path, 'valueFrom', source];
  const known: readonly string[] = source === 'value' ? ['name', 'value'] : ['name', 'valueFrom'];
  const rest = isJsonObject(item) ? Object.keys(item).filter((key) => !known.includes(key)) : [];
  return (
    <fieldset className="env-variable" data-field={formatFieldPath(path)}>
      <legend className="visually-hidden">{name}</legend>
      <div className="env-head">
        <ScalarControl path={[...path, 'name']} title={t('fields:env.name')} titleHidden />
        <Choice
          label={t('fields:env.source', { name })}
          labelHidden
          value={source}
          options={NAMES.map((id) => ({ id, label: t(`fields:env.${id}`) }))}
          onChange={(id) => {
            const next = NAMES.find((one) => one === id);
            if (next) edit([{ op: 'set', path, value: withSource(item, next) }]);
          }}
        />
        <IconButton
          small
          className="form-remove"
          label={t('inspector:removeField', { field: name || formatFieldPath(path) })}
          icon={<X size={12} />}
          onPress={() => edit([{ op: 'delete', path }])}
        />
      </div>
      <ProblemsAtField path={path} />
      <ProblemsAtField path={[...path, 'name']} />
      {source === 'value' && (
        <ScalarControl path={[...path, 'value']} title={t('fields:env.valueOf', { name })} titleHidden />
      )}
      {SOURCES[source].length > 0 && (
        <div className="env-from">
          {SOURCES[source].map((field) => (
            <div key={field} data-field={formatFieldPath([...from, field])}>
              <ScalarControl path={[...from, field]} title={field} />
            </div>
          ))}
        </div>
      )}
      {SOURCES[source].map((field) => (
        <ProblemsAtField key={field} path={[...from, field]} />
      ))}
      {rest.length > 0 && <RestOfFields path={path} omit={known} />}
    </fieldset>
  );
}

function sourceOf(item: JsonValue): Source {
  const from = valueAt(item, 'valueFrom');
  return NAMES.find((name) => isJsonObject(from) && from[name] !== undefined) ?? 'value';
}

/** The variable with its value from elsewhere; a name and key that were written stay where the new source has them too. */
function withSource(item: JsonValue, source: Source): JsonObject {
  const map = isJsonObject(item) ? item : {};
  const name = map['name'] ?? '';
  if (source === 'value') return { name, value: '' };
  const before = valueAt(map, 'valueFrom', sourceOf(item));
  const fields: Record<string, JsonValue> = {};
  for (const field of SOURCES[source]) fields[field] = valueAt(before, field) ?? STARTS[field];
  return { name, valueFrom: { [source]: fields } };
}

const STARTS = {
  name: '',
  key: '',
  fieldPath: 'metadata.name',
  resource: 'limits.cpu',
  volumeName: '',
  path: '',
} as const;

function freeName(list: readonly JsonValue[]): string {
  const taken = new Set(list.map((item) => nameAt(item, 'name')));
  let count = 1;
  while (taken.has(count === 1 ? 'NAME' : `NAME_${count}`)) count++;
  return count === 1 ? 'NAME' : `NAME_${count}`;
}
