import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { SortedMap } from '../../kernel/sorted-map.ts';
import type { ClusterEvent } from '../cluster-event.ts';
import { Action, isWildCard } from '../cluster-event.ts';
import type { QueueFacts, SchedulerPlugin } from '../plugin.ts';
import type { PodInfo } from '../pod-info.ts';
import type { Snapshot } from '../snapshot.ts';
import type { BackoffNumbers, QueuedPod } from './queued-pod.ts';
import { activeKey, backoffDurationMs, backoffEndMs, digits, failuresOf, isBackingOff } from './queued-pod.ts';
import type { Happening, Strategy } from './requeuing.ts';
import { listenersTo, strongest, worthRequeuing } from './requeuing.ts';
import type { WaitingPods } from './waiting-pods.ts';
import { stopWaiting, wait, waitingPod } from './waiting-pods.ts';

/**
 * Where Pods wait: to be tried (`active`), for their back-off to end, for something to change. Plain data, changed in
 * place. Source: pkg/scheduler/backend/queue/{scheduling,active,backoff}_queue.go, 1.36.
 */
export interface SchedulingQueue extends WaitingPods {
  readonly active: SortedMap<QueuedPod>;
  readonly backoff: SortedMap<QueuedPod>;
  /** Back-offs after an error; Pods do not leave them early. */
  readonly errorBackoff: SortedMap<QueuedPod>;
  /** Where each other Pod is, by `namespace/name`. */
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
interface InFlightEvent extends Happening {
  readonly number: number;
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
    gated: new Map(),
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
            .map((happening) => strategyFor(queued, happening, context)),
        );
  if (queuedPod(queue, queued.pod.key) === undefined) requeue(queue, queued, strategy, context);
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
    for (const event of events) keepEvent(queue, { event, before, after: pod.pod });
    return;
  }
  const place = queue.places.get(pod.key);
  if (place !== undefined) {
    const updated = Object.freeze({ ...queue[place.queue].get(place.key)!, pod });
    takeOut(queue, pod.key);
    return put(queue, place.queue, updated, context);
  }
  const waiting = waitingPod(queue, pod.key);
  if (waiting === undefined) return addPod(queue, pod, context);
  const updated = Object.freeze({ ...waiting, pod, cause: context.cause });
  wait(queue, updated);
  for (const event of events) {
    const strategy = strategyFor(updated, { event, before, after: pod.pod }, context);
    if (strategy !== 'skip' && requeue(queue, updated, strategy, context)) return;
  }
}

/** A Pod as it waits, in whatever queue; undefined where it waits in none. */
export function queuedPod(queue: SchedulingQueue, key: string): QueuedPod | undefined {
  const place = queue.places.get(key);
  return place === undefined ? waitingPod(queue, key) : queue[place.queue].get(place.key);
}

/** Tries a Pod at once, whatever it waits for; one that is in flight as soon as it comes back. */
export function activate(queue: SchedulingQueue, { pod, key, uid }: PodInfo, context: QueueContext): void {
  const place = queue.places.get(key);
  if (place?.queue === 'active') return;
  const queued = queuedPod(queue, key);
  if (queued === undefined) {
    if (queue.inFlight.has(uid)) keepEvent(queue, { event: FORCE_ACTIVATE, before: undefined, after: pod });
  } else if (place === undefined) moveToActive(queue, queued, context);
  else {
    takeOut(queue, key);
    put(queue, 'active', queued, context);
  }
}

const FORCE_ACTIVATE: ClusterEvent = { resource: '*', actions: Action.All, label: 'ForceActivate' };

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
  const listeners = listenersTo(event, context.plugins);
  if (listeners.length === 0 && !isWildCard(event)) return;
  const happening: Happening = { event, before, after };
  const moved: [QueuedPod, Strategy][] = [];
  const consider = (pods: Iterable<QueuedPod>): void => {
    for (const queued of pods) {
      if (!among(queued)) continue;
      const strategy = worthRequeuing(queued, happening, listeners, context.snapshot);
      if (strategy !== 'skip') moved.push([queued, strategy]);
    }
  };
  consider(queue.unschedulable.values());
  for (const [plugin, pods] of queue.gated) if (listeners.some(({ name }) => name === plugin)) consider(pods.values());
  for (const [queued, strategy] of moved)
    requeue(queue, Object.freeze({ ...queued, cause: context.cause }), strategy, context);
  if (queue.inFlight.size > 0) keepEvent(queue, happening);
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

