import { conditionsOf } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { isControlledBy, uidOf } from '../../../apimachinery/owner-reference.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import { formatTime, momentOfMs } from '../../../apimachinery/time.ts';
import { booleanAt, nameAt, numberAt, stringAt } from '../../../base/json.ts';
import { cronScheduleProblem } from '../../../kinds/cronjob/cron-schedule.ts';
import { locationProblem } from '../../../kinds/cronjob/time-zone.ts';
import type { ApiResult } from '../../client/api-client.ts';
import { RUN_BEGINS_MS } from '../../kernel/clock.ts';
import type { ReconcileContext } from '../controller.ts';
import { isFinished } from '../job/conditions.ts';
import { CRON_JOBS, JOBS } from '../resources.ts';
import { fail } from '../workload/sync-failure.ts';
import {
  activeOf,
  byStart,
  isActiveJob,
  jobFor,
  jobName,
  withActive,
  withStatus,
  withoutActive,
} from './active-jobs.ts';
import { recentStart, untilNextMs } from './missed-starts.ts';
import { parseSchedule } from '../../../kinds/cronjob/schedule-times.ts';
import { httpTime } from './http-time.ts';

/** One sync of a CronJob; its status is written once, at the end. Source: cronjob_controllerv2.go, 1.36. */
export class CronJobSync {
  cronJob: KubernetesObject;
  isChanged = false;
  private readonly context: ReconcileContext;
  /** Milliseconds since 1970 in UTC. */
  private readonly nowMs: number;

  constructor(context: ReconcileContext, found: KubernetesObject) {
    this.context = context;
    this.cronJob = found;
    this.nowMs = context.nowMs + RUN_BEGINS_MS;
  }

  /** Deletes the oldest Jobs that have finished, beyond the limits. Source: `cleanupFinishedJobs`. */
  cleanUp(jobs: readonly KubernetesObject[]): void {
    for (const [ending, field] of LIMITS) {
      const limit = numberAt(this.cronJob, 'spec', field);
      const ended = jobs.filter((job) => endOf(job) === ending).sort(byStart);
      if (limit !== undefined) for (const job of ended.slice(0, Math.max(0, ended.length - limit))) this.deleteJob(job);
    }
  }

  /** How long until it is looked at again; undefined where that is not known, a text where something failed. */
  sync(jobs: readonly KubernetesObject[]): number | string | undefined {
    this.takeIn(jobs);
    const { cronJob } = this;
    if (isBeingDeleted(cronJob)) return undefined;
    const zone = nameAt(cronJob, 'spec', 'timeZone');
    const unknown = zone === undefined ? undefined : locationProblem(zone);
    if (zone !== undefined && unknown !== undefined) {
      this.event('Warning', 'UnknownTimeZone', `invalid timeZone: ${quoteString(zone)}: ${unknown}`);
      return undefined;
    }
    if (booleanAt(cronJob, 'spec', 'suspend') === true) return undefined;
    const text = stringAt(cronJob, 'spec', 'schedule') ?? '';
    if (text.includes('TZ')) {
      const words = `CRON_TZ or TZ used in schedule ${quoteString(text)} is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details`;
      this.event('Warning', 'UnsupportedSchedule', words);
    }
    const problem = cronScheduleProblem(text);
    if (problem !== undefined) {
      this.event('Warning', 'UnparseableSchedule', `unparseable schedule: ${quoteString(text)} : ${problem}`);
      return undefined;
    }
    return this.start(text, zone ?? 'UTC');
  }

  /** Jobs that have ended or gone leave the list of the active ones. */
  private takeIn(jobs: readonly KubernetesObject[]): void {
    for (const job of jobs) {
      const isListed = isActiveJob(this.cronJob, uidOf(job));
      if (!isListed && !isFinished(job)) {
        const fresh = this.context.api.call({
          ...this.at,
          verb: 'get',
          resource: CRON_JOBS,
          name: nameOf(this.cronJob),
        });
        if (!fresh.ok) return fail(fresh.message);
        if (isActiveJob(fresh.object, uidOf(job))) this.cronJob = fresh.object;
        else {
          const words = `Saw a job that the controller did not create or forgot: ${nameOf(job)}`;
          this.event('Warning', 'UnexpectedJob', words);
        }
      } else if (isFinished(job)) this.finished(job, isListed);
    }
    const known = new Set(jobs.map(uidOf));
    for (const reference of activeOf(this.cronJob)) {
      const uid = stringAt(reference, 'uid') ?? '';
      const name = stringAt(reference, 'name') ?? '';
      if (known.has(uid)) continue;
      const found = this.context.api.call({ ...this.at, verb: 'get', resource: JOBS, name });
      if (found.ok) continue;
      if (found.code !== 404) return fail(found.message);
      this.event('Normal', 'MissingJob', `Active job went missing: ${name}`);
      this.change(withoutActive(this.cronJob, uid));
    }
  }

