import { nameOf } from '../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { ResourceName, WatchEvent } from '../messages.ts';
import { deleteNode, setNode, setPod, takePod } from './cache.ts';
import type { ClusterEvent, EventResource } from './cluster-event.ts';
import { Action } from './cluster-event.ts';
import { nodeEvents, podEvents } from './object-events.ts';
import { podInfoOf } from './pod-info.ts';
import { addPod, deletePod, moveOn, updatePod } from './queue/scheduling-queue.ts';
import type { SchedulerState } from './scheduler-state.ts';
import { queueContext } from './scheduler-state.ts';

/** Pods that name another scheduler are left to it. */
const NAME = 'default-scheduler';

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

export function podChanged(state: SchedulerState, { type, key, object, old }: WatchEvent, context: Context): void {
  const queue = queueContext(state, context);
  const info = podInfoOf(object);
  const node = nameAt(object, 'spec', 'nodeName');
  const placed = state.cache.pods.get(info.uid);
  const phase = stringAt(object, 'status', 'phase');
  if (type === 'DELETED' || phase === 'Succeeded' || phase === 'Failed') {
    deletePod(state.queue, key);
    if (placed === undefined) return;
    takePod(state.cache, info.uid);
    moveOn(state.queue, { resource: 'AssignedPod', actions: Action.Delete }, object, undefined, queue);
  } else if (node !== undefined) {
    const isNew = placed === undefined || placed.isAssumed;
    setPod(state.cache, info, node);
    deletePod(state.queue, key);
    if (isNew) return moveOn(state.queue, ASSIGNED_ADD, undefined, object, queue);
    for (const event of podEvents(placed.pod.pod, object)) moveOn(state.queue, event, placed.pod.pod, object, queue);
  } else if (placed === undefined && (stringAt(object, 'spec', 'schedulerName') ?? NAME) === NAME) {
    if (old === undefined || type === 'ADDED') addPod(state.queue, info, queue);
    else updatePod(state.queue, old, info, podEvents(old, object), queue);
  }
}

const ASSIGNED_ADD: ClusterEvent = { resource: 'AssignedPod', actions: Action.Add };

export function otherChanged(
  state: SchedulerState,
  { plural }: ResourceName,
  { type, object, old }: WatchEvent,
  context: Context,
): void {
  const resource = EVENT_RESOURCES[plural];
  if (resource === undefined) return;
  const actions = type === 'ADDED' ? Action.Add : type === 'DELETED' ? Action.Delete : Action.Update;
  const after = type === 'DELETED' ? undefined : object;
  moveOn(state.queue, { resource, actions }, type === 'DELETED' ? object : old, after, queueContext(state, context));
}

const EVENT_RESOURCES: Readonly<Record<string, EventResource>> = {
  persistentvolumes: 'PersistentVolume',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  storageclasses: 'storage.k8s.io/StorageClass',
  csinodes: 'storage.k8s.io/CSINode',
  csidrivers: 'storage.k8s.io/CSIDriver',
  csistoragecapacities: 'storage.k8s.io/CSIStorageCapacity',
  volumeattachments: 'storage.k8s.io/VolumeAttachment',
};
