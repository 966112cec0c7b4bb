import type { EventLimit } from './configuration.ts';

/** Thousandths of a token that one Event costs. */
const COST = 1000;

/** What is left of an allowance. */
interface Bucket {
  /** In thousandths, so that milliseconds lose nothing. */
  readonly tokens: number;
  readonly sinceMs: number;
}

/**
 * What is left of each limit: one map for each limit of the configuration, by key, least recently used first. Plain data,
 * kept by whoever asks the plugin.
 */
export type EventRates = Map<string, Bucket>[];

/**
 * Takes one Event off what a key may still send, and says whether it may. A key that is not kept starts with all of `burst`.
 * Source: plugin/pkg/admission/eventratelimit/cache.go, golang.org/x/time/rate `AllowN`, 1.36.
 */
export function takeEvent(
  rates: EventRates,
  place: number,
  { qps, burst, cacheSize }: EventLimit,
  key: string,
  nowMs: number,
): boolean {
  const kept = (rates[place] ??= new Map());
  const found = kept.get(key);
  const grown = found === undefined ? burst * COST : found.tokens + Math.max(0, nowMs - found.sinceMs) * qps;
  const tokens = Math.min(burst * COST, grown);
  const isAllowed = tokens >= COST;
  // Set anew, it stands last.
  kept.delete(key);
  if (kept.size >= cacheSize) for (const [oldest] of kept) if (kept.size >= cacheSize) kept.delete(oldest);
  kept.set(key, { tokens: isAllowed ? tokens - COST : tokens, sinceMs: Math.max(nowMs, found?.sinceMs ?? nowMs) });
  return isAllowed;
}