  private finished(job: KubernetesObject, isListed: boolean): void {
    const ending = endOf(job);
    if (isListed) {
      this.change(withoutActive(this.cronJob, uidOf(job)));
      const words = `Saw completed job: ${nameOf(job)}, condition: ${ending ?? ''}`;
      this.event('Normal', 'SawCompletedJob', words);
    }
    if (ending !== 'Complete') return;
    const ended = stringAt(job, 'status', 'completionTime');
    const last = stringAt(this.cronJob, 'status', 'lastSuccessfulTime');
    if (ended !== undefined && (last === undefined || ended > last))
      this.change(withStatus(this.cronJob, { lastSuccessfulTime: ended }));
  }

  /** Makes the Job that is due, unless something stands in its way. */
  private start(text: string, zone: string): number | string | undefined {
    const { nowMs, context } = this;
    const schedule = parseSchedule(text, zone);
    const { dueMs, missed, problem } = recentStart(this.cronJob, nowMs, schedule, true);
    if (problem !== undefined) {
      this.event('Warning', 'InvalidSchedule', `invalid schedule: ${text} : ${problem}`);
      return undefined;
    }
    const next = (): number => untilNextMs(this.cronJob, nowMs, schedule);
    if (dueMs === undefined) return next();
    if (missed === 'many') {
      const words = 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
      this.event('Warning', 'TooManyMissedTimes', words);
    }
    const deadline = numberAt(this.cronJob, 'spec', 'startingDeadlineSeconds');
    if (deadline !== undefined && dueMs + deadline * 1000 < nowMs) {
      this.event('Warning', 'MissSchedule', `Missed scheduled time to start a job: ${httpTime(dueMs)}`);
      return next();
    }
    const due = formatTime(momentOfMs(dueMs));
    const name = jobName(this.cronJob, dueMs);
    const isListed = activeOf(this.cronJob).some((reference) => stringAt(reference, 'name') === name);
    if (isListed || stringAt(this.cronJob, 'status', 'lastScheduleTime') === due) return next();
    const policy = stringAt(this.cronJob, 'spec', 'concurrencyPolicy');
    if (policy === 'Forbid' && activeOf(this.cronJob).length > 0) {
      const words = 'Not starting job because prior execution is running and concurrency policy is Forbid';
      this.event('Normal', 'JobAlreadyActive', words);
      return next();
    }
    if (policy === 'Replace') {
      const failure = this.replace();
      if (failure !== undefined) return failure;
    }
    const body = jobFor(this.cronJob, dueMs, zone);
    const made = context.api.call({ ...this.at, verb: 'create', resource: JOBS, body });
    if (!made.ok && made.reason !== 'AlreadyExists') return this.notMade(made);
    const job = made.ok ? made : context.api.call({ ...this.at, verb: 'get', resource: JOBS, name });
    if (!job.ok) return job.message;
    if (!made.ok && (!isControlledBy(job.object, this.cronJob) || isActiveJob(this.cronJob, uidOf(job.object))))
      return undefined;
    if (made.ok) this.event('Normal', 'SuccessfulCreate', `Created job ${name}`);
    this.change(withActive(this.cronJob, job.object, due));
    return next();
  }

  private notMade(made: ApiResult & { readonly ok: false }): string {
    if (!made.message.includes('because it is being terminated'))
      this.event('Warning', 'FailedCreate', `Error creating job: ${made.message}`);
    return made.message;
  }

  private replace(): string | undefined {
    for (const reference of activeOf(this.cronJob)) {
      const name = stringAt(reference, 'name') ?? '';
      const job = this.context.api.call({ ...this.at, verb: 'get', resource: JOBS, name });
      if (!job.ok) {
        this.event('Warning', 'FailedGet', `Get job: ${job.message}`);
        return job.message;
      }
      if (!this.deleteJob(job.object)) return `could not replace job ${namespaceOf(job.object) ?? ''}/${name}`;
    }
    return undefined;
  }

  private deleteJob(job: KubernetesObject): boolean {
    const options = { propagationPolicy: 'Background' as const };
    const gone = this.context.api.call({ ...this.at, verb: 'delete', resource: JOBS, name: nameOf(job), options });
    if (!gone.ok) {
      this.event('Warning', 'FailedDelete', `Deleted job: ${gone.message}`);
      return false;
    }
    this.change(withoutActive(this.cronJob, uidOf(job)));
    this.event('Normal', 'SuccessfulDelete', `Deleted job ${nameOf(job)}`);
    return true;
  }

  private get at(): { readonly namespace: string } {
    return { namespace: namespaceOf(this.cronJob) ?? '' };
  }

  private change(cronJob: KubernetesObject): void {
    this.cronJob = cronJob;
    this.isChanged = true;
  }

  private event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.context.event(this.cronJob, type, reason, message);
  }
}

const LIMITS = [
  ['Complete', 'successfulJobsHistoryLimit'],
  ['Failed', 'failedJobsHistoryLimit'],
] as const;

function endOf(job: KubernetesObject): string | undefined {
  const ended = conditionsOf(job).find(
    (condition) =>
      stringAt(condition, 'status') === 'True' && ['Complete', 'Failed'].includes(stringAt(condition, 'type') ?? ''),
  );
  return stringAt(ended, 'type');
}
