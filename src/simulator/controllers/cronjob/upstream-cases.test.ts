import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { formatTime, momentOfMs } from '../../../apimachinery/time.ts';
import { objectAt, stringAt } from '../../../base/json.ts';
import { upstreamFile } from '../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { ApiResult } from '../../client/api-client.ts';
import { RUN_BEGINS_MS } from '../../kernel/clock.ts';
import { FakeCluster, refused } from '../testing/fake-cluster.ts';
import { activeOf, jobFor, withActive } from './active-jobs.ts';
import { CronJobSync } from './cronjob-sync.ts';
import { recentStart, untilNextMs } from './missed-starts.ts';
import { parseSchedule } from '../../../kinds/cronjob/schedule-times.ts';

/** As upstream's table has them; times in milliseconds since 1970, durations in milliseconds. */
interface SyncCase {
  readonly name: string;
  readonly concurrencyPolicy?: string;
  readonly suspend?: boolean;
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly deadline?: number | null;
  readonly successfulJobsHistoryLimit?: number;
  readonly ranPreviously?: boolean;
  readonly stillActive?: boolean;
  readonly cronjobCreationTime?: number;
  readonly jobCreationTime?: number;
  readonly lastScheduleTime?: number;
  readonly now?: number;
  readonly jobCreateError?: { readonly reason: string };
  readonly jobGetErr?: { readonly reason: string };
  readonly expectCreate?: boolean;
  readonly expectDelete?: boolean;
  readonly expectCompleted?: boolean;
  readonly expectActive?: number;
  readonly expectedWarnings?: number;
  readonly expectErr?: boolean;
  readonly expectRequeueAfter?: boolean;
  readonly expectedRequeueDuration?: number;
  readonly expectUpdateStatus?: boolean;
  readonly jobStillNotFoundInLister?: boolean;
  readonly jobPresentInCJActiveStatus?: boolean;
}

interface TimesCase {
  readonly name: string;
  readonly test: 'MostRecentScheduleTime' | 'NextScheduleTimeDuration';
  readonly schedule: string;
  readonly created: number;
  readonly last?: number;
  readonly deadline?: number;
  readonly includeDeadline?: boolean;
  readonly now: number;
  readonly want: {
    readonly earliest?: number;
    readonly recent?: number | null;
    readonly missed?: string;
    readonly isError?: boolean;
    readonly duration?: number;
  };
}

const fileOf = <Case>(name: string) => upstreamFile<Case>(new URL(`./testdata/${name}`, import.meta.url));

const timeText = (timeMs: number): string => formatTime(momentOfMs(timeMs));

/** The CronJob of the tests. */
function cronJob(created: number, spec: object): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'mycronjob', namespace: 'snazzycats', uid: '1a2b3c', creationTimestamp: timeText(created) },
    spec: {
      schedule: '* * * * ?',
      concurrencyPolicy: 'Allow',
      jobTemplate: { metadata: { labels: { a: 'b' }, annotations: { x: 'y' } }, spec: { template: {} } },
      ...spec,
    },
    status: {},
  };
}

const HOUR_BEFORE = Date.UTC(2016, 4, 19, 9, 59);
const PRIOR_BEFORE = Date.UTC(2016, 4, 19, 8, 59);
const PRIOR_AFTER = Date.UTC(2016, 4, 19, 9, 1);

function failure({ reason }: { readonly reason: string }): ApiResult {
  const isThere = reason === 'AlreadyExists';
  return refused(isThere ? 409 : reason === 'NotFound' ? 404 : 500, reason, reason);
}

function situation(one: SyncCase) {
  const created = one.cronjobCreationTime ?? (one.ranPreviously === true ? PRIOR_BEFORE : HOUR_BEFORE);
  const found = cronJob(created, {
    concurrencyPolicy: one.concurrencyPolicy ?? '',
    suspend: one.suspend === true,
    schedule: one.schedule ?? '',
    ...(one.timeZone === undefined ? {} : { timeZone: one.timeZone }),
    ...(one.deadline === undefined || one.deadline === null ? {} : { startingDeadlineSeconds: one.deadline }),
  });
  if (one.ranPreviously !== true) return { found, onServer: found, job: undefined, isListed: false };
  const madeMs = one.jobCreationTime ?? 0;
  const bare = jobFor(found, madeMs, 'UTC');
  const metadata = { ...objectAt(bare, 'metadata'), uid: '1234' };
  const ended = {
    completionTime: timeText(madeMs + 10_000),
    conditions: [{ type: 'Complete', status: 'True' }],
  };
  const job: KubernetesObject = { ...bare, metadata, status: one.stillActive === true ? {} : ended };
  const last = timeText(one.lastScheduleTime ?? PRIOR_AFTER);
  const listed = withActive(found, job, last);
  const unlisted = { ...found, status: { lastScheduleTime: last } };
  return {
    found: one.jobPresentInCJActiveStatus === true ? listed : unlisted,
    onServer: one.stillActive === true ? listed : found,
    job,
    isListed: one.jobStillNotFoundInLister !== true,
  };
}

