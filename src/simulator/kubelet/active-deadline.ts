import { numberAt, stringAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { msOf } from '../kernel/clock.ts';
import type { PodRecord } from './pod-record.ts';

/** Name of the timer at which a Pod has been active for as long as it may. */
export const DEADLINE = 'active-deadline';

export const DEADLINE_EXCEEDED = Object.freeze({
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
});

/** When a Pod has been active for too long, in milliseconds of the run; undefined for never. */
function deadlineMs({ pod, status }: PodRecord): number | undefined {
  const seconds = numberAt(pod, 'spec', 'activeDeadlineSeconds');
  const start = stringAt(status, 'startTime') ?? stringAt(pod, 'status', 'startTime');
  const beganMs = start === undefined ? undefined : msOf(start);
  return seconds === undefined || beganMs === undefined ? undefined : beganMs + seconds * 1000;
}

/** Source: pkg/kubelet/active_deadline.go `pastActiveDeadline`, 1.36. */
export function pastDeadline(record: PodRecord, nowMs: number): boolean {
  const deadline = deadlineMs(record);
  return deadline !== undefined && nowMs >= deadline;
}

export function setDeadline(record: PodRecord, context: Context): void {
  const deadline = deadlineMs(record);
  if (deadline !== undefined && deadline > context.nowMs && record.syncedAtMs === undefined)
    context.timer(deadline - context.nowMs, DEADLINE, record.uid);
}
