import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameAt } from '../../../base/json.ts';
import type { ClusterEvent, EventRegistration } from '../cluster-event.ts';
import { Action, isWildCard, matchesEvent } from '../cluster-event.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import type { Snapshot } from '../snapshot.ts';
import type { QueuedPod } from './queued-pod.ts';

/** What becomes of a Pod after an event: it stays, it is tried after its back-off, or without waiting for that. */
export type Strategy = 'skip' | 'afterBackoff' | 'immediately';

/** Something that happened, with the object before (undefined: it is new) and after (undefined: it is gone). Frozen. */
export interface Happening {
  readonly event: ClusterEvent;
  readonly before: KubernetesObject | undefined;
  readonly after: KubernetesObject | undefined;
}

/** A plugin that listens to an event, with what it registered for it. */
interface Listener {
  readonly name: string;
  readonly registrations: readonly EventRegistration[];
}

/** Of a plugin that does not say what helps. Source: pkg/scheduler/scheduler.go `buildQueueingHintMap`, 1.36. */
const EVERYTHING: readonly EventRegistration[] = [{ event: { resource: '*', actions: Action.All } }];

/** The plugins to which an event is of interest. */
export function listenersTo(event: ClusterEvent, plugins: readonly SchedulerPlugin[]): readonly Listener[] {
  const listeners: Listener[] = [];
  for (const { name, events = EVERYTHING } of plugins) {
    const registrations = events.filter((listed) => matchesEvent(listed.event, event));
    if (registrations.length > 0) listeners.push({ name, registrations });
  }
  return listeners;
}

/**
 * Source: pkg/scheduler/backend/queue/scheduling_queue.go `isPodWorthRequeuing`, 1.36. A wildcard that has an object after
 * it is for that Pod alone.
 */
export function worthRequeuing(
  { pod, unschedulablePlugins, pendingPlugins }: QueuedPod,
  { event, before, after }: Happening,
  listeners: readonly Listener[],
  snapshot: Snapshot,
): Strategy {
  if (unschedulablePlugins.length === 0 && pendingPlugins.length === 0) return 'afterBackoff';
  if (isWildCard(event))
    return after === undefined || nameAt(after, 'metadata', 'uid') === pod.uid ? 'afterBackoff' : 'skip';
  let strategy: Strategy = 'skip';
  for (const { name, registrations } of listeners) {
    const isPending = pendingPlugins.includes(name);
    if (!isPending && !unschedulablePlugins.includes(name)) continue;
    for (const { hint } of registrations) {
      if (hint?.(pod, before, after, snapshot) === 'QueueSkip') continue;
      if (isPending) return 'immediately';
      strategy = 'afterBackoff';
      if (pendingPlugins.length === 0) return strategy;
    }
  }
  return strategy;
}

/** What the events that happened while a Pod was being tried mean together. */
export function strongest(strategies: Iterable<Strategy>): Strategy {
  let most: Strategy = 'skip';
  for (const strategy of strategies) {
    if (strategy === 'immediately') return strategy;
    if (strategy === 'afterBackoff') most = strategy;
  }
  return most;
}