const sync = fileOf<SyncCase>('sync-cases.json');
const syncSource = { area: 'controllers', file: sync.source, release: sync.release } as const;

describe(sync.source, () => {
  upstreamEach(syncSource, 'TestControllerV2SyncCronJob')(sync.cases.map((one) => [one.name, one] as const))(
    '%s',
    (name, one) => {
      const { found, onServer, job, isListed } = situation(one);
      const cluster = new FakeCluster([], {
        nowMs: (one.now ?? 0) - RUN_BEGINS_MS,
        onServer: [onServer],
        react({ verb, resource, body }) {
          if (resource.plural !== 'jobs') return undefined;
          if (verb === 'create') {
            const made = body as KubernetesObject;
            const withUid = { ...made, metadata: { ...objectAt(made, 'metadata'), uid: 'test-uid' } };
            if (one.jobCreateError !== undefined) return failure(one.jobCreateError);
            return { ok: true, code: 201, object: withUid, warnings: [] };
          }
          if (one.jobGetErr !== undefined) return failure(one.jobGetErr);
          return job === undefined ? undefined : { ok: true, code: 200, object: job, warnings: [] };
        },
      });
      const work = new CronJobSync(cluster.context(), found);
      let outcome: number | string | undefined;
      let failed = false;
      try {
        outcome = work.sync(job !== undefined && isListed ? [job] : []);
      } catch {
        failed = true;
      }
      if (one.expectErr === true) expect(failed || typeof outcome === 'string').toBe(true);
      if (one.expectRequeueAfter === true) expect(outcome).toBe(one.expectedRequeueDuration ?? 0);
      expect(work.isChanged).toBe(one.expectUpdateStatus === true);
      const made = cluster.calls.filter(({ verb }) => verb === 'create').length;
      expect(made - (one.jobCreateError === undefined ? 0 : made)).toBe(one.expectCreate === true ? 1 : 0);
      expect(cluster.calls.filter(({ verb }) => verb === 'delete')).toHaveLength(one.expectDelete === true ? 1 : 0);
      if (one.ranPreviously === true && one.stillActive !== true && one.jobStillNotFoundInLister !== true)
        expect(stringAt(work.cronJob, 'status', 'lastSuccessfulTime')).toBe(
          timeText((one.jobCreationTime ?? 0) + 10_000),
        );
      const expected =
        (one.expectedWarnings ?? 0) +
        [one.expectCreate, one.expectDelete, one.expectCompleted, name === 'still active, is time, F'].filter(Boolean)
          .length;
      expect(cluster.events).toHaveLength(expected);
      expect(cluster.events.filter(({ type }) => type === 'Warning')).toHaveLength(one.expectedWarnings ?? 0);
      // As upstream: what else stands there is not looked at.
      if (one.expectCreate === true && one.expectActive !== undefined)
        expect(activeOf(work.cronJob)).toHaveLength(one.expectActive);
    },
  );

  upstreamLeftOut(syncSource, sync.leftOut);
});

const times = fileOf<TimesCase>('times-cases.json');
const timesSource = { area: 'controllers', file: times.source, release: times.release } as const;

describe(times.source, () => {
  upstreamEach(timesSource)(times.cases.map((one) => [`Test${one.test}/${one.name}`, one] as const))(
    '%s',
    (_name, one) => {
      const bare = cronJob(one.created, {
        schedule: one.schedule,
        ...(one.deadline === undefined ? {} : { startingDeadlineSeconds: one.deadline }),
      });
      const found = one.last === undefined ? bare : { ...bare, status: { lastScheduleTime: timeText(one.last) } };
      const schedule = parseSchedule(one.schedule, 'UTC');
      if (one.test === 'NextScheduleTimeDuration') {
        expect(untilNextMs(found, one.now, schedule)).toBe(one.want.duration);
        return;
      }
      const start = recentStart(found, one.now, schedule, one.includeDeadline === true);
      expect(start.problem !== undefined).toBe(one.want.isError === true);
      if (one.want.isError === true) return;
      expect(start.earliestMs).toBe(one.want.earliest);
      expect(start.missed).toBe(one.want.missed);
      expect(start.dueMs ?? null).toBe(one.want.recent ?? null);
    },
  );

  upstreamLeftOut(timesSource, times.leftOut);
});
