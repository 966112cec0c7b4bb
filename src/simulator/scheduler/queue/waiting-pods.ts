import type { QueuedPod } from './queued-pod.ts';

/**
 * Pods that will not be tried until something happens. Upstream has one map for both; two spare the many that are gated the
 * events that cannot concern them. Source: pkg/scheduler/backend/queue/unschedulable_pods.go, 1.36.
 */
export interface WaitingPods {
  /** Pods that wait for an event, by `namespace/name`. */
  readonly unschedulable: Map<string, QueuedPod>;
  /** Pods that a plugin keeps from the queues, by its name and theirs. */
  readonly gated: Map<string, Map<string, QueuedPod>>;
}

/** The Pod waits for an event, or for the plugin that keeps it back. */
export function wait(queue: WaitingPods, queued: QueuedPod): void {
  const { gatingPlugin } = queued;
  const { key } = queued.pod;
  stopWaiting(queue, key, gatingPlugin);
  if (gatingPlugin === '') {
    queue.unschedulable.set(key, queued);
    return;
  }
  let pods = queue.gated.get(gatingPlugin);
  if (pods === undefined) queue.gated.set(gatingPlugin, (pods = new Map()));
  pods.set(key, queued);
}

export function stopWaiting({ unschedulable, gated }: WaitingPods, key: string, butFor?: string): void {
  if (butFor !== '') unschedulable.delete(key);
  for (const [plugin, pods] of gated) if (plugin !== butFor) pods.delete(key);
}

export function waitingPod({ unschedulable, gated }: WaitingPods, key: string): QueuedPod | undefined {
  const queued = unschedulable.get(key);
  if (queued !== undefined) return queued;
  for (const pods of gated.values()) if (pods.has(key)) return pods.get(key);
  return undefined;
}
