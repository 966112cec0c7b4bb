import type { BackoffLimits } from '../release/numbers.ts';

/** How long the next try of something waits, and when that was set. */
export interface BackoffEntry {
  readonly backoffMs: number;
  readonly updatedAtMs: number;
}

/** Back-offs by what is tried. Plain data. */
export type Backoffs = Map<string, BackoffEntry>;

/**
 * Moves a back-off on: twice as long as before, up to the longest; from the start where nothing happened for twice the
 * longest. Times in milliseconds.
 * Source: staging/src/k8s.io/client-go/util/flowcontrol/backoff.go, 1.36.
 */
export function nextBackoff(
  entries: Backoffs,
  key: string,
  { eventMs, nowMs }: { readonly eventMs: number; readonly nowMs: number },
  limits: BackoffLimits,
): void {
  const entry = entries.get(key);
  const isFirst = entry === undefined || hasExpired(entry, eventMs, limits);
  const backoffMs = isFirst ? limits.initialMs : Math.min(entry.backoffMs * 2, limits.maxMs);
  entries.set(key, Object.freeze({ backoffMs, updatedAtMs: nowMs }));
}

/** Whether less time than the back-off has passed since an event. */
export function isInBackoffSince(
  entries: Backoffs,
  key: string,
  { eventMs, nowMs }: { readonly eventMs: number; readonly nowMs: number },
  limits: BackoffLimits,
): boolean {
  const entry = entries.get(key);
  if (entry === undefined || hasExpired(entry, eventMs, limits)) return false;
  return nowMs - eventMs < entry.backoffMs;
}

/** Whether less time than the back-off has passed since it was set. */
export function isInBackoffSinceUpdate(
  entries: Backoffs,
  key: string,
  eventMs: number,
  limits: BackoffLimits,
): boolean {
  const entry = entries.get(key);
  if (entry === undefined || hasExpired(entry, eventMs, limits)) return false;
  return eventMs - entry.updatedAtMs < entry.backoffMs;
}

export function backoffOf(entries: Backoffs, key: string): number {
  return entries.get(key)?.backoffMs ?? 0;
}

function hasExpired({ updatedAtMs }: BackoffEntry, eventMs: number, { maxMs }: BackoffLimits): boolean {
  return eventMs - updatedAtMs > maxMs * 2;
}
