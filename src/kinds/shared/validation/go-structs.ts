import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, valueAt } from '../../../base/json.ts';
import { unifiedDiff } from '../../../base/unified-diff.ts';
import { compareStrings } from '../../../base/compare.ts';

/**
 * What Go prints of an internal type, which has no JSON names: every field by its Go name, in the order of the struct. A field
 * is `GoName:jsonName` with what it is where it is no string: `int`, `bool`, `any` (a pointer, a list, a map), `kept` (shown already), or a struct.
 */
export function shownStruct(value: JsonValue | undefined, fields: string, structs: Structs = {}): JsonValue {
  return Object.fromEntries(
    fields.split(' ').map((field) => {
      const [name = '', json = '', type = ''] = field.split(':');
      return [name, shownField(valueAt(value, json), type, structs)];
    }),
  );
}

/** Fields of the structs that a field may point to, by name. */
export type Structs = Readonly<Record<string, string>>;

function shownField(value: JsonValue | undefined, type: string, structs: Structs): JsonValue {
  const fields = structs[type];
  if (fields !== undefined) return isJsonObject(value) ? shownStruct(value, fields, structs) : null;
  if (type === 'any') return isJsonObject(value) ? sorted(value) : (value ?? null);
  if (type === 'kept') return value ?? null;
  if (type === 'int') return value ?? 0;
  if (type === 'bool') return value ?? false;
  return value ?? '';
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
