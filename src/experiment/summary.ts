import type { JsonValue } from '../base/json.ts';
import { groupBy } from '../base/group-by.ts';
import { HOURS_PER_MONTH } from './cost.ts';
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

/** What the search for the least number of workers found for a combination: what the seed that needed most needed. */
export interface LeastFound {
  readonly values: TrialRow['values'];
  readonly nodes: number;
  readonly perHour: number | undefined;
  /** With two decimals. */
  readonly perMonth: string | undefined;
  /** A Pod that does not run and why, where some seed found no number that is enough. */
  readonly noneBecause: string | undefined;
}

export function leastFound(combinations: readonly Combination[], rows: readonly TrialRow[]): readonly LeastFound[] {
  return combinations.map(({ values, spans }) => {
    const key = valueText(values);
    const without = rows.find((row) => valueText(row.values) === key && row.least?.nodes === null);
    const perHour = spans.costPerHour?.most;
    return {
      values,
      nodes: spans.leastNodes?.most ?? 0,
      perHour,
      perMonth: perHour === undefined ? undefined : (perHour * HOURS_PER_MONTH).toFixed(2),
      noneBecause: without === undefined ? undefined : (without.least?.because ?? ''),
    };
  });
}

/** The values of a combination in a word or two; '' where nothing varies. */
export function valuesText(values: TrialRow['values']): string {
  return Object.values(values).map(valueText).join(' ');
}

/** A value of a parameter as a cell of a table shows it. */
export function valueText(value: JsonValue): string {
  return typeof value === 'string' ? value : flowText(value, 'json');
}
