import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { msOfMoment, parseTime } from '../../../apimachinery/time.ts';
import { numberAt, stringAt } from '../../../base/json.ts';
import type { Schedule } from '../../../kinds/cronjob/schedule-times.ts';

/** Source of this file: pkg/controller/cronjob/utils.go, 1.36. Milliseconds are those since 1970 in UTC. */
interface RecentStart {
  readonly earliestMs: number;
  /** The last time at which a Job should have been made; undefined where none is due. */
  readonly dueMs?: number;
  readonly missed: 'none' | 'few' | 'many';
  readonly problem?: string;
}

const MANY = 100;
/** Added to the next time, as clocks differ. Source: cronjob_controllerv2.go `nextScheduleDelta`, 1.36. */
const DELTA_MS = 100;

function timeAt(object: KubernetesObject, ...path: readonly string[]): number | undefined {
  const moment = parseTime(stringAt(object, ...path) ?? '');
  return moment === undefined ? undefined : msOfMoment(moment);
}

/** Source: `mostRecentScheduleTime`. */
export function recentStart(
  cronJob: KubernetesObject,
  nowMs: number,
  schedule: Schedule,
  withDeadline: boolean,
): RecentStart {
  const last = timeAt(cronJob, 'status', 'lastScheduleTime');
  let earliestMs = last ?? timeAt(cronJob, 'metadata', 'creationTimestamp') ?? 0;
  const deadline = withDeadline ? numberAt(cronJob, 'spec', 'startingDeadlineSeconds') : undefined;
  if (deadline !== undefined) earliestMs = Math.max(earliestMs, nowMs - deadline * 1000);
  const first = schedule.next(earliestMs);
  const second = first === undefined ? undefined : schedule.next(first);
  // A time that never comes is one long past upstream, and between two such there is none.
  if (first === undefined || second === undefined)
    return { earliestMs, missed: 'none', problem: 'time difference between two schedules is less than 1 second' };
  if (nowMs < first) return { earliestMs, missed: 'none' };
  if (nowMs < second) return { earliestMs, dueMs: first, missed: 'none' };
  const between = Math.round((second - first) / 1000);
  const count = Math.floor(Math.floor((nowMs - first) / 1000) / between) + 1;
  let dueMs: number | undefined;
  let at = schedule.next(first + (count - 2) * between * 1000);
  while (at !== undefined && at <= nowMs) [dueMs, at] = [at, schedule.next(at)];
  const missed = count > MANY ? 'many' : count > 0 ? 'few' : 'none';
  return { earliestMs, missed, ...(dueMs === undefined ? {} : { dueMs }) };
}

/** How long until the next time. Source: `nextScheduleTimeDuration`. */
export function untilNextMs(cronJob: KubernetesObject, nowMs: number, schedule: Schedule): number {
  const { earliestMs, dueMs, missed, problem } = recentStart(cronJob, nowMs, schedule, false);
  const fallback = missed === 'none' ? earliestMs : nowMs;
  const from = problem === undefined ? (dueMs ?? fallback) : nowMs;
  return (schedule.next(from) ?? from) + DELTA_MS - nowMs;
}
