import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../base/json.ts';
import { asObject } from '../base/json.ts';

/** The object with some fields of one of its maps set; the map is made where it is missing. */
export function withFields(object: KubernetesObject, path: Path, fields: JsonObject): KubernetesObject {
  return merged(object, path, fields) as KubernetesObject;
}

function merged(value: JsonValue | undefined, [key, ...rest]: Path, fields: JsonObject): JsonObject {
  const map = asObject(value) ?? {};
  return key === undefined ? { ...map, ...fields } : { ...map, [key]: merged(map[key], rest, fields) };
}
