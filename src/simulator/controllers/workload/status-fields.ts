import type { JsonObject, JsonValue } from '../../../base/json.ts';

/** Fields as Go writes them: zeros, empty words and empty lists are left out, but for the `kept`. */
export function withoutEmpty(
  fields: Readonly<Record<string, JsonValue | undefined>>,
  kept: readonly string[] = [],
): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([key, value]) => kept.includes(key) || !isEmpty(value)));
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === 0 || value === '' || (Array.isArray(value) && value.length === 0);
}
