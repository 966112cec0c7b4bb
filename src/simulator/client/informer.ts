import type { Context } from '../component.ts';
import type { ResourceName, WatchEvent, WatchEvents } from '../messages.ts';
import type { ApiClient } from './api-client.ts';
import { sendCall } from './api-client.ts';
import { View } from './view.ts';
import type { ViewIndex } from './view.ts';

/** What an informer watches. */
export interface InformerSource {
  readonly resource: ResourceName;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Ways to search; only where the watch has a selector, else the API server's cache has them. */
  readonly indexes?: readonly ViewIndex[];
}

/** A component's cache of one resource, kept by one watch. Plain data. */
export interface Informer {
  readonly source: InformerSource;
  /** Id of the open watch. */
  watchId: number;
  view: View;
  hasSynced: boolean;
}

/** Opens the watch that brings the objects as they are and then what changes. */
export function startInformer(source: InformerSource, client: ApiClient, context: Context): Informer {
  const informer: Informer = {
    source: Object.freeze(source),
    watchId: 0,
    view: View.empty(source.indexes),
    hasSynced: false,
  };
  openWatch(informer, client, context);
  return informer;
}

/**
 * Source: staging/src/k8s.io/client-go/tools/cache/reflector.go and features/known_features.go `WatchListClient`, 1.36:
 * one streaming watch brings the initial list.
 */
function openWatch(informer: Informer, client: ApiClient, context: Context): void {
  const { resource, namespace, labelSelector, fieldSelector } = informer.source;
  const isResumed = informer.hasSynced;
  informer.watchId = sendCall(
    client,
    {
      verb: 'watch',
      resource,
      ...(namespace === undefined ? {} : { namespace }),
      options: {
        allowWatchBookmarks: true,
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

/** Name of the timer after which a broken watch is opened again. */
export const REWATCH = 'informer-rewatch';
const REWATCH_MS = 1000;

/** The watch is over or could not be opened: it is tried again, from the start where the server has forgotten. */
export function watchEnded(informer: Informer, code: number, index: number, context: Context): void {
  if (code === 410) informer.hasSynced = false;
  context.timer(REWATCH_MS, REWATCH, index);
}

export function rewatch(informer: Informer, client: ApiClient, context: Context): void {
  openWatch(informer, client, context);
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
