import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { asObject, isJsonObject, step } from '../../../base/json.ts';

/**
 * Ways to fill in what is missing without changing what is there: each answers the same value where nothing was missing.
 */

/** The object with the fields that it lacks: those behind pointers in Go, whose zero value says something. */
export function fillIn<T extends JsonObject>(object: T, defaults: JsonObject): T {
  return filled(object, defaults, (value) => value === undefined || value === null);
}

/** The same for Go strings that are no pointers: an empty one counts as missing. */
export function fillInText<T extends JsonObject>(object: T, defaults: JsonObject): T {
  return filled(object, defaults, (value) => value === undefined || value === null || value === '');
}

function filled<T extends JsonObject>(
  object: T,
  defaults: JsonObject,
  isMissing: (value: JsonValue | undefined) => boolean,
): T {
  let whole: Record<string, JsonValue | undefined> | undefined;
  for (const name of Object.keys(defaults)) {
    if (!isMissing(step(object, name))) continue;
    whole ??= { ...object };
    whole[name] = defaults[name];
  }
  return (whole as T | undefined) ?? object;
}

/** The object with one field passed through a function; a missing field is passed as undefined. */
export function updateField<T extends JsonObject>(
  object: T,
  name: string,
  update: (value: JsonValue | undefined) => JsonValue | undefined,
): T {
  const before = step(object, name);
  const after = update(before);
  return after === before || after === undefined ? object : { ...object, [name]: after };
}

/** The same for a field that is a struct: where there is none, an empty one is passed. */
export function updateStruct<T extends JsonObject>(
  object: T,
  name: string,
  update: (value: JsonObject) => JsonObject,
): T {
  return updateField(object, name, (value) => update(asObject(value) ?? {}));
}

/** The same for each item of a list that is there. */
export function updateItems<T extends JsonObject>(
  object: T,
  name: string,
  update: (item: JsonObject) => JsonObject,
): T {
  return updateField(object, name, (list) => {
    if (!Array.isArray(list)) return undefined;
    const items = list as readonly JsonValue[];
    const updated = items.map((item) => (isJsonObject(item) ? update(item) : item));
    return updated.every((item, index) => item === items[index]) ? list : updated;
  });
}
