import type { ReleaseNumbers } from '../release/numbers.ts';

/**
 * What keeps a component from flooding the cluster with Events: many about one object that differ in their message only
 * become one that is counted, and beyond a burst an object is granted one every five minutes. Plain data.
 * Source: staging/src/k8s.io/client-go/tools/record/events_cache.go, 1.36.
 */
export interface EventCorrelator {
  /** Messages that were seen of Events that differ in nothing else. */
  readonly similar: Map<string, { readonly messages: ReadonlySet<string>; readonly lastMs: number }>;
  /** When the bucket of an object is full again, in milliseconds. */
  readonly buckets: Map<string, number>;
}

/** `defaultAggregateMaxEvents`, `defaultAggregateIntervalInSeconds`, `maxLruCacheEntries`. */
const MOST_SIMILAR = 10;
const SIMILAR_FOR_MS = 600_000;
const MOST_KEPT = 4096;

export function eventCorrelator(): EventCorrelator {
  return { similar: new Map(), buckets: new Map() };
}

/** An Event before it is told: who says it of which object, why, and in which words. */
export interface Told {
  /** Source, object and type: what a ration is given to. */
  readonly about: string;
  readonly reason: string;
  /** The part of the object that is meant. */
  readonly part: string;
  readonly message: string;
}

type EventRation = ReleaseNumbers['eventSpam'];

/** Under which key an Event is counted, and in which words; not sent where there are too many about the object. */
export function correlate(
  { similar, buckets }: EventCorrelator,
  { about, reason, part, message }: Told,
  nowMs: number,
  ration: EventRation,
): { readonly key: string; readonly message: string; readonly isSent: boolean } {
  const group = `${about}/${reason}`;
  const before = similar.get(group);
  const messages = new Set(before !== undefined && nowMs - before.lastMs <= SIMILAR_FOR_MS ? before.messages : []);
  messages.add(message);
  const isMany = messages.size >= MOST_SIMILAR;
  if (isMany) messages.delete(messages.values().next().value!);
  keep(similar, group, Object.freeze({ messages, lastMs: nowMs }));
  const isSent = takeToken(buckets, about, nowMs, ration);
  return isMany
    ? { key: group, message: `(combined from similar events): ${message}`, isSent }
    : { key: `${group}/${part}/${message}`, message, isSent };
}

function takeToken(
  buckets: Map<string, number>,
  about: string,
  nowMs: number,
  { burst, refillMs }: EventRation,
): boolean {
  const fullAtMs = Math.max(buckets.get(about) ?? 0, nowMs) + refillMs;
  const accepts = fullAtMs - nowMs <= burst * refillMs;
  if (accepts) keep(buckets, about, fullAtMs);
  return accepts;
}

/** The oldest of too many goes. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > MOST_KEPT) map.delete(map.keys().next().value!);
}
