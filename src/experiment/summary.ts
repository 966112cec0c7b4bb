import type { JsonValue } from '../base/json.ts';
import { groupBy } from '../base/group-by.ts';
import { flowText } from '../manifest/print.ts';
import type { Measure, TrialRow } from './row.ts';

/** What the trials of one combination of values have in common, over all seeds. */
export interface Combination {
  readonly values: TrialRow['values'];
  readonly seeds: number;
  /** How many have settled, and in how many not everything runs that should. */
  readonly settled: number;
  readonly spans: Readonly<Partial<Record<Measure['id'], Span>>>;
}

/** Of the trials that have a number for it. */
export interface Span {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** One line for each combination of values, in the order in which they were tried. */
export function combinationsOf(rows: readonly TrialRow[], measures: readonly Measure[]): readonly Combination[] {
  return [...groupBy(rows, ({ values }) => flowText(values, 'json')).values()].map((same) => ({
    values: same[0]!.values,
    seeds: same.length,
    settled: same.filter(({ settled }) => settled).length,
    spans: Object.fromEntries(
      measures.flatMap(({ id, of }) => {
        const span = spanOf(same.flatMap((row) => of(row) ?? []));
        return span === undefined ? [] : [[id, span] as const];
      }),
    ),
  }));
}

function spanOf(numbers: readonly number[]): Span | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const middle = Math.floor((sorted.length - 1) / 2);
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle]! + sorted[middle + 1]!) / 2;
  return { least, median, most };
}

/** A value of a parameter as a cell of a table shows it. */
export function valueText(value: JsonValue): string {
  return typeof value === 'string' ? value : flowText(value, 'json');
}
