import type { RetryWaits } from './controller.ts';

/**
 * Keys that wait to be reconciled: each stands in it once; one that is being reconciled waits until that is over. Plain
 * data. Source: staging/src/k8s.io/client-go/util/workqueue/queue.go, 1.36.
 */
export interface Workqueue {
  readonly waiting: string[];
  readonly dirty: Set<string>;
  readonly processing: Set<string>;
  /** Failures of a key since its last success. */
  readonly failures: Map<string, number>;
}

export function emptyWorkqueue(): Workqueue {
  return { waiting: [], dirty: new Set(), processing: new Set(), failures: new Map() };
}

export function add(queue: Workqueue, key: string): void {
  if (queue.dirty.has(key)) return;
  queue.dirty.add(key);
  if (!queue.processing.has(key)) queue.waiting.push(key);
}

export function take(queue: Workqueue): string | undefined {
  const key = queue.waiting.shift();
  if (key === undefined) return undefined;
  queue.processing.add(key);
  queue.dirty.delete(key);
  return key;
}

export function done(queue: Workqueue, key: string): void {
  queue.processing.delete(key);
  if (queue.dirty.has(key)) queue.waiting.push(key);
}

export function forget(queue: Workqueue, key: string): void {
  queue.failures.delete(key);
}

/** How long a key waits after a failure: 5 ms, 10, 20… Source: default_rate_limiters.go, 1.36. */
export function failedDelayMs(queue: Workqueue, key: string, { baseDelayMs, maxDelayMs }: RetryWaits): number {
  const failures = queue.failures.get(key) ?? 0;
  queue.failures.set(key, failures + 1);
  // 2^18 times the base is beyond any maximum.
  return Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(failures, 18));
}
