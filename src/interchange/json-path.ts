import type { JsonObject, JsonValue, Path } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';

/** The value without the field or item at a path; the rest is shared. */
export function withoutPath(value: JsonValue, path: Path): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    if (rest.length === 0) return items.filter((_, index) => index !== key);
    return items.map((item, index) => (index === key ? withoutPath(item, rest) : item));
  }
  const entries = Object.entries(value as JsonObject).flatMap(([name, entry]): [string, JsonValue | undefined][] => {
    if (name !== key) return [[name, entry]];
    return rest.length === 0 || entry === undefined ? [] : [[name, withoutPath(entry, rest)]];
  });
  return Object.fromEntries(entries);
}

/** The value with another one at a path that is there; the rest is shared. */
export function withValue(value: JsonValue, path: Path, next: JsonValue): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((item, index) => (index === key ? withValue(item, rest, next) : item));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      name === key && entry !== undefined ? withValue(entry, rest, next) : entry,
    ]),
  );
}
