import type { JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { compareStrings } from '../../base/compare.ts';

/** The types that Kubernetes' JSON decoder gives a value: integers are int64, other numbers float64. */
export type GoType = '<nil>' | 'bool' | 'string' | 'int64' | 'float64' | '[]interface {}' | 'map[string]interface {}';

const MAX_INT64 = 2n ** 63n;

export function goTypeOf(value: JsonValue | undefined): GoType {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return value < MAX_INT64 && value >= -MAX_INT64 ? 'int64' : 'float64';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return isJsonObject(value) ? 'map[string]interface {}' : '[]interface {}';
}

/** A value as Go prints it with `%v`: `map[a:1 b:[x y]]`; upstream's error words contain it. */
export function goFormat(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => goFormat(item)).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareStrings);
  return `map[${keys.map((key) => `${key}:${goFormat(value[key])}`).join(' ')}]`;
}
