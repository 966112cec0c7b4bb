import type { ComponentId, Context } from '../component.ts';
import type { ApiRequest, Message, ResourceName, WatchEvent, WatchEvents } from '../messages.ts';
import type { ApiClient } from './api-client.ts';
import { THROTTLED, sendCall, sendRequest } from './api-client.ts';
import { View } from './view.ts';
import type { ViewIndex } from './view.ts';

/** What an informer watches. */
export interface InformerSource {
  readonly resource: ResourceName;
  readonly namespace?: string;
  /** Only the object of this name. */
  readonly name?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Ways to search; only where the watch has a selector, else the API server's cache has them. */
  readonly indexes?: readonly ViewIndex[];
}

/** A component's cache of one resource, kept by one watch. Plain data. */
export interface Informer {
  readonly source: InformerSource;
  /** Id of the open watch; 0 while there is none. */
  watchId: number;
  /** Messages of the open watch that came. */
  heard: number;
  view: View;
  hasSynced: boolean;
  /** Tries in a row that failed, and when the last did. */
  failures: number;
  failedMs: number;
}

/** An informer that opens no watch: somebody else fills its cache. */
export function idleInformer(source: InformerSource): Informer {
  return {
    source: Object.freeze(source),
    watchId: 0,
    heard: 0,
    view: View.empty(source.indexes),
    hasSynced: false,
    failures: 0,
    failedMs: 0,
  };
}

/** Opens the watch that brings the objects as they are and then what changes. */
export function startInformer(source: InformerSource, client: ApiClient, context: Context): Informer {
  const informer = idleInformer(source);
  openWatch(informer, client, context);
  return informer;
}

/**
 * Source: staging/src/k8s.io/client-go/tools/cache/reflector.go and features/known_features.go `WatchListClient`, 1.36:
 * one streaming watch brings the initial list.
 */
function openWatch(informer: Informer, client: ApiClient, context: Context): void {
  const { resource, namespace, name, labelSelector, fieldSelector } = informer.source;
  const isResumed = informer.hasSynced;
  informer.heard = 0;
  informer.watchId = sendCall(
    client,
    {
      verb: 'watch',
      resource,
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      options: {
        allowWatchBookmarks: true,
        timeoutSeconds: watchSeconds(context),
        ...(labelSelector === undefined ? {} : { labelSelector }),
        ...(fieldSelector === undefined ? {} : { fieldSelector }),
        ...(isResumed
          ? { resourceVersion: String(informer.view.revision) }
          : { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' as const }),
      },
    },
    context,
  );
}

function watchSeconds(context: Context): number {
  const least = context.numbers.reflector.minWatchTimeoutSeconds;
  return context.random.integer(`watch-timeout/${context.next('watch')}`, least, 2 * least);
}

/** Name of the timer after which a broken watch is opened again. */
export const REWATCH = 'informer-rewatch';

/**
 * What a message says of the watch: undefined where it goes on; else as `WatchEvents.ended`. A message that is missing
 * means that the connection broke: a stream never leaves anything out.
 */
export function endOfWatch(informer: Informer, { number, ended }: WatchEvents): number | undefined {
  if (ended !== undefined) return ended;
  informer.heard++;
  return number === informer.heard ? undefined : 0;
}

/**
 * The watch is over or could not be opened: it is tried again, from the last revision that is known, or from the start
 * where the server has forgotten that. At once where a watch was there; after a back-off where none could be opened.
 */
export function watchEnded(informer: Informer, code: number, index: number, context: Context): void {
  const wasOpen = informer.heard > 0;
  informer.watchId = 0;
  if (code === 410) informer.hasSynced = false;
  context.timer(wasOpen ? 0 : backOff(informer, context), REWATCH, index);
}

function backOff(informer: Informer, { numbers, nowMs, random }: Context): number {
  const { backoffMs, maxBackoffMs, backoffResetMs } = numbers.reflector;
  if (nowMs - informer.failedMs > backoffResetMs) informer.failures = 0;
  const delayMs = Math.min(maxBackoffMs, backoffMs * 2 ** Math.min(informer.failures++, 10));
  informer.failedMs = nowMs;
  return random.integer(`rewatch/${informer.source.resource.plural}/${nowMs}`, delayMs, 2 * delayMs);
}

export function rewatch(informer: Informer, client: ApiClient, context: Context): void {
  openWatch(informer, client, context);
}

/** Of informers that nobody listens to: what comes over their watches, for those who look at the caches only. */
export function informersHear(informers: readonly Informer[], message: Message, context: Context): void {
  if (message.type !== 'watch' && message.type !== 'response') return;
  const index = informers.findIndex(({ watchId }) => watchId === message.id);
  const informer = informers[index];
  if (informer === undefined) return;
  if (message.type === 'response') watchEnded(informer, message.code, index, context);
  else if (message.ended !== undefined) watchEnded(informer, message.ended, index, context);
  else observeWatch(informer, message);
}

/** A timer of a component that has none but those of its informers and their client. */
export function informerTimer(
  { client, informers }: { readonly client: ApiClient; readonly informers: readonly Informer[] },
  { name, data }: { readonly name: string; readonly data: unknown },
  context: Context,
): void {
  if (name === THROTTLED) sendRequest(client, data as ApiRequest, context);
  else if (name === REWATCH) rewatch(informers[data as number]!, client, context);
}

/** The informer that a message is for; -1 where none is: its stream belongs to a life before, and is closed. */
export function informerOf(
  informers: readonly Informer[],
  from: ComponentId,
  { id, ended }: WatchEvents,
  context: Context,
): number {
  const index = informers.findIndex(({ watchId }) => watchId === id);
  if (index < 0 && ended === undefined) closeWatch(from, id, context);
  return index;
}

/** Tells a server that nobody listens to a watch any more. */
export function closeWatch(server: ComponentId, id: number, context: Context): void {
  context.send(server, { type: 'watch-closed', id }, { class: 'watch', verb: 'CLOSE' });
}

/**
 * Takes in what a watch brings and gives the changes, oldest first: after the initial list also those that the list
 * shows against what was known before.
 */
export function observeWatch(
  informer: Informer,
  { events, revision, view, isInitialEnd }: WatchEvents,
): readonly WatchEvent[] {
  const before = informer.view;
  const isInitial = isInitialEnd === true && !informer.hasSynced;
  if (isInitialEnd === true) informer.hasSynced = true;
  if (view !== undefined) informer.view = view;
  else {
    let next = isInitial ? View.empty(informer.source.indexes) : before;
    for (const { key, type, object, revision: at } of events)
      next = next.with(at, key, type === 'DELETED' ? undefined : object);
    informer.view = next.at(Math.max(revision, next.revision));
  }
  return isInitial ? differences(before, informer.view) : events;
}

function differences(before: View, after: View): readonly WatchEvent[] {
  const found: WatchEvent[] = [];
  for (const [key, object] of after.entries()) {
    const old = before.getKey(key);
    if (old === object) continue;
    found.push({
      type: old === undefined ? 'ADDED' : 'MODIFIED',
      key,
      object,
      revision: after.revision,
      ...(old === undefined ? {} : { old }),
    });
  }
  for (const [key, object] of before.entries())
    if (after.getKey(key) === undefined)
      found.push({ type: 'DELETED', key, object, old: object, revision: after.revision });
  return found;
}
