import type { JsonObject, JsonValue } from '../../../base/json.ts';

/** The list with every item replaced; the same list where no item changes. */
export function mapItems(
  items: readonly JsonValue[],
  replace: (item: JsonValue, index: number) => JsonValue,
): readonly JsonValue[] {
  let changed: JsonValue[] | undefined;
  items.forEach((item, index) => {
    const after = replace(item, index);
    if (after === item) return;
    changed ??= [...items];
    changed[index] = after;
  });
  return changed ?? items;
}

/** The object with every field replaced, or taken away by undefined; the same object where no field changes. */
export function mapFields(
  object: JsonObject,
  replace: (value: JsonValue, name: string) => JsonValue | undefined,
): JsonObject {
  let isChanged = false;
  const entries: [string, JsonValue][] = [];
  for (const name of Object.keys(object)) {
    const before = object[name];
    if (before === undefined) continue;
    const after = replace(before, name);
    if (after !== before) isChanged = true;
    if (after !== undefined) entries.push([name, after]);
  }
  return isChanged ? Object.fromEntries(entries) : object;
}
