import type { JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { entriesOf } from './json-edit.ts';

/** Bytes of a value as compact JSON in UTF-8, with `<`, `>` and `&` escaped to six bytes as Go writes them. */
export function jsonByteLength(value: JsonValue): number {
  if (value === null) return 4;
  if (typeof value === 'string') return stringByteLength(value);
  if (Array.isArray(value)) {
    return (
      2 + Math.max(0, value.length - 1) + value.reduce((sum: number, item: JsonValue) => sum + jsonByteLength(item), 0)
    );
  }
  if (!isJsonObject(value)) return String(value).length;
  const entries = entriesOf(value);
  const members = entries.reduce((sum, [key, item]) => sum + stringByteLength(key) + 1 + jsonByteLength(item), 0);
  return 2 + Math.max(0, entries.length - 1) + members;
}

function stringByteLength(text: string): number {
  const quoted = JSON.stringify(text);
  let bytes = 0;
  for (const sign of quoted) {
    const code = sign.codePointAt(0) ?? 0;
    if (sign === '<' || sign === '>' || sign === '&') bytes += 6;
    else bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
