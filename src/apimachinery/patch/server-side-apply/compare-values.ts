import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';
import { entriesOf } from '../json-edit.ts';

/**
 * A total order of JSON values: numbers, strings, booleans, lists, maps, null.
 * Source: CompareUsing in sigs.k8s.io/structured-merge-diff/v6 value/value.go.
 */
export function compareValues(a: JsonValue, b: JsonValue): number {
  const byRank = rankOf(a) - rankOf(b);
  if (byRank !== 0) return byRank;
  if (typeof a === 'string') return compareStrings(a, b as string);
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (a === null) return 0;
  if (Array.isArray(a)) return compareLists(a, b as readonly JsonValue[]);
  if (isJsonObject(a)) return compareLists(flatten(a), flatten(b));
  return compareNumbers(a as number | bigint, b as number | bigint);
}

function compareNumbers(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rankOf(value: JsonValue): number {
  if (typeof value === 'number' || typeof value === 'bigint') return 0;
  if (typeof value === 'string') return 1;
  if (typeof value === 'boolean') return 2;
  if (Array.isArray(value)) return 3;
  return value === null ? 5 : 4;
}

function compareLists(a: readonly JsonValue[], b: readonly JsonValue[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const order = compareValues(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Keys and values in turn, by key. */
function flatten(value: JsonValue): JsonValue[] {
  if (!isJsonObject(value)) return [];
  return entriesOf(value)
    .toSorted(([a], [b]) => compareStrings(a, b))
    .flat();
}
