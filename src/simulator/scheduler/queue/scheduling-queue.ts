import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { SortedMap } from '../../kernel/sorted-map.ts';
import type { ClusterEvent, EventRegistration } from '../cluster-event.ts';
import { isWildCard, matchesEvent } from '../cluster-event.ts';
import type { QueueFacts, SchedulerPlugin } from '../plugin.ts';
import type { PodInfo } from '../pod-info.ts';
import type { Snapshot } from '../snapshot.ts';
import type { BackoffNumbers, QueuedPod } from './queued-pod.ts';
import { activeKey, backoffEndMs, digits, isBackingOff } from './queued-pod.ts';

/**
 * Where Pods wait: to be tried (`active`), for their back-off to end, for something to change. Plain data, changed in
 * place. Source: pkg/scheduler/backend/queue/{scheduling,active,backoff}_queue.go, 1.36.
 */
export interface SchedulingQueue {
  readonly active: SortedMap<QueuedPod>;
  readonly backoff: SortedMap<QueuedPod>;
  /** Back-offs after an error; Pods do not leave them early. */
  readonly errorBackoff: SortedMap<QueuedPod>;
  readonly unschedulable: Map<string, QueuedPod>;
  /** Where each Pod is but for the unschedulable, by `namespace/name`. */
  readonly places: Map<string, QueuePlace>;
  /** Pods that are being scheduled or bound, by uid, with the number of the first event after their start. */
  readonly inFlight: Map<string, number>;
  readonly events: InFlightEvent[];
  nextEvent: number;
  nextOrder: number;
}

export type QueueName = 'active' | 'backoff' | 'errorBackoff';

/** Frozen. */
interface QueuePlace {
  readonly queue: QueueName;
  readonly key: string;
}

/** Something that happened while Pods were in flight. Frozen. */
interface InFlightEvent {
  readonly number: number;
  readonly event: ClusterEvent;
  readonly before: KubernetesObject | undefined;
  readonly after: KubernetesObject | undefined;
}

/** What the queue asks of the rest of the scheduler. */
export interface QueueContext {
  readonly nowMs: number;
  readonly plugins: readonly SchedulerPlugin[];
  readonly snapshot: Snapshot;
  readonly facts: QueueFacts;
  readonly backoff: BackoffNumbers;
  readonly cause: number;
}

export function emptyQueue(): SchedulingQueue {
  return {
    active: new SortedMap(),
    backoff: new SortedMap(),
    errorBackoff: new SortedMap(),
    unschedulable: new Map(),
    places: new Map(),
    inFlight: new Map(),
    events: [],
    nextEvent: 1,
    nextOrder: 1,
  };
}

/** A Pod that nobody has tried yet. */
export function addPod(queue: SchedulingQueue, pod: PodInfo, context: QueueContext): void {
  const queued: QueuedPod = Object.freeze({
    pod,
    timestampMs: context.nowMs,
    order: queue.nextOrder++,
    attempts: 0,
    unschedulableCount: 0,
    consecutiveErrors: 0,
    unschedulablePlugins: [],
    pendingPlugins: [],
    gatingPlugin: '',
    cause: context.cause,
  });
  moveToActive(queue, queued, context);
}

/** The Pod to try next: from the back-off where nothing else waits. It is in flight until `done`. */
export function popPod(queue: SchedulingQueue): QueuedPod | undefined {
  const from = queue.active.size > 0 ? queue.active : queue.backoff;
  for (const [key, queued] of from.range('', undefined, 1)) {
    from.delete(key);
    queue.places.delete(queued.pod.key);
    if (queue.inFlight.has(queued.pod.uid)) return popPod(queue);
    queue.inFlight.set(queued.pod.uid, queue.nextEvent);
    return Object.freeze({ ...queued, attempts: queued.attempts + 1 });
  }
  return undefined;
}

/** The Pod's attempt is over, whatever came of it. */
export function done(queue: SchedulingQueue, uid: string): void {
  if (!queue.inFlight.delete(uid)) return;
  const first: number | undefined = queue.inFlight.values().next().value;
  const kept = first === undefined ? -1 : queue.events.findIndex(({ number }) => number >= first);
  if (kept < 0) queue.events.length = 0;
  else queue.events.splice(0, kept);
}

