import type { Quantity } from '../../apimachinery/quantity.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';

/** The amounts of one field of a limit, by name: upstream takes them in any order. */
export function sortedLimits(limit: JsonValue, field: string): readonly (readonly [string, Quantity])[] {
  return [...resourceListOf(valueAt(limit, field))].sort(([a], [b]) => compareStrings(a, b));
}
