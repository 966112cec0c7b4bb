import { compareStrings } from '../base/compare.ts';
import type { JsonValue } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';

/** Compact JSON as Go writes it: keys in order, `<`, `>` and `&` escaped. */
export function goJson(value: JsonValue): string {
  return plain(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function plain(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => plain(item)).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(compareStrings);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${plain(value[key]!)}`).join(',')}}`;
}
