import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { deduplicateScalars, elementKind, requireObject, sortByKey, sortScalars } from '../strategic-merge/lists.ts';
import type { List } from '../strategic-merge/lists.ts';
import { lookupList, lookupStruct } from '../strategic-merge/lookup.ts';
import { DELETE_FROM_PRIMITIVE_LIST, RETAIN_KEYS, SET_ELEMENT_ORDER } from '../strategic-merge/directives.ts';

/** Sorts merging lists by their key, as upstream's tests do with what they compare. */
export function sortMergeLists(object: JsonObject, schema: PatchSchema): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, sortField(key, value ?? null, schema)]));
}

function sortField(key: string, value: JsonValue, schema: PatchSchema): JsonValue {
  if (key === RETAIN_KEYS || key.startsWith(DELETE_FROM_PRIMITIVE_LIST)) return sortScalars(value as List);
  if (key.startsWith(SET_ELEMENT_ORDER)) return value;
  if (isJsonObject(value)) return sortMergeLists(value, lookupStruct(schema, key).schema);
  if (!Array.isArray(value) || value.length === 0) return value;
  const meta = lookupList(schema, key);
  if (meta.strategy !== 'merge') return value;
  if (elementKind(value) === 'scalar') return sortScalars(deduplicateScalars(value));
  return sortByKey(value.map((item: JsonValue) => sortMergeLists(requireObject(item), meta.schema)), meta.mergeKey);
}
