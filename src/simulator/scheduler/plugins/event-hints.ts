import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameAt } from '../../../base/json.ts';
import type { QueueingHint } from '../cluster-event.ts';

export function hint(queues: boolean): QueueingHint {
  return queues ? 'Queue' : 'QueueSkip';
}

/** Whether a Pod takes, or is about to take, room on a Node. */
export function isPlaced(pod: KubernetesObject | undefined): boolean {
  return nameAt(pod, 'spec', 'nodeName') !== undefined || nameAt(pod, 'status', 'nominatedNodeName') !== undefined;
}

/** Whether an event is about the Pod that waits. */
export function isSamePod(pod: KubernetesObject, other: KubernetesObject | undefined): boolean {
  return other !== undefined && nameAt(pod, 'metadata', 'uid') === nameAt(other, 'metadata', 'uid');
}
