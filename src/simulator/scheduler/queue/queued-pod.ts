import type { PodInfo } from '../pod-info.ts';

/** A Pod that waits to be scheduled. Frozen: each change makes another. Source: pkg/scheduler/framework/types.go `QueuedPodInfo`, 1.36. */
export interface QueuedPod {
  readonly pod: PodInfo;
  /** When it came into the queue, or came back, in milliseconds of the run; `order` decides between equal times. */
  readonly timestampMs: number;
  readonly order: number;
  readonly attempts: number;
  /** Attempts in which plugins refused it. */
  readonly unschedulableCount: number;
  /** Attempts in a row that ended in an error. */
  readonly consecutiveErrors: number;
  /** Plugins that refused it in its last attempt, and those of them that wait for something of their own. */
  readonly unschedulablePlugins: readonly string[];
  readonly pendingPlugins: readonly string[];
  /** The plugin that keeps it from the active queue; '' where none does. */
  readonly gatingPlugin: string;
  /** Trace entry that led to its being here. */
  readonly cause: number;
}

export interface BackoffNumbers {
  readonly initialMs: number;
  readonly maxMs: number;
}

/** Back-offs end at whole seconds. Source: pkg/scheduler/backend/queue/backoff_queue.go `backoffQOrderingWindowDuration`, 1.36. */
export const WINDOW_MS = 1000;

/** How long a Pod waits after so many failures. Source: backoff_queue.go `calculateBackoffDuration`, 1.36. */
export function backoffDurationMs(count: number, { initialMs, maxMs }: BackoffNumbers): number {
  if (count === 0) return 0;
  let duration = initialMs;
  for (let step = 1; step < count; step++) {
    duration *= 2;
    if (duration > maxMs) return maxMs;
  }
  return Math.min(duration, maxMs);
}

/** The failures that make a back-off long. */
export function failuresOf({ consecutiveErrors, unschedulableCount }: QueuedPod): number {
  return consecutiveErrors > 0 ? consecutiveErrors : unschedulableCount;
}

/** When the back-off ends; 0 where there is none. Source: backoff_queue.go `getBackoffTime`, 1.36. */
export function backoffEndMs(queued: QueuedPod, numbers: BackoffNumbers): number {
  const count = failuresOf(queued);
  if (numbers.maxMs === 0 || count === 0) return 0;
  return windowOf(queued.timestampMs + backoffDurationMs(count, numbers));
}

/** Source: backoff_queue.go `isPodBackingoff`, 1.36: a back-off that ends in this second has not ended. */
export function isBackingOff(queued: QueuedPod, numbers: BackoffNumbers, nowMs: number): boolean {
  const endMs = backoffEndMs(queued, numbers);
  return endMs > 0 && endMs >= windowOf(nowMs);
}

function windowOf(timeMs: number): number {
  return timeMs - (timeMs % WINDOW_MS);
}

/**
 * Sorts as PrioritySort does: higher priority first, then who came first.
 * Source: pkg/scheduler/framework/plugins/queuesort/priority_sort.go, 1.36.
 */
export function activeKey({ pod, timestampMs, order }: QueuedPod): string {
  return `${digits(MOST_PRIORITY - pod.priority, 10)}/${digits(timestampMs, 15)}/${digits(order, 12)}`;
}

export function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

const MOST_PRIORITY = 2 ** 31;
