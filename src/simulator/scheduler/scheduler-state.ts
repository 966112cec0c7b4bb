import type { ApiClient } from '../client/api-client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import type { Informer } from '../client/informer.ts';
import { View } from '../client/view.ts';
import type { Context } from '../component.ts';
import type { ResourceName } from '../messages.ts';
import type { SchedulerCache } from './cache.ts';
import { nodesInOrder } from './cache.ts';
import type { PodInfo } from './pod-info.ts';
import { DEFAULT_PROFILE } from './profile.ts';
import type { QueuedPod } from './queue/queued-pod.ts';
import type { QueueContext, SchedulingQueue } from './queue/scheduling-queue.ts';
import type { Listed, Snapshot } from './snapshot.ts';
import { LISTED } from './snapshot.ts';

export const PODS: ResourceName = { group: '', version: 'v1', plural: 'pods' };
export const NODES: ResourceName = { group: '', version: 'v1', plural: 'nodes' };
/** Groups and versions of what is listed that is not of the core group. */
const GROUPS: Partial<Record<Listed, string>> = {
  replicasets: 'apps',
  statefulsets: 'apps',
  storageclasses: 'storage.k8s.io',
  csinodes: 'storage.k8s.io',
  csidrivers: 'storage.k8s.io',
  csistoragecapacities: 'storage.k8s.io',
  volumeattachments: 'storage.k8s.io',
  poddisruptionbudgets: 'policy',
};
export const SOURCES: readonly ResourceName[] = [
  NODES,
  PODS,
  ...LISTED.map((plural) => ({ group: GROUPS[plural] ?? '', version: 'v1', plural })),
];

export interface SchedulerState {
  readonly client: ApiClient;
  readonly informers: Informer[];
  readonly recorder: EventRecorder;
  readonly cache: SchedulerCache;
  readonly queue: SchedulingQueue;
  /** Pods that are being bound, by request. */
  readonly bindings: Map<number, { readonly queued: QueuedPod; readonly node: string }>;
  /** Requests that write a Pod's condition: nobody waits for them. */
  readonly patches: Set<number>;
  /** Number of the Node at which the next search begins. */
  nextStart: number;
  isBusy: boolean;
  isFlushing: boolean;
  isFlushingUnschedulable: boolean;
}

/** What plugins read, as it stands now. */
export function snapshotOf({ cache, informers }: SchedulerState): Snapshot {
  const viewOf = (plural: Listed) =>
    informers.find(({ source }) => source.resource.plural === plural)?.view ?? EMPTY_VIEW;
  return {
    // Made only where it is asked for: in a cluster that grows, the order is another one after each Node.
    get nodes() {
      return nodesInOrder(cache);
    },
    find: (name) => cache.nodes.get(name),
    nodesWithAffinity: cache.withAffinity,
    nodesWithRequiredAntiAffinity: cache.withRequiredAntiAffinity,
    usedClaims: cache.usedClaims,
    imageNodes: cache.imageNodes,
    view: viewOf,
    get: (plural, key) => viewOf(plural).getKey(key),
    hasNominated: false,
    nominated: () => NONE,
  };
}

const NONE: readonly PodInfo[] = [];
const EMPTY_VIEW = View.empty();

export function queueContext(state: SchedulerState, context: Context): QueueContext {
  return {
    nowMs: context.nowMs,
    plugins: PLUGINS,
    snapshot: snapshotOf(state),
    facts: NO_PREEMPTION,
    backoff: context.numbers.schedulerBackoff,
    cause: context.cause,
  };
}

const PLUGINS = DEFAULT_PROFILE.map(({ plugin }) => plugin);
const NO_PREEMPTION = { isPreempting: () => false };
