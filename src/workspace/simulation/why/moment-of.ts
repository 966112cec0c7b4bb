import type { Cluster } from '../../../simulator/cluster.ts';
import type { TraceEntry } from '../../../simulator/kernel/trace.ts';
import type { Moment } from './moment.ts';

/** The moment at which a cluster stands: when the entry `seq` had happened. */
export function momentOf(cluster: Cluster, entries: readonly TraceEntry[], seq: number): Moment {
  const stopped = cluster
    .places()
    .filter(({ isRunning }) => !isRunning)
    .map(({ id }) => id);
  return { objects: cluster.objects(), entries, seq, nowMs: cluster.nowMs, stopped: new Set(stopped) };
}
