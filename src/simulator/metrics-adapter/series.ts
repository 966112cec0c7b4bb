import type { Behaviour, MetricSeries } from '../behaviour/behaviour.ts';

/** A metric that a script says something about. */
export interface NamedSeries extends MetricSeries {
  readonly metric: string;
}

/** The metrics that behaviours name, in their order: what an adapter can say. */
export function metricsOf(behaviours: readonly Behaviour[]): readonly NamedSeries[] {
  return behaviours.flatMap(({ match: { metric }, metrics = [] }) =>
    metric === undefined ? [] : metrics.map((series) => ({ ...series, metric })),
  );
}

/** The value of a series at a moment of the run, in thousandths; undefined before its first step. */
export function scriptedValue({ value }: MetricSeries, nowMs: number): number | undefined {
  return value?.steps.findLast(({ fromMs }) => fromMs <= nowMs)?.value;
}
