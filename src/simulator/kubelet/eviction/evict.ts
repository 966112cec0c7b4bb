import type { Context } from '../../component.ts';
import type { PodRecord } from '../pod-record.ts';
import { isCritical } from '../preemption/preemption.ts';
import type { KubeletState } from '../state.ts';
import { tell } from '../state.ts';
import { wantSync } from '../worker-queue.ts';
import { measure } from './look.ts';

/** The Pod that ends so that others can go on, and until when it is waited for. */
export interface Evicting {
  readonly uid: string;
  readonly untilMs: number;
}

/** Name of the timer with which it is asked whether anything is left of the Pod. */
export const EVICTED = 'evicted-pod';

/** Source: pkg/kubelet/pod_workers.go `killPodNow`, 1.36.2: what the runtime is given beyond the grace period. */
const LEAST_KILL_MS = 10_000;

export interface EvictionOrder {
  readonly message: string;
  readonly graceSeconds: number;
  /** The Pod goes because the Node is short, and not because it has used more than it may. */
  readonly isDisruption: boolean;
}

/**
 * Ends a Pod; false where it may not be ended.
 * Source: pkg/kubelet/eviction/eviction_manager.go `evictPod`, 1.36.2.
 */
export function evict(
  state: KubeletState,
  record: PodRecord,
  { message, graceSeconds, isDisruption }: EvictionOrder,
  context: Context,
): boolean {
  if (isCritical(record.pod)) return false;
  const { cause } = context;
  context.cause = context.note({ class: 'internal', verb: 'evict', object: `Pod/${record.key}`, detail: { message } });
  tell(state, record, 'Warning', 'Evicted', message, context);
  const condition = { type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message } as const;
  record.evicted ??= Object.freeze({
    reason: 'Evicted',
    message,
    graceSeconds,
    ...(isDisruption ? { condition: Object.freeze(condition) } : {}),
  });
  wantSync(state, record, context);
  const { cleanupMs, cleanupPollMs } = context.numbers.kubelet.eviction;
  const killMs = Math.max(LEAST_KILL_MS, graceSeconds * 1500);
  state.evicting = Object.freeze({ uid: record.uid, untilMs: context.nowMs + killMs + cleanupMs });
  context.timer(cleanupPollMs, EVICTED);
  context.cause = cause;
  return true;
}

/** Whether the Pod is gone: then the Node is looked at again at once. Source: eviction_manager.go `waitForPodsCleanup`. */
export function evictedGone(state: KubeletState, context: Context): void {
  const { evicting } = state;
  if (evicting === undefined) return;
  const record = state.records.get(evicting.uid);
  if (record !== undefined && record.stage !== 'terminated' && context.nowMs < evicting.untilMs)
    return context.timer(context.numbers.kubelet.eviction.cleanupPollMs, EVICTED);
  state.evicting = undefined;
  measure(state, context);
}
