import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { asArray, asObject } from '../../base/json.ts';

/** The object with a value at a path; maps on the way are made where they are missing or no maps. */
export function withValue<Value extends JsonObject>(object: Value, path: Path, value: JsonValue): Value {
  return put(object, path, value) as Value;
}

function put(current: JsonValue | undefined, [key, ...rest]: Path, value: JsonValue): JsonValue {
  if (key === undefined) return value;
  if (typeof key === 'number') return asArray(current).with(key, put(asArray(current)[key], rest, value));
  const map = asObject(current) ?? {};
  return { ...map, [key]: put(map[key], rest, value) };
}

/** The object without what stands at a path. */
export function withoutValue<Value extends JsonObject>(object: Value, path: Path): Value {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(object, key)) return object;
  if (rest.length === 0) {
    const { [key]: _, ...kept } = object;
    return kept as Value;
  }
  const inner = asObject(object[key]);
  return inner === undefined ? object : ({ ...object, [key]: withoutValue(inner, rest) } as Value);
}

/** The object with a list changed item by item; the same where there is no list. Items that are no maps stay. */
export function withItems(
  object: KubernetesObject,
  path: Path,
  change: (item: JsonObject, index: number) => JsonObject,
): KubernetesObject {
  return changeAt(object, path, (value) =>
    Array.isArray(value)
      ? (value as readonly JsonValue[]).map((item, index) => {
          const map = asObject(item);
          return map === undefined ? item : change(map, index);
        })
      : value,
  ) as KubernetesObject;
}

function changeAt(value: JsonValue, [key, ...rest]: Path, change: (value: JsonValue) => JsonValue): JsonValue {
  if (key === undefined) return change(value);
  const map = asObject(value);
  const inner = map?.[key];
  return map === undefined || inner === undefined ? value : { ...map, [key]: changeAt(inner, rest, change) };
}
