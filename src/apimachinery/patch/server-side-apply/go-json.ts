import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';
import { entriesOf } from '../json-edit.ts';

/** A value as Go's encoding/json writes it: no spaces, keys sorted, `<`, `>` and `&` escaped. */
export function toGoJson(value: JsonValue): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => toGoJson(item)).join(',')}]`;
  if (!isJsonObject(value)) return String(value);
  const entries = entriesOf(value).toSorted(([a], [b]) => compareStrings(a, b));
  return `{${entries.map(([key, item]) => `${quote(key)}:${toGoJson(item)}`).join(',')}}`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['<', '\\u003c'],
  ['>', '\\u003e'],
  ['&', '\\u0026'],
  ['\u2028', '\\u2028'],
  ['\u2029', '\\u2029'],
]);

function quote(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (sign) => ESCAPES.get(sign) ?? sign);
}
