import type { JsonObject } from '../../../base/json.ts';

/** The object without these fields; the same value where it has none of them. */
export function omit<T extends JsonObject>(object: T, ...names: readonly string[]): T {
  if (!names.some((name) => Object.hasOwn(object, name))) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name))) as unknown as T;
}
