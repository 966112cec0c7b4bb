import type { JsonObject, JsonValue, Path } from './json.ts';
import { isJsonObject } from './json.ts';

/** A value with another at a path; maps and lists on the way are made where there are none. */
export function withPath(value: JsonValue | undefined, [first, ...rest]: Path, next: JsonValue): JsonValue {
  if (first === undefined) return next;
  if (typeof first === 'number') {
    const list: JsonValue[] = Array.isArray(value) ? [...(value as readonly JsonValue[])] : [];
    list[first] = withPath(list[first], rest, next);
    return list;
  }
  const map: JsonObject = isJsonObject(value) ? value : {};
  return { ...map, [first]: withPath(map[first], rest, next) };
}
