import { milliValueOf, quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import { valueAt } from '../../../base/json.ts';
import { usedAt } from '../../behaviour/usage.ts';
import type { RuntimeContainer } from '../pod-runtime.ts';

/** How busy a container is with requests. Never changes. */
export interface Load {
  /** The second of the run of which `count` requests are known, and how many came in the second before. */
  readonly second: number;
  readonly count: number;
  readonly before: number;
  /** Until then it works on requests that have come, in milliseconds of the run. */
  readonly busyUntilMs: number;
  /** CPU that requests have cost so far, in microseconds of one processor. */
  readonly spentUs: number;
  /** Requests that have come so far. */
  readonly total: number;
}

export const NO_LOAD: Load = Object.freeze({ second: -1, count: 0, before: 0, busyUntilMs: 0, spentUs: 0, total: 0 });

/** Of its limit a container that needs more leaves at least this part to requests. */
const LEAST_SHARE = 0.01;

/** The load with one request more. */
export function withRequest(load: Load, nowMs: number): Load {
  const second = Math.floor(nowMs / 1000);
  const total = load.total + 1;
  if (second === load.second) return Object.freeze({ ...load, total, count: load.count + 1 });
  const before = second === load.second + 1 ? load.count : 0;
  return Object.freeze({ ...load, total, second, count: 1, before });
}

/** Requests a second: the more of this second so far and the one before. */
export function rateOf({ second, count, before }: Load, nowMs: number): number {
  const now = Math.floor(nowMs / 1000);
  if (now === second) return Math.max(count, before);
  return now === second + 1 ? count : 0;
}

function limitOf(container: RuntimeContainer, resource: 'cpu' | 'memory'): number | undefined {
  const quantity = quantityOf(valueAt(container.resources, 'limits', resource));
  if (quantity === undefined) return undefined;
  return Number(resource === 'cpu' ? milliValueOf(quantity) : valueOf(quantity));
}

/**
 * The load after a request is taken on, and when it is answered, in milliseconds from now. A request costs as many
 * milliseconds of one processor as the behaviour has millicores for each request a second. With a limit there is no more
 * than what the limit leaves beside the container's other work, and requests wait for one another; without, each is worked
 * on at once. The kernel's periods of 100 ms are not simulated one by one.
 */
export function answered(
  container: RuntimeContainer,
  load: Load,
  nowMs: number,
): { readonly load: Load; readonly afterMs: number } {
  const { cpuMillicores } = container.behaviour;
  const workMs = cpuMillicores?.perRequest ?? 0;
  const next = Object.freeze({ ...withRequest(load, nowMs), spentUs: load.spentUs + Math.round(workMs * 1000) });
  if (cpuMillicores === undefined || workMs === 0) return { load: next, afterMs: 0 };
  const limit = limitOf(container, 'cpu');
  if (limit === undefined) return { load: next, afterMs: Math.round(workMs) };
  const left = limit - usedAt(cpuMillicores, nowMs - container.startedAtMs);
  const share = Math.max(left, limit * LEAST_SHARE) / 1000;
  const takesMs = Math.max(1, Math.round(workMs / Math.min(1, share)));
  // More than one processor works on as many requests at a time.
  const eachMs = Math.max(1, Math.round(takesMs / Math.max(1, share)));
  const beginsMs = Math.max(nowMs, load.busyUntilMs);
  return {
    load: Object.freeze({ ...next, busyUntilMs: beginsMs + eachMs }),
    afterMs: beginsMs - nowMs + takesMs,
  };
}

/** Whether the requests that have come take more memory than the container may have. */
export function isOutOfMemory(container: RuntimeContainer, load: Load, nowMs: number): boolean {
  const { memoryBytes } = container.behaviour;
  const limit = limitOf(container, 'memory');
  if (memoryBytes?.perRequest === undefined || limit === undefined) return false;
  return usedAt(memoryBytes, nowMs - container.startedAtMs) + requestUse(container, load, nowMs).memoryBytes > limit;
}

/** What requests have cost a container: CPU since its start, in microseconds of one processor, and memory now. */
export function requestUse(
  { behaviour }: RuntimeContainer,
  load: Load,
  nowMs: number,
): { readonly cpuUs: number; readonly memoryBytes: number } {
  const perRequest = behaviour.memoryBytes?.perRequest ?? 0;
  return { cpuUs: load.spentUs, memoryBytes: perRequest * rateOf(load, nowMs) };
}