/** A Pod that was tried comes back; `plugins` that refused it, none where an error ended the attempt. */
export function addUnschedulable(
  queue: SchedulingQueue,
  tried: QueuedPod,
  plugins: Pick<QueuedPod, 'unschedulablePlugins' | 'pendingPlugins'>,
  context: QueueContext,
): void {
  const isError = plugins.unschedulablePlugins.length === 0 && plugins.pendingPlugins.length === 0;
  const queued: QueuedPod = Object.freeze({
    ...tried,
    ...plugins,
    gatingPlugin: '',
    timestampMs: context.nowMs,
    order: queue.nextOrder++,
    unschedulableCount: tried.unschedulableCount + (isError ? 0 : 1),
    consecutiveErrors: isError ? tried.consecutiveErrors + 1 : 0,
    cause: context.cause,
  });
  const since = queue.inFlight.get(queued.pod.uid);
  const strategy =
    isError || since === undefined
      ? 'afterBackoff'
      : strongest(
          queue.events
            .filter(({ number }) => number >= since)
            .map(({ event, before, after }) => worthRequeuing(queued, event, before, after, context)),
        );
  if (!has(queue, queued.pod.key)) requeue(queue, queued, strategy, context);
  done(queue, queued.pod.uid);
}

/** A Pod that is not on a Node changed. */
export function updatePod(
  queue: SchedulingQueue,
  before: KubernetesObject,
  pod: PodInfo,
  events: readonly ClusterEvent[],
  context: QueueContext,
): void {
  if (queue.inFlight.has(pod.uid)) {
    for (const event of events) keepEvent(queue, event, before, pod.pod);
    return;
  }
  const place = queue.places.get(pod.key);
  if (place !== undefined) {
    const updated = Object.freeze({ ...queue[place.queue].get(place.key)!, pod });
    takeOut(queue, pod.key);
    return put(queue, place.queue, updated, context);
  }
  const waiting = queue.unschedulable.get(pod.key);
  if (waiting === undefined) return addPod(queue, pod, context);
  const updated = Object.freeze({ ...waiting, pod, cause: context.cause });
  queue.unschedulable.set(pod.key, updated);
  for (const event of events) {
    const strategy = worthRequeuing(updated, event, before, pod.pod, context);
    if (strategy !== 'skip' && requeue(queue, updated, strategy, context)) return;
  }
}

/** The Pod is gone or was bound. */
export function deletePod(queue: SchedulingQueue, key: string): void {
  takeOut(queue, key);
}

/** Something happened: Pods that it may help are tried again. `among` leaves out Pods that it cannot concern. */
export function moveOn(
  queue: SchedulingQueue,
  event: ClusterEvent,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
  context: QueueContext,
  among: (queued: QueuedPod) => boolean = () => true,
): void {
  if (!isOfInterest(event, context)) return;
  for (const queued of queue.unschedulable.values()) {
    if (!among(queued)) continue;
    if (queued.gatingPlugin !== '' && !gateListens(queued.gatingPlugin, event, context)) continue;
    const strategy = worthRequeuing(queued, event, before, after, context);
    if (strategy !== 'skip') requeue(queue, Object.freeze({ ...queued, cause: context.cause }), strategy, context);
  }
  if (queue.inFlight.size > 0) keepEvent(queue, event, before, after);
}

/** Pods whose back-off has ended are to be tried. To be called every second. */
export function flushBackoff(queue: SchedulingQueue, context: QueueContext): void {
  for (const from of [queue.backoff, queue.errorBackoff])
    for (const [key, queued] of from.range('')) {
      if (isBackingOff(queued, context.backoff, context.nowMs)) break;
      from.delete(key);
      queue.places.delete(queued.pod.key);
      put(queue, 'active', queued, context);
    }
}

/** Pods that have waited too long for something to change are tried all the same. */
export function flushUnschedulable(queue: SchedulingQueue, longestMs: number, context: QueueContext): void {
  moveOn(
    queue,
    { resource: '*', actions: ALL, label: 'UnschedulableTimeout' },
    undefined,
    undefined,
    context,
    ({ timestampMs }) => context.nowMs - timestampMs > longestMs,
  );
}

const ALL = (1 << 13) - 1;

type Strategy = 'skip' | 'afterBackoff' | 'immediately';

