import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt, stringMapAt, valueAt } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';

/**
 * Values as the server prints them in an error: Go sorts the keys of a map, keeps the order of a struct's fields, leaves
 * out what is empty, and says null for no map at all.
 */
export function shownMap(map: JsonValue | undefined): JsonValue {
  if (map === undefined || map === null) return null;
  const sorted = [...stringMapAt(map)].sort(([a], [b]) => compareStrings(a, b));
  return Object.fromEntries(sorted);
}

/** A `metav1.LabelSelector`. */
export function shownLabelSelector(selector: JsonValue | undefined): JsonValue {
  if (selector === undefined || selector === null) return null;
  const labels = objectAt(selector, 'matchLabels') ?? {};
  const expressions = arrayAt(selector, 'matchExpressions');
  return {
    ...(Object.keys(labels).length > 0 ? { matchLabels: shownMap(labels) } : {}),
    ...(expressions.length > 0 ? { matchExpressions: expressions.map(shownRequirement) } : {}),
  };
}

function shownRequirement(requirement: JsonValue): JsonObject {
  const values = arrayAt(requirement, 'values');
  return {
    key: stringAt(requirement, 'key') ?? '',
    operator: stringAt(requirement, 'operator') ?? '',
    ...(values.length > 0 ? { values } : {}),
  };
}

/** A field of an internal type, which has no JSON names: Go prints null for a missing pointer. */
export function shownPointer(value: JsonValue | undefined, ...path: readonly string[]): JsonValue {
  return valueAt(value, ...path) ?? null;
}
