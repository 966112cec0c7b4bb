import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../apimachinery/object.ts';
import { nameAt, objectAt, stringAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { ResourceName, WatchEvent } from '../messages.ts';
import { stopWaiting } from './binding-cycle.ts';
import { deleteNode, forgetPod, setNode, setPod, takePod } from './cache.ts';
import type { ClusterEvent, EventResource } from './cluster-event.ts';
import { Action } from './cluster-event.ts';
import { endNomination, nominate, nominatedNodeOf, updateNomination } from './nominator.ts';
import { nodeEvents, podEvents } from './object-events.ts';
import type { PodInfo } from './pod-info.ts';
import { podInfoOf } from './pod-info.ts';
import { addPod, deletePod, moveOn, queuedPod, updatePod } from './queue/scheduling-queue.ts';
import type { SchedulerState } from './scheduler-state.ts';
import { queueContext } from './scheduler-state.ts';

/** Pods that name another scheduler are left to it. */
const NAME = 'default-scheduler';

const POD_ADDED: ClusterEvent = { resource: 'AssignedPod', actions: Action.Add };
const POD_GONE: ClusterEvent = { resource: 'AssignedPod', actions: Action.Delete };

/** Source: pkg/scheduler/eventhandlers.go, 1.36. */
export function nodeChanged(state: SchedulerState, { type, object }: WatchEvent, context: Context): void {
  const queue = queueContext(state, context);
  const before = state.cache.nodes.get(nameOf(object))?.node;
  if (type === 'DELETED') {
    moveOn(state.queue, { resource: 'Node', actions: Action.Delete }, object, undefined, queue);
    return deleteNode(state.cache, nameOf(object));
  }
  setNode(state.cache, object);
  const events: readonly ClusterEvent[] =
    before === undefined ? [{ resource: 'Node', actions: Action.Add }] : nodeEvents(before, object);
  for (const event of events) moveOn(state.queue, event, before, object, queue);
}

/** A Pod that has ended is to the scheduler as if it were gone. */
export function podChanged(state: SchedulerState, { type, object, old }: WatchEvent, context: Context): void {
  const pod = podInfoOf(object);
  const phase = stringAt(object, 'status', 'phase');
  if (type === 'DELETED' || phase === 'Succeeded' || phase === 'Failed') podGone(state, pod, context);
  else if (nameAt(object, 'spec', 'nodeName') !== undefined) podPlaced(state, pod, context);
  else podWaits(state, pod, type === 'ADDED' ? undefined : old, context);
}

function podPlaced(state: SchedulerState, pod: PodInfo, context: Context): void {
  const queue = queueContext(state, context);
  const placed = state.cache.pods.get(pod.uid);
  setPod(state.cache, pod, nameAt(pod.pod, 'spec', 'nodeName')!);
  deletePod(state.queue, pod.key);
  endNomination(state.nominator, pod.uid);
  if (placed === undefined || placed.isAssumed) return moveOn(state.queue, POD_ADDED, undefined, pod.pod, queue);
  for (const event of podEvents(placed.pod.pod, pod.pod)) moveOn(state.queue, event, placed.pod.pod, pod.pod, queue);
}

function podGone(state: SchedulerState, pod: PodInfo, context: Context): void {
  deletePod(state.queue, pod.key);
  endNomination(state.nominator, pod.uid);
  const placed = state.cache.pods.get(pod.uid);
  if (placed?.isAssumed === true) return assumedPodGoes(state, pod, context);
  const queue = queueContext(state, context);
  if (placed !== undefined) {
    takePod(state.cache, pod.uid);
    moveOn(state.queue, POD_GONE, pod.pod, undefined, queue);
  } else if (nominatedNodeOf(pod) !== undefined) nominationEnded(state, pod, context);
}

function podWaits(state: SchedulerState, pod: PodInfo, before: KubernetesObject | undefined, context: Context): void {
  if ((stringAt(pod.pod, 'spec', 'schedulerName') ?? NAME) !== NAME) return;
  const placed = state.cache.pods.get(pod.uid);
  if (placed !== undefined) {
    if (placed.isAssumed && isBeingDeleted(pod.pod) && before !== undefined && !isBeingDeleted(before))
      assumedPodGoes(state, pod, context);
    return;
  }
  const queue = queueContext(state, context);
  const wasQueued = before !== undefined && queuedPod(state.queue, pod.key) !== undefined;
  if (before === undefined) addPod(state.queue, pod, queue);
  else updatePod(state.queue, before, pod, podEvents(before, pod.pod), queue);
  if (wasQueued) updateNomination(state.nominator, podInfoOf(before), pod);
  else if (state.queue.places.get(pod.key)?.queue === 'active') nominate(state.nominator, pod);
  if (before === undefined) return;
  const was = nominatedNodeOf(podInfoOf(before));
  if (was !== undefined && was !== nominatedNodeOf(pod)) nominationEnded(state, podInfoOf(before), context);
}

/**
 * A Pod that is being bound goes: what it would have taken is free.
 * Source: eventhandlers.go `handleAssumedPodDeletion`, 1.36.
 */
function assumedPodGoes(state: SchedulerState, pod: PodInfo, context: Context): void {
  const removed = { code: 'Unschedulable', plugin: '', message: 'removed' } as const;
  if (!stopWaiting(state, pod.uid, removed, context)) forgetPod(state.cache, pod.uid);
  moveOn(state.queue, POD_GONE, pod.pod, undefined, queueContext(state, context));
}

/** Pods that are no more important treated the Pod as if it were on its Node. */
function nominationEnded(state: SchedulerState, pod: PodInfo, context: Context): void {
  const queue = queueContext(state, context);
  moveOn(state.queue, POD_GONE, pod.pod, undefined, queue, (other) => other.pod.priority <= pod.priority);
}

export function otherChanged(
  state: SchedulerState,
  { plural }: ResourceName,
  { type, key, object, old }: WatchEvent,
  context: Context,
): void {
  const kept =
    plural === 'resourceclaims' ? pendingAllocation(state.assumed.get(`${plural}/${key}`), type, object) : undefined;
  if (kept === undefined) state.assumed.delete(`${plural}/${key}`);
  else state.assumed.set(`${plural}/${key}`, kept);
  const resource = EVENT_RESOURCES[plural];
  if (resource === undefined) return;
  const actions = type === 'ADDED' ? Action.Add : type === 'DELETED' ? Action.Delete : Action.Update;
  const after = type === 'DELETED' ? undefined : object;
  moveOn(state.queue, { resource, actions }, type === 'DELETED' ? object : old, after, queueContext(state, context));
}

/**
 * A claim that is being allocated stays so until its allocation is written: the finalizer is written before.
 * Source: pkg/scheduler/framework/plugins/dynamicresources/dra_manager.go `SignalClaimPendingAllocation`, 1.36.
 */
function pendingAllocation(
  assumed: KubernetesObject | undefined,
  type: WatchEvent['type'],
  object: KubernetesObject,
): KubernetesObject | undefined {
  const allocation = objectAt(assumed, 'status', 'allocation');
  if (allocation === undefined || type === 'DELETED' || objectAt(object, 'status', 'allocation') !== undefined)
    return undefined;
  if (nameAt(assumed, 'metadata', 'uid') !== nameAt(object, 'metadata', 'uid')) return undefined;
  return Object.freeze({ ...object, status: { ...objectAt(object, 'status'), allocation } });
}

const EVENT_RESOURCES: Readonly<Record<string, EventResource>> = {
  persistentvolumes: 'PersistentVolume',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  storageclasses: 'storage.k8s.io/StorageClass',
  csinodes: 'storage.k8s.io/CSINode',
  csidrivers: 'storage.k8s.io/CSIDriver',
  csistoragecapacities: 'storage.k8s.io/CSIStorageCapacity',
  volumeattachments: 'storage.k8s.io/VolumeAttachment',
  resourceclaims: 'resource.k8s.io/ResourceClaim',
  resourceslices: 'resource.k8s.io/ResourceSlice',
  deviceclasses: 'resource.k8s.io/DeviceClass',
};
