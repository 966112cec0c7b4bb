import type { Path } from '../base/json.ts';
import table from './data/go-types-1.36.json';
import type { Schema } from './schema.ts';
import { stepInto } from './schema.ts';

/** By type id and field: `v1.PullPolicy`, `VolumeSource>` for a field of an embedded struct, or both in one. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = table.types;

/** Where a value stands in the Go value that it is decoded into. */
export interface GoField {
  /** The innermost struct around it: `DeploymentSpec`; '' where there is none. */
  readonly struct: string;
  /** Names of fields from the root, embedded structs among them; lists and maps add nothing: `spec.template.spec`. */
  readonly path: string;
  /** As Go's reflection prints it: `int32`, `[]v1.Container`, `v1.PullPolicy`. */
  readonly type: string;
}

/** The Go field at a path of an object. Source: vendor/sigs.k8s.io/json `addErrorContext`, 1.36. */
export function goFieldAt(root: Schema, path: Path): GoField {
  let schema: Schema | undefined = root;
  let struct = '';
  let named = '';
  const names: string[] = [];
  for (const key of path) {
    if (schema === undefined) break;
    const isField = schema.type === 'object' && schema.properties.size > 0;
    if (isField) {
      const name = String(key);
      const word = wordOf(schema.typeId, name);
      const parts = word.split('>');
      named = parts.pop() ?? '';
      names.push(...parts, name);
      struct = lastPart(schema.typeId);
    } else named = elementOf(named);
    schema = stepInto(schema, key);
  }
  return { struct, path: names.join('.'), type: named !== '' ? named : schema === undefined ? '' : goTypeOf(schema) };
}

function wordOf(typeId: string | undefined, field: string): string {
  const fields = typeId !== undefined && Object.hasOwn(WORDS, typeId) ? WORDS[typeId] : undefined;
  return fields !== undefined && Object.hasOwn(fields, field) ? (fields[field] ?? '') : '';
}

/** What a list or map of a named type holds; a named list or map (`v1.ResourceList`) is looked up in the schema. */
function elementOf(named: string): string {
  return named.startsWith('[]') ? named.slice(2) : named.replace(/^map\[[^\]]*\]|^.*$/, '');
}

function lastPart(typeId = ''): string {
  return typeId.slice(typeId.lastIndexOf('.') + 1);
}

/** `apps/v1.DeploymentSpec` is `v1.DeploymentSpec` in Go: the last folder is the package. */
function structName(typeId: string): string {
  return typeId.slice(typeId.lastIndexOf('/') + 1);
}

const SCALARS: Partial<Record<Schema['type'], string>> = {
  string: 'string',
  boolean: 'bool',
  number: 'float64',
  quantity: 'resource.Quantity',
  integerOrString: 'intstr.IntOrString',
  any: 'runtime.RawExtension',
};

function goTypeOf(schema: Schema): string {
  if (schema.type === 'object') {
    if (schema.properties.size > 0 || schema.values === undefined)
      return structName(schema.typeId ?? 'map[string]interface {}');
    return `map[string]${goTypeOf(schema.values)}`;
  }
  if (schema.type === 'array') return `[]${schema.items === undefined ? 'interface {}' : goTypeOf(schema.items)}`;
  if (schema.type === 'integer') return schema.format === 'int32' ? 'int32' : 'int64';
  if (schema.format === 'byte') return '[]uint8';
  if (schema.format === 'date-time') return 'v1.Time';
  if (schema.format === 'micro-time') return 'v1.MicroTime';
  return SCALARS[schema.type] ?? 'string';
}
