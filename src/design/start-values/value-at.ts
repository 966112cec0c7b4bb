import type { JsonValue, Path } from '../../base/json.ts';
import { asObject } from '../../base/json.ts';

/** A value with another at a path; what is missing on the way is made, an item beyond the end of a list is added. */
export function putAt(current: JsonValue | undefined, [key, ...rest]: Path, value: JsonValue): JsonValue {
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list = Array.isArray(current) ? [...(current as readonly JsonValue[])] : [];
    list[Math.min(key, list.length)] = putAt(list[key], rest, value);
    return list;
  }
  const map = asObject(current) ?? {};
  return { ...map, [key]: putAt(map[key], rest, value) };
}

/** A value without what stands at a path. */
export function takeAt(current: JsonValue, [key, ...rest]: Path): JsonValue {
  if (key === undefined) return current;
  if (Array.isArray(current)) {
    const list = current as readonly JsonValue[];
    const at = Number(key);
    if (rest.length === 0) return list.filter((_, index) => index !== at);
    return list.map((item, index) => (index === at ? takeAt(item, rest) : item));
  }
  const map = asObject(current);
  const inner = map?.[String(key)];
  if (map === undefined || inner === undefined) return current;
  if (rest.length > 0) return { ...map, [String(key)]: takeAt(inner, rest) };
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
}
