import { groupBy } from '../../base/group-by.ts';
import type { JsonValue } from '../../base/json.ts';
import type { MeasureId } from '../../experiment/row.ts';
import type { Combination } from '../../experiment/summary.ts';
import { valueText } from '../../experiment/summary.ts';

/** What is drawn of results: one line for each combination of what does not lie along the axis. */
export interface PlotSeries {
  /** Values along the axis, in the order in which they were tried; numbers ascend. */
  readonly axis: readonly string[];
  readonly lines: readonly PlotLine[];
}

export interface PlotLine {
  readonly name: string;
  /** By place on the axis; null where nothing was measured. */
  readonly medians: readonly (number | null)[];
  readonly leasts: readonly (number | null)[];
  readonly mosts: readonly (number | null)[];
}

/** Lines of a measure along the first parameter that has more than one value. */
export function plotSeries(
  combinations: readonly Combination[],
  parameters: readonly string[],
  measure: MeasureId,
): (PlotSeries & { readonly along: string }) | undefined {
  const valuesOf = (name: string) => [...new Set(combinations.map(({ values }) => valueText(values[name] ?? null)))];
  const along = parameters.find((name) => valuesOf(name).length > 1) ?? parameters[0];
  if (along === undefined) return undefined;
  const axis = inOrder(valuesOf(along));
  const nameOf = ({ values }: Combination): string =>
    parameters
      .filter((name) => name !== along && valuesOf(name).length > 1)
      .map((name) => `${name} ${valueText((values[name] ?? null) as JsonValue)}`)
      .join(', ');
  const lines = [...groupBy(combinations, nameOf)].map(([name, own]) => {
    const at = axis.map(
      (value) => own.find(({ values }) => valueText(values[along] ?? null) === value)?.spans[measure],
    );
    return {
      name,
      medians: at.map((span) => span?.median ?? null),
      leasts: at.map((span) => span?.least ?? null),
      mosts: at.map((span) => span?.most ?? null),
    };
  });
  return { along, axis, lines };
}

function inOrder(values: readonly string[]): readonly string[] {
  return values.every((value) => value !== '' && Number.isFinite(Number(value)))
    ? values.toSorted((a, b) => Number(a) - Number(b))
    : values;
}
