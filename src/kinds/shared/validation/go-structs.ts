import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, valueAt } from '../../../base/json.ts';
import { unifiedDiff } from '../../../base/unified-diff.ts';
import { compareStrings } from '../../../base/compare.ts';
import { canonicalQuantity, parseQuantity } from '../../../apimachinery/quantity.ts';
import { shownLabelSelector } from './shown-values.ts';

/**
 * What Go prints of an internal type, which has no JSON names: every field by its Go name, in the order of the struct. A field
 * is `GoName:jsonName` with what it is where it is no string: `int`, `bool`, `any` (a pointer, a list, a map), `kept` (shown already),
 * `amount` or `amounts` (a quantity, a ResourceList), `selector` (a LabelSelector), or a struct: `Name` for a pointer, `=Name` for
 * a value, `[Name` for a list, `{Name` for a map. `+meta` stands for an embedded ObjectMeta.
 */
export function shownStruct(value: JsonValue | undefined, fields: string, structs: Structs = {}): JsonObject {
  const shown: Record<string, JsonValue> = {};
  for (const field of fields.split(' ')) {
    const [name = '', json = '', type = ''] = field.split(':');
    if (name === '+meta') Object.assign(shown, shownMeta(valueAt(value, 'metadata')));
    else shown[name] = shownField(valueAt(value, json), type, structs);
  }
  return shown;
}

/** Fields of the structs that a field may be, by name. */
export type Structs = Readonly<Record<string, string>>;

/** Structs written as `Name = field field`, a struct a line; lines that begin with spaces go on. */
export function structsOf(text: string): Structs {
  const lines = text.trim().replace(/\n +/g, ' ').split('\n');
  return Object.fromEntries(lines.map((line) => line.split(' = ') as [string, string]));
}

function shownField(value: JsonValue | undefined, type: string, structs: Structs): JsonValue {
  const fields = structs[type.replace(/^[=[{]/, '')];
  if (fields !== undefined) return shownStructs(value, type[0] ?? '', fields, structs);
  switch (type) {
    case 'any':
      return isJsonObject(value) ? sorted(value) : (value ?? null);
    case 'kept':
      return value ?? null;
    case 'int':
      return value ?? 0;
    case 'bool':
      return value ?? false;
    case 'amount':
      return value === undefined || value === null ? null : shownQuantity(value);
    case '=amount':
      return shownQuantity(value);
    case 'amounts':
      return isJsonObject(value) ? sorted(mapped(value, shownQuantity)) : null;
    case 'selector':
      return shownLabelSelector(value);
    default:
      return value ?? '';
  }
}

function shownStructs(value: JsonValue | undefined, form: string, fields: string, structs: Structs): JsonValue {
  const shown = (one: JsonValue | undefined): JsonObject => shownStruct(one, fields, structs);
  if (form === '=') return shown(value);
  if (form === '[') return Array.isArray(value) ? value.map((one) => shown(one)) : null;
  if (!isJsonObject(value)) return null;
  return form === '{' ? sorted(mapped(value, shown)) : shown(value);
}

function mapped(map: JsonObject, show: (value: JsonValue | undefined) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, show(value)]));
}

function shownQuantity(value: JsonValue | undefined): JsonValue {
  const quantity = parseQuantity(String(value ?? 0));
  return quantity === undefined ? (value ?? null) : canonicalQuantity(quantity);
}

/** An ObjectMeta has JSON names, and leaves out what is empty. */
const META_FIELDS = [
  'name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp',
  'deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields',
];

function shownMeta(metadata: JsonValue | undefined): JsonObject {
  const entries = META_FIELDS.join(' ')
    .split(' ')
    .map((field) => [field, valueAt(metadata, field)] as const)
    .filter((entry): entry is [string, JsonValue] => !isEmpty(entry[1]))
    .map(([field, value]) => [field, isJsonObject(value) ? sorted(value) : value] as const);
  return Object.fromEntries(entries);
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function sorted(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareStrings(a, b)));
}

/** The difference of two values as the server tells it: of their JSON, a field a line. */
export function shownDifference(before: JsonValue, after: JsonValue): string {
  return unifiedDiff(printed(before), printed(after));
}

/** Go writes these signs as escapes. */
function printed(value: JsonValue): string {
  return JSON.stringify(value, null, 1).replace(/[<>&\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
