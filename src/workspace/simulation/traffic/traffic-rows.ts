import type { TrafficCount } from '../../../simulator/network/traffic-tally.ts';
import type { TrafficOrder } from '../../../simulator/network/traffic.ts';
import type { Run } from '../run.ts';

export type { TrafficCount, TrafficSecond } from '../../../simulator/network/traffic-tally.ts';
export type { TrafficOrder } from '../../../simulator/network/traffic.ts';

/** Requests that somebody sends or sent, and how they had fared at a moment. */
export interface TrafficRow {
  readonly token: string;
  readonly order: TrafficOrder;
  /** Milliseconds of the run. */
  readonly beganMs: number;
  /** When the last is sent; undefined while nobody knows. */
  readonly endsMs: number | undefined;
  readonly count: Omit<TrafficCount, 'series' | 'last'>;
}

/** The traffic of a run at a moment. */
export interface TrafficAt {
  readonly timeMs: number;
  readonly rows: readonly TrafficRow[];
  /** Of the row that is asked for. */
  readonly series: TrafficCount['series'];
}

export function trafficAt(run: Run, seq: number, token: string | undefined): TrafficAt {
  const { traffic: views, nowMs } = run.at(seq);
  const asked = views.find((view) => view.token === token);
  return {
    timeMs: nowMs,
    rows: views.map(({ count: { series: _series, last: _last, ...count }, ...view }) => ({ ...view, count })),
    series: asked?.count.series ?? [],
  };
}
