import type { JsonValue } from '../base/json.ts';

/** What is told of one trial. Durations in milliseconds of the run. Plain JSON. */
export interface TrialRow {
  readonly index: number;
  readonly seed: number;
  /** By the names of the parameters. */
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly settled: boolean;
  /** From the first `kubectl apply` to the last that was written and is no heartbeat. */
  readonly settleMs: number;
  /** Those of the control plane with them. */
  readonly nodes: number;
  readonly readyPods: number;
  readonly pendingPods: number;
  readonly failedPods: number;
  readonly restarts: number;
  readonly requests: number;
  /** Answered, but later than their order calls slow. */
  readonly slow: number;
  /** Refused, timed out, or answered with an error. */
  readonly dropped: number;
  /** The slowest of the 99th percentiles of the orders of requests; null where none was answered. */
  readonly p99Ms: number | null;
  /** By the price list; null where the script has none. */
  readonly costPerHour: number | null;
  /** Nodes that the price list does not know, and that no cost is counted for. */
  readonly unpricedNodes: number;
  readonly failedCommands: number;
  /** Entries of the trace, and the hash of every one. */
  readonly steps: number;
  readonly traceHash: string;
  /** Where the least number of workers was looked for. */
  readonly least?: LeastNodesFound;
}

export interface LeastNodesFound {
  /** Workers at which every Pod runs; null where none of those tried was enough. */
  readonly nodes: number | null;
  /** Numbers of workers that were tried, in order. */
  readonly tried: readonly number[];
  /** A Pod that does not run and why, in the words of the cluster, where none was enough. */
  readonly because?: string;
}

/** Something that is measured, and what it counts. */
export interface Measure {
  readonly id: MeasureId;
  readonly unit: 'duration' | 'count' | 'money';
  /** Whether less of it is better, as far as anybody can say. */
  readonly better: 'less' | 'more' | undefined;
  of(row: TrialRow): number | null;
}

export type MeasureId =
  | 'leastNodes'
  | 'settleMs'
  | 'nodes'
  | 'costPerHour'
  | 'readyPods'
  | 'pendingPods'
  | 'failedPods'
  | 'restarts'
  | 'requests'
  | 'slow'
  | 'dropped'
  | 'p99Ms';

/** What a table shows of trials, in this order. */
export const MEASURES: readonly Measure[] = [
  { id: 'leastNodes', unit: 'count', better: 'less', of: ({ least }) => least?.nodes ?? null },
  { id: 'settleMs', unit: 'duration', better: 'less', of: ({ settleMs }) => settleMs },
  { id: 'nodes', unit: 'count', better: undefined, of: ({ nodes }) => nodes },
  { id: 'costPerHour', unit: 'money', better: 'less', of: ({ costPerHour }) => costPerHour },
  { id: 'readyPods', unit: 'count', better: 'more', of: ({ readyPods }) => readyPods },
  { id: 'pendingPods', unit: 'count', better: 'less', of: ({ pendingPods }) => pendingPods },
  { id: 'failedPods', unit: 'count', better: 'less', of: ({ failedPods }) => failedPods },
  { id: 'restarts', unit: 'count', better: 'less', of: ({ restarts }) => restarts },
  { id: 'requests', unit: 'count', better: undefined, of: ({ requests }) => requests },
  { id: 'slow', unit: 'count', better: 'less', of: ({ slow }) => slow },
  { id: 'dropped', unit: 'count', better: 'less', of: ({ dropped }) => dropped },
  { id: 'p99Ms', unit: 'duration', better: 'less', of: ({ p99Ms }) => p99Ms },
];

/** The measures that say something of these rows: what no row has is left out, and requests where none were sent. */
export function measuresOf(rows: readonly TrialRow[]): readonly Measure[] {
  const ofRequests: readonly MeasureId[] = ['requests', 'slow', 'dropped', 'p99Ms'];
  const sent = rows.some(({ requests }) => requests > 0);
  return MEASURES.filter(({ id, of }) => {
    if (ofRequests.includes(id)) return sent;
    return rows.some((row) => of(row) !== null);
  });
}
