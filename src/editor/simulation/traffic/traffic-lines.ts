import type { Text } from '../../i18n.ts';
import { reasonText } from './traffic-words.ts';
import { reasonsOf } from './traffic-series.ts';
import type { Stretch } from './traffic-series.ts';

/** One line of a plot: colour, dashes and marks tell it from the others. */
export interface PlotLine {
  readonly label: string;
  /** A token of the page's colours. */
  readonly colour: string;
  readonly dash: readonly number[];
  /** Marks where it is not nothing: filled ones, hollow ones. */
  readonly marks: 'none' | 'full' | 'hollow';
  readonly values: readonly (number | null)[];
}

/** Ways of failing that have a look of their own; the rarer ones share the last. */
const FAILED = [
  { colour: '--bad', dash: [], marks: 'full' },
  { colour: '--access', dash: [6, 3], marks: 'hollow' },
  { colour: '--config', dash: [2, 2], marks: 'full' },
  { colour: '--cluster', dash: [8, 3, 2, 3], marks: 'hollow' },
] as const;

/** Requests a second: answered, slow, and failed by the way in which they did. */
export function requestLines(t: Text, stretches: readonly Stretch[]): readonly PlotLine[] {
  const line = (
    label: string,
    look: Pick<PlotLine, 'colour' | 'dash' | 'marks'>,
    of: (stretch: Stretch) => number,
    isSparse = true,
  ): PlotLine => {
    const values = stretches.map((stretch) => (of(stretch) * 1000) / (stretch.toMs - stretch.fromMs));
    return { label, ...look, values: isSparse ? withoutRest(values) : values };
  };
  const failed = reasonsOf(stretches).map(([result], at) =>
    line(
      t('traffic:line.failed', { reason: reasonText(t, result) }),
      FAILED[Math.min(at, FAILED.length - 1)]!,
      (one) => one.results[result] ?? 0,
    ),
  );
  const slow = { colour: '--warn', dash: [2, 4], marks: 'hollow' } as const;
  return [
    line(t('traffic:line.answered'), { colour: '--good', dash: [], marks: 'none' }, ({ ok }) => ok, false),
    ...(stretches.some((one) => one.slow > 0) ? [line(t('traffic:line.slow'), slow, (one) => one.slow)] : []),
    ...failed,
  ];
}

/** Milliseconds to the answer. */
export function latencyLines(t: Text, stretches: readonly Stretch[]): readonly PlotLine[] {
  return [
    {
      label: t('traffic:line.p50'),
      colour: '--accent',
      dash: [],
      marks: 'none',
      values: stretches.map(({ p50 }) => p50 ?? null),
    },
    {
      label: t('traffic:line.p95'),
      colour: '--network',
      dash: [5, 3],
      marks: 'none',
      values: stretches.map(({ p95 }) => p95 ?? null),
    },
  ];
}

/** A line rises from nothing and falls back to it; where nothing is all around, there is none. */
function withoutRest(values: readonly number[]): readonly (number | null)[] {
  return values.map((value, at) => (value === 0 && !(values[at - 1]! > 0) && !(values[at + 1]! > 0) ? null : value));
}