/** Whether every back-off is as long as back-offs become. */
export function isAtCap({ backoff, errorBackoff }: SchedulingQueue, numbers: BackoffNumbers): boolean {
  for (const waiting of [backoff, errorBackoff])
    for (const queued of waiting.values())
      if (backoffDurationMs(failuresOf(queued), numbers) < numbers.maxMs) return false;
  return true;
}

/** Pods that have waited too long for something to change are tried all the same. */
export function flushUnschedulable(queue: SchedulingQueue, longestMs: number, context: QueueContext): void {
  moveOn(
    queue,
    { resource: '*', actions: Action.All, label: 'UnschedulableTimeout' },
    undefined,
    undefined,
    context,
    ({ timestampMs }) => context.nowMs - timestampMs > longestMs,
  );
}

function strategyFor(queued: QueuedPod, happening: Happening, { plugins, snapshot }: QueueContext): Strategy {
  return worthRequeuing(queued, happening, listenersTo(happening.event, plugins), snapshot);
}

/** Whether it left the unschedulable. Source: scheduling_queue.go `requeuePodWithQueueingStrategy`, 1.36. */
function requeue(queue: SchedulingQueue, queued: QueuedPod, strategy: Strategy, context: QueueContext): boolean {
  if (strategy === 'skip') {
    wait(queue, queued);
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

/** False where a plugin keeps the Pod back: it then waits. Source: scheduling_queue.go `runPreEnqueuePlugins`, 1.36. */
function move(queue: SchedulingQueue, queued: QueuedPod, to: QueueName, context: QueueContext): boolean {
  const gate = gateOf(queued, context);
  if (gate !== undefined) {
    if (queue.places.has(queued.pod.key)) return false;
    const plugins = queued.unschedulablePlugins;
    const unschedulablePlugins = plugins.includes(gate) ? plugins : [...plugins, gate];
    wait(queue, Object.freeze({ ...queued, gatingPlugin: gate, unschedulablePlugins }));
    return false;
  }
  takeOut(queue, queued.pod.key);
  put(queue, to, queued.gatingPlugin === '' ? queued : Object.freeze({ ...queued, gatingPlugin: '' }), context);
  return true;
}

/** The plugin that keeps the Pod back; the one that did so last time is asked first. */
function gateOf({ pod, gatingPlugin }: QueuedPod, { plugins, facts }: QueueContext): string | undefined {
  const refuses = ({ preEnqueue }: SchedulerPlugin): boolean => preEnqueue?.(pod, facts) !== undefined;
  const last = gatingPlugin === '' ? undefined : plugins.find(({ name }) => name === gatingPlugin);
  if (last !== undefined && refuses(last)) return gatingPlugin;
  return plugins.find((plugin) => plugin !== last && refuses(plugin))?.name;
}

function put(queue: SchedulingQueue, to: QueueName, queued: QueuedPod, { backoff }: QueueContext): void {
  const end = to === 'active' ? '' : `${digits(backoffEndMs(queued, backoff), 15)}/`;
  const key = end + activeKey(queued);
  queue[to].set(key, queued);
  queue.places.set(queued.pod.key, Object.freeze({ queue: to, key }));
}

function takeOut(queue: SchedulingQueue, podKey: string): void {
  stopWaiting(queue, podKey);
  const place = queue.places.get(podKey);
  if (place === undefined) return;
  queue[place.queue].delete(place.key);
  queue.places.delete(podKey);
}

function keepEvent(queue: SchedulingQueue, happening: Happening): void {
  queue.events.push(Object.freeze({ number: queue.nextEvent++, ...happening }));
}