/** Source: scheduling_queue.go `isPodWorthRequeuing`, 1.36. */
function worthRequeuing(
  { pod, unschedulablePlugins, pendingPlugins }: QueuedPod,
  event: ClusterEvent,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
  { plugins, snapshot }: QueueContext,
): Strategy {
  if (unschedulablePlugins.length === 0 && pendingPlugins.length === 0) return 'afterBackoff';
  if (isWildCard(event)) return 'afterBackoff';
  let strategy: Strategy = 'skip';
  for (const plugin of plugins) {
    const isPending = pendingPlugins.includes(plugin.name);
    if (!isPending && !unschedulablePlugins.includes(plugin.name)) continue;
    for (const registration of plugin.events ?? EVERYTHING) {
      if (!matchesEvent(registration.event, event)) continue;
      if (registration.hint?.(pod, before, after, snapshot) === 'QueueSkip') continue;
      if (isPending) return 'immediately';
      strategy = 'afterBackoff';
    }
  }
  return strategy;
}

/** Of a plugin that does not say what helps. Source: pkg/scheduler/scheduler.go `buildQueueingHintMap`, 1.36. */
const EVERYTHING: readonly EventRegistration[] = [{ event: { resource: '*', actions: ALL } }];

function strongest(strategies: readonly Strategy[]): Strategy {
  if (strategies.includes('immediately')) return 'immediately';
  return strategies.includes('afterBackoff') ? 'afterBackoff' : 'skip';
}

function isOfInterest(event: ClusterEvent, { plugins }: QueueContext): boolean {
  if (isWildCard(event)) return true;
  return plugins.some(({ events }) => (events ?? EVERYTHING).some((listed) => matchesEvent(listed.event, event)));
}

function gateListens(plugin: string, event: ClusterEvent, { plugins }: QueueContext): boolean {
  const events = plugins.find(({ name }) => name === plugin)?.events ?? EVERYTHING;
  return events.some((listed) => matchesEvent(listed.event, event));
}

/** Whether it left the unschedulable. Source: scheduling_queue.go `requeuePodWithQueueingStrategy`, 1.36. */
function requeue(queue: SchedulingQueue, queued: QueuedPod, strategy: Strategy, context: QueueContext): boolean {
  if (strategy === 'skip') {
    queue.unschedulable.set(queued.pod.key, queued);
    return false;
  }
  if (strategy === 'afterBackoff' && isBackingOff(queued, context.backoff, context.nowMs)) {
    const isError = queued.unschedulablePlugins.length === 0 && queued.pendingPlugins.length === 0;
    return move(queue, queued, isError ? 'errorBackoff' : 'backoff', context);
  }
  return moveToActive(queue, queued, context);
}

function moveToActive(queue: SchedulingQueue, queued: QueuedPod, context: QueueContext): boolean {
  return move(queue, queued, 'active', context);
}

/** False where a plugin keeps the Pod back: it is then among the unschedulable. */
function move(queue: SchedulingQueue, queued: QueuedPod, to: QueueName, context: QueueContext): boolean {
  const gate = context.plugins.find(({ preEnqueue }) => preEnqueue?.(queued.pod, context.facts) !== undefined);
  if (gate !== undefined) {
    const { name } = gate;
    const plugins = queued.unschedulablePlugins;
    const unschedulablePlugins = plugins.includes(name) ? plugins : [...plugins, name];
    queue.unschedulable.set(queued.pod.key, Object.freeze({ ...queued, gatingPlugin: name, unschedulablePlugins }));
    return false;
  }
  takeOut(queue, queued.pod.key);
  put(queue, to, queued.gatingPlugin === '' ? queued : Object.freeze({ ...queued, gatingPlugin: '' }), context);
  return true;
}

function put(queue: SchedulingQueue, to: QueueName, queued: QueuedPod, { backoff }: QueueContext): void {
  const end = to === 'active' ? '' : `${digits(backoffEndMs(queued, backoff), 15)}/`;
  const key = end + activeKey(queued);
  queue[to].set(key, queued);
  queue.places.set(queued.pod.key, Object.freeze({ queue: to, key }));
}

function takeOut(queue: SchedulingQueue, podKey: string): void {
  queue.unschedulable.delete(podKey);
  const place = queue.places.get(podKey);
  if (place === undefined) return;
  queue[place.queue].delete(place.key);
  queue.places.delete(podKey);
}

function has(queue: SchedulingQueue, podKey: string): boolean {
  return queue.places.has(podKey) || queue.unschedulable.has(podKey);
}

function keepEvent(
  queue: SchedulingQueue,
  event: ClusterEvent,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): void {
  queue.events.push(Object.freeze({ number: queue.nextEvent++, event, before, after }));
}
