import type { KubernetesObject } from '../../apimachinery/object.ts';
import { assert } from '../../base/assert.ts';
import { valueAt } from '../../base/json.ts';
import { View } from '../client/view.ts';
import { SharedLog } from '../kernel/shared-log.ts';
import type { EtcdEvent, WatchEvent } from '../messages.ts';
import type { ServedResource } from './served-resources.ts';
import { indexesOf } from './served-resources.ts';

/**
 * What an API server keeps of one resource: all objects as of the last event it heard from etcd, and the last events.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/watch_cache.go, 1.36.
 */
export interface WatchCache {
  view: View;
  /** Oldest first. */
  readonly recent: SharedLog<WatchEvent>;
  /** When each of them came, in milliseconds of the run. */
  readonly times: SharedLog<number>;
  /** How many events are kept. */
  capacity: number;
  /** Events up to this revision have left the recent. */
  forgottenRevision: number;
}

export function emptyCache(resource: ServedResource): WatchCache {
  return cacheOf(View.empty(indexesOf(resource)), 0);
}

/** A cache that begins with a view, and knows of no change before a revision. */
export function cacheOf(view: View, forgottenRevision: number): WatchCache {
  return { view, recent: new SharedLog(), times: new SharedLog(), capacity: LEAST_EVENTS, forgottenRevision };
}

/** Source: watch_cache.go `defaultLowerBoundCapacity`, `defaultUpperBoundCapacity`, 1.36. */
const LEAST_EVENTS = 100;
const MOST_EVENTS = 102_400;
/** For how long events are kept at least. Source: cacher.go `DefaultEventFreshDuration`, 1.36. */
const FRESH_MS = 75_000;

/** Takes in a change of etcd and gives the event that watchers are told. */
export function observe(cache: WatchCache, resource: ServedResource, event: EtcdEvent, nowMs: number): WatchEvent {
  const key = event.key.slice(resource.prefix.length);
  const revision = event.modRevision;
  const object = withRevision(event.value ?? event.previous!, revision);
  const old = cache.view.getKey(key);
  cache.view = cache.view.with(revision, key, event.value === undefined ? undefined : object);
  const type = event.value === undefined ? 'DELETED' : old === undefined ? 'ADDED' : 'MODIFIED';
  const told: WatchEvent = Object.freeze({ type, key, object, revision, ...(old === undefined ? {} : { old }) });
  keep(cache, told, nowMs);
  return told;
}

/**
 * Keeps an event, and as many before it as were told within the time for which they are kept.
 * Source: watch_cache.go `updateCache`, `resizeCacheLocked`, 1.36.
 */
function keep(cache: WatchCache, event: WatchEvent, nowMs: number): void {
  const { recent, times } = cache;
  if (recent.length >= cache.capacity) {
    const [oldest = 0, lastQuarter = 0] = [times.at(0), times.at(recent.length - (cache.capacity >> 2))];
    if (nowMs - oldest < FRESH_MS) cache.capacity = Math.min(cache.capacity * 2, MOST_EVENTS);
    else if (nowMs - lastQuarter > FRESH_MS) cache.capacity = Math.max(cache.capacity >> 1, LEAST_EVENTS);
  }
  recent.push(event);
  times.push(nowMs);
  const excess = recent.length - cache.capacity;
  if (excess <= 0) return;
  recent.drop(excess);
  times.drop(excess);
  const first = recent.at(0);
  assert(first !== undefined, 'the recent events are as many as they were counted');
  cache.forgottenRevision = first.revision - 1;
}

/** Events after a revision; undefined where some of them are gone: 410. */
export function eventsAfter(cache: WatchCache, revision: number): readonly WatchEvent[] | undefined {
  if (revision < cache.forgottenRevision) return undefined;
  return cache.recent.from(cache.recent.firstWhere((event) => event.revision > revision));
}

/** What etcd stores has no resourceVersion of its own: it is the revision of the write. */
export function withRevision(object: KubernetesObject, revision: number): KubernetesObject {
  const known = revised.get(object);
  if (known?.revision === revision) return known.object;
  const metadata = valueAt(object, 'metadata') as KubernetesObject | undefined;
  const made = Object.freeze({ ...object, metadata: { ...metadata, resourceVersion: String(revision) } });
  revised.set(object, { revision, object: made });
  return made;
}

/** An object is written once: its answer, the caches and whoever watches share one value. */
const revised = new WeakMap<KubernetesObject, { readonly revision: number; readonly object: KubernetesObject }>();
