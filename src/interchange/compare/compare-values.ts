import type { JsonValue } from '../../base/json.ts';
import { isJsonObject, jsonEqual, step, valueAt } from '../../base/json.ts';
import type { Schema } from '../../openapi/schema.ts';
import type { FieldDifference } from './comparison.ts';

/**
 * Where two values differ, as deep as both have something. Items of a list are compared by the key that the type merges
 * them by; without one, by place.
 */
export function compareValues(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  schema: Schema | undefined,
  field = '',
): readonly FieldDifference[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ field, after: after! }];
  if (after === undefined) return [{ field, before }];
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      compareValues(
        step(before, key),
        step(after, key),
        schema?.properties.get(key) ?? schema?.values,
        child(field, key),
      ),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return compareLists(before as readonly JsonValue[], after as readonly JsonValue[], schema, field);
  }
  return jsonEqual(before, after) ? [] : [{ field, before, after }];
}

function compareLists(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  schema: Schema | undefined,
  field: string,
): readonly FieldDifference[] {
  const keys = schema?.listMapKeys.length ? schema.listMapKeys : schema?.patchMergeKey ? [schema.patchMergeKey] : [];
  const [old, now] = [byKey(before, keys), byKey(after, keys)];
  if (old && now) {
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
      compareValues(old.get(key), now.get(key), schema?.items, `${field}[${key}]`),
    );
  }
  if (before.length === after.length && jsonEqual(before, after)) return [];
  const isPlain = [...before, ...after].every((item) => typeof item !== 'object' || item === null);
  if (isPlain) return [{ field, before, after }];
  const length = Math.max(before.length, after.length);
  return [...Array(length).keys()].flatMap((index) =>
    compareValues(before[index], after[index], schema?.items, `${field}[${index}]`),
  );
}

/** Undefined where items have no key, or share one. */
function byKey(items: readonly JsonValue[], keys: readonly string[]): ReadonlyMap<string, JsonValue> | undefined {
  if (keys.length === 0) return undefined;
  const found = new Map<string, JsonValue>();
  for (const item of items) {
    const parts = keys.flatMap((key) => {
      const value = valueAt(item, key);
      return value === undefined ? [] : [`${key}=${String(value)}`];
    });
    const name = parts.join(',');
    if (name === '' || found.has(name)) return undefined;
    found.set(name, item);
  }
  return found;
}

function child(field: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${field}[${JSON.stringify(key)}]`;
  return field === '' ? key : `${field}.${key}`;
}
