import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted } from '../../apimachinery/object.ts';
import { assert } from '../../base/assert.ts';
import type { ApiClient } from '../client/api-client.ts';
import type { SeriesRecorder } from '../client/event-series.ts';
import type { Informer } from '../client/informer.ts';
import { View } from '../client/view.ts';
import type { Context } from '../component.ts';
import type { ResourceName } from '../messages.ts';
import { assumedOnly, assumedOr } from './assumed-objects.ts';
import type { BindingFlow } from './binding-cycle.ts';
import type { SchedulerCache } from './cache.ts';
import { snapshotOver } from './cache.ts';
import type { Nominator } from './nominator.ts';
import type { SchedulerPlugin } from './plugin.ts';
import type { PodInfo } from './pod-info.ts';
import { podInfoOf } from './pod-info.ts';
import type { PreemptionFlow } from './preemption/preempt.ts';
import type { ProfileEntry } from './profile.ts';
import { PROFILES } from './profile.ts';
import type { QueueContext, SchedulingQueue } from './queue/scheduling-queue.ts';
import { queuedPod } from './queue/scheduling-queue.ts';
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
  resourceclaims: 'resource.k8s.io',
  resourceslices: 'resource.k8s.io',
  deviceclasses: 'resource.k8s.io',
};
export const SOURCES: readonly ResourceName[] = [
  NODES,
  PODS,
  ...LISTED.map((plural) => ({ group: GROUPS[plural] ?? '', version: 'v1', plural })),
];

const POD_INFORMER = 1;

export interface SchedulerState {
  /** Name of its profile. */
  readonly profile: string;
  /** Whether it places Pods: one of several does. */
  isLeading: boolean;
  readonly client: ApiClient;
  readonly informers: Informer[];
  readonly recorder: SeriesRecorder;
  readonly cache: SchedulerCache;
  readonly queue: SchedulingQueue;
  readonly nominator: Nominator;
  /** Objects as they are to be written, by `plural/key`. */
  readonly assumed: Map<string, KubernetesObject>;
  /** Pods that are being bound, and for which others make room: by `bind/uid` and `preempt/uid`. */
  readonly flows: Map<string, BindingFlow | PreemptionFlow>;
  /** Which call of which flow a request is. */
  readonly calls: Map<number, { readonly flow: string; readonly index: number }>;
  /** Requests that write a Pod's condition. */
  readonly patches: Set<number>;
  /** The one of them for whose answer the scheduling loop waits. */
  waitsFor: number | undefined;
  /** Number of the Node at which the next search begins. */
  nextStart: number;
  isBusy: boolean;
  isFlushing: boolean;
  isFlushingUnschedulable: boolean;
}

/** The plugins of a state's scheduler, with their weights. */
export function profileOf({ profile }: Pick<SchedulerState, 'profile'>): readonly ProfileEntry[] {
  const entries = PROFILES.get(profile);
  assert(entries !== undefined, `no scheduler profile ${profile}`);
  return entries;
}

/** Of each profile: its plugins, without a list for every event. */
const plugins = new WeakMap<readonly ProfileEntry[], readonly SchedulerPlugin[]>();

function pluginsOf(state: SchedulerState): readonly SchedulerPlugin[] {
  const profile = profileOf(state);
  let list = plugins.get(profile);
  if (list === undefined) plugins.set(profile, (list = profile.map(({ plugin }) => plugin)));
  return list;
}

export function viewOf({ informers }: SchedulerState, plural: string): View {
  return informers.find(({ source }) => source.resource.plural === plural)?.view ?? EMPTY_VIEW;
}

/** A Pod as the cache has it, by `namespace/name`. */
export function podOf(state: SchedulerState, key: string): KubernetesObject | undefined {
  return state.informers[POD_INFORMER]?.view.getKey(key);
}

/** What plugins read, as it stands now. */
export function snapshotOf(state: SchedulerState, nowMs: number): Snapshot {
  const { cache, nominator, assumed } = state;
  return snapshotOver(cache, {
    view: (plural) => viewOf(state, plural),
    get: (plural, key) => assumedOr(assumed, plural, key, viewOf(state, plural).getKey(key)),
    assumedOnly: (plural) => assumedOnly(assumed, plural, viewOf(state, plural)),
    nowMs,
    hasNominated: nominator.pods.size > 0,
    nominated: (node) => nominatedPods(state, node),
  });
}

const EMPTY_VIEW = View.empty();
const NONE: readonly PodInfo[] = [];

/** Pods that are to run on a Node and are not there yet. */
export function nominatedPods(state: SchedulerState, node: string): readonly PodInfo[] {
  const { nominator, queue } = state;
  const uids = nominator.nodes.get(node);
  if (uids === undefined) return NONE;
  return uids.flatMap((uid) => {
    const { key } = nominator.pods.get(uid)!;
    const queued = queuedPod(queue, key)?.pod;
    if (queued !== undefined) return queued;
    const pod = podOf(state, key);
    return pod === undefined ? [] : podInfoOf(pod);
  });
}

export function queueContext(state: SchedulerState, context: Context): QueueContext {
  return {
    nowMs: context.nowMs,
    plugins: pluginsOf(state),
    snapshot: snapshotOf(state, context.nowMs),
    facts: {
      isPreempting: (uid) => isPreempting(state.flows, uid, (key) => podOf(state, key)),
      get: (plural, key) => viewOf(state, plural).getKey(key),
    },
    backoff: context.numbers.schedulerBackoff,
    cause: context.cause,
  };
}

/**
 * Whether Pods are being made to go for this one; once the last of them goes, nothing more is waited for.
 * Source: pkg/scheduler/framework/preemption/executor.go `isRunningPreemption`, 1.36.
 */
export function isPreempting(
  flows: SchedulerState['flows'],
  uid: string,
  find: (key: string) => KubernetesObject | undefined,
): boolean {
  const flow = flows.get(`preempt/${uid}`);
  if (flow?.kind !== 'preempt') return false;
  if (flow.lastVictim === undefined) return true;
  const victim = find(flow.lastVictim);
  return victim !== undefined && !isBeingDeleted(victim);
}
