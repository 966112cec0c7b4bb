import type { JsonObject, JsonValue } from '../../base/json.ts';
import { step } from '../../base/json.ts';

/*
 * Edits of JSON values that leave their input alone and share what did not change. Spread, computed keys and
 * `Object.fromEntries` define own properties, so a key named `__proto__` stays a plain key.
 */

export function withKey(object: JsonObject, key: string, value: JsonValue): JsonObject {
  return { ...object, [key]: value };
}

export function withoutKey(object: JsonObject, key: string): JsonObject {
  if (!Object.hasOwn(object, key)) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** The own entries; a key whose value is `undefined` counts as absent. */
export function entriesOf(object: JsonObject): [string, JsonValue][] {
  return Object.entries(object).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
}

export function objectOf(entries: Iterable<readonly [string, JsonValue]>): JsonObject {
  return Object.fromEntries(entries);
}

export function hasKey(object: JsonObject, key: string): boolean {
  return step(object, key) !== undefined;
}

export function isEmptyObject(object: JsonObject): boolean {
  return entriesOf(object).length === 0;
}
