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
  /** Events up to this revision have left the recent. */
  forgottenRevision: number;
}

export function emptyCache(resource: ServedResource): WatchCache {
  return { view: View.empty(indexesOf(resource)), recent: new SharedLog(), forgottenRevision: 0 };
}

/** Most events that the recent holds. Source: watch_cache.go `defaultUpperBoundCapacity`, 1.36. */
const MOST_EVENTS = 102_400;

/** Takes in a change of etcd and gives the event that watchers are told. */
export function observe(cache: WatchCache, resource: ServedResource, event: EtcdEvent): WatchEvent {
  const key = event.key.slice(resource.prefix.length);
  const revision = event.modRevision;
  const object = withRevision(event.value ?? event.previous!, revision);
  const old = cache.view.getKey(key);
  cache.view = cache.view.with(revision, key, event.value === undefined ? undefined : object);
  const type = event.value === undefined ? 'DELETED' : old === undefined ? 'ADDED' : 'MODIFIED';
  const told: WatchEvent = Object.freeze({ type, key, object, revision, ...(old === undefined ? {} : { old }) });
  cache.recent.push(told);
  if (cache.recent.length > MOST_EVENTS) {
    const last = cache.recent.at((MOST_EVENTS >> 2) - 1);
    assert(last !== undefined, 'the recent events are as many as they were counted');
    cache.forgottenRevision = last.revision;
    cache.recent.drop(MOST_EVENTS >> 2);
  }
  return told;
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
