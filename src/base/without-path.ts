import type { JsonValue, Path } from './json.ts';
import { isJsonObject } from './json.ts';

/** A value without what stands at a path. */
export function withoutPath(value: JsonValue, [first, ...rest]: Path): JsonValue {
  if (first === undefined) return value;
  if (Array.isArray(value))
    return value.map((item: JsonValue, index) => (index === first ? withoutPath(item, rest) : item));
  if (!isJsonObject(value) || value[first] === undefined) return value;
  if (rest.length > 0) return { ...value, [first]: withoutPath(value[first], rest) };
  const { [first]: _, ...kept } = value;
  return kept;
}
