import type { KubernetesObject } from '../../apimachinery/object.ts';
import { namespaceOf } from '../../apimachinery/object.ts';
import { numberAt, stringAt } from '../../base/json.ts';
import type { Cluster } from '../../simulator/cluster.ts';
import { msOf } from '../../simulator/kernel/clock.ts';

/** An Event (core/v1) as `kubectl get events` tells it. Times in milliseconds of the run. */
export interface LedgerEvent {
  readonly uid: string;
  readonly namespace: string;
  readonly type: string;
  readonly reason: string;
  /** `Pod/web-0`. */
  readonly object: string;
  readonly message: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Who reports it. */
  readonly source: string;
}

/** Every Event that the cluster holds, the last seen last, as kubectl sorts them. */
export function ledgerEvents(cluster: Cluster): readonly LedgerEvent[] {
  return cluster
    .objects()
    .filter(({ kind, apiVersion }) => kind === 'Event' && (apiVersion === 'v1' || apiVersion === 'events.k8s.io/v1'))
    .map(ledgerEvent)
    .toSorted((a, b) => a.lastMs - b.lastMs || a.firstMs - b.firstMs);
}

function ledgerEvent(event: KubernetesObject): LedgerEvent {
  const text = (...path: readonly string[]): string => stringAt(event, ...path) ?? '';
  // Names of fields as the core group has them; the other group's are the same object under other names.
  const about = stringAt(event, 'involvedObject', 'kind') === undefined ? 'regarding' : 'involvedObject';
  const first = text('firstTimestamp') || text('eventTime');
  const last = text('series', 'lastObservedTime') || text('lastTimestamp') || text('eventTime');
  return {
    uid: text('metadata', 'uid'),
    namespace: namespaceOf(event) ?? '',
    type: text('type'),
    reason: text('reason'),
    object: `${text(about, 'kind')}/${text(about, 'name')}`,
    message: (text('message') || text('note')).trim(),
    count: numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1,
    firstMs: msOf(first) ?? 0,
    lastMs: msOf(last) ?? 0,
    source: text('source', 'component') || text('reportingComponent') || text('reportingController'),
  };
}
