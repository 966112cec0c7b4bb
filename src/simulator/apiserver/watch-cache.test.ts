import { expect, it } from 'vitest';
import { BUILT_IN } from './served-resources.ts';
import type { WatchCache } from './watch-cache.ts';
import { emptyCache, eventsAfter, observe } from './watch-cache.ts';

const PODS = BUILT_IN.find(({ qualified }) => qualified === 'pods')!;

/** So many changes of one Pod, one every so many milliseconds. */
function changed(cache: WatchCache, from: number, count: number, everyMs: number, sinceMs: number): number {
  for (let index = 0; index < count; index++) {
    const modRevision = from + index;
    const value = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } };
    const event = { key: `${PODS.prefix}shop/web`, value, previous: undefined, modRevision };
    observe(cache, PODS, event, sinceMs + index * everyMs);
  }
  return sinceMs + (count - 1) * everyMs;
}

// Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/watch_cache_test.go `TestDynamicCache`, 1.36, told as a story.
it('keeps what was told in the last 75 seconds, and no fewer than a hundred changes', () => {
  const cache = emptyCache(PODS);
  // Ten a second: 750 of them are fresh, for which a hundred are doubled until they suffice.
  const untilMs = changed(cache, 1, 5000, 100, 0);
  expect(cache.capacity).toBe(800);
  expect(eventsAfter(cache, 4200)).toHaveLength(800);
  expect(eventsAfter(cache, 4250)).toHaveLength(750);
  // What was forgotten cannot be gone on from.
  expect(eventsAfter(cache, 4199)).toBeUndefined();
  // One every five seconds: fifteen are fresh.
  changed(cache, 5001, 500, 5000, untilMs + 5000);
  expect(cache.capacity).toBe(100);
  expect(eventsAfter(cache, 5400)).toHaveLength(100);
  expect(eventsAfter(cache, 5399)).toBeUndefined();
});
