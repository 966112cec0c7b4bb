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
  return objectOf(entriesOf(object).filter(([name]) => name !== key));
}

/** The own entries; a key whose value is `undefined` counts as absent. */
export function entriesOf(object: JsonObject): [string, JsonValue][] {
  const entries: [string, JsonValue][] = [];
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value !== undefined) entries.push([key, value]);
  }
  return entries;
}

export function objectOf(
  entries: readonly (readonly [string, JsonValue])[] | ReadonlyMap<string, JsonValue>,
): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (const [key, value] of entries) {
    // By assignment, which engines are quickest at; only this key would reach a prototype.
    if (key === '__proto__') return Object.fromEntries(entries);
    object[key] = value;
  }
  return object;
}

export function hasKey(object: JsonObject, key: string): boolean {
  return step(object, key) !== undefined;
}

export function isEmptyObject(object: JsonObject): boolean {
  return entriesOf(object).length === 0;
}
