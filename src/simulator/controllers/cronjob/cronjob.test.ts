import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import type { Behaviour } from '../../behaviour/behaviour.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { CRON_JOBS } from '../resources.ts';

beforeAll(preloadKinds);

const LONG: readonly Behaviour[] = [{ match: {}, exitAfterMs: 150_000 }];
const SHORT: readonly Behaviour[] = [{ match: {}, exitAfterMs: 5000 }];

function ran(spec: JsonObject, behaviours: readonly Behaviour[], seconds: number): Cluster {
  const cluster = Cluster.create({ seed: 1, kinds, behaviours });
  cluster.runUntil(2000);
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } };
  const body: KubernetesObject = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tick' },
    spec: { schedule: '* * * * *', jobTemplate: { spec: { template } }, ...spec },
  };
  cluster.request({ verb: 'create', resource: CRON_JOBS, namespace: 'default', body });
  cluster.runUntil(seconds * 1000);
  return cluster;
}

function find(cluster: Cluster, kind: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === kind);
}

function told(cluster: Cluster): readonly string[] {
  return find(cluster, 'Event')
    .filter((event) => stringAt(event, 'involvedObject', 'kind') === 'CronJob')
    .map((event) => `${stringAt(event, 'reason') ?? ''}: ${stringAt(event, 'message') ?? ''}`);
}

/** Minutes since 1970 when a run begins. */
const BEGIN = 29_453_760;

describe('a CronJob', () => {
  it('makes a Job each minute, and keeps the last that have ended', () => {
    const cluster = ran({ successfulJobsHistoryLimit: 2 }, SHORT, 260);
    expect(find(cluster, 'Job').map(nameOf)).toEqual([`tick-${BEGIN + 3}`, `tick-${BEGIN + 4}`]);
    expect(annotationsOf(find(cluster, 'Job')[0]!).get('batch.kubernetes.io/cronjob-scheduled-timestamp')).toBe(
      '2026-01-01T00:03:00Z',
    );
    const [cron] = find(cluster, 'CronJob');
    expect(stringAt(cron, 'status', 'lastScheduleTime')).toBe('2026-01-01T00:04:00Z');
    expect(told(cluster)).toEqual(
      expect.arrayContaining([
        `SuccessfulCreate: Created job tick-${BEGIN + 1}`,
        `SawCompletedJob: Saw completed job: tick-${BEGIN + 1}, condition: Complete`,
        `SuccessfulDelete: Deleted job tick-${BEGIN + 1}`,
      ]),
    );
  });

  it.each([
    ['Allow', 3, []],
    [
      'Forbid',
      1,
      ['JobAlreadyActive: Not starting job because prior execution is running and concurrency policy is Forbid'],
    ],
    ['Replace', 1, [`SuccessfulDelete: Deleted job tick-${BEGIN + 1}`]],
  ])('lets Jobs run beside each other as it is told to: %s', (concurrencyPolicy, active, words) => {
    const cluster = ran({ concurrencyPolicy }, LONG, 190);
    expect(arrayAt(find(cluster, 'CronJob')[0], 'status', 'active')).toHaveLength(active);
    expect(told(cluster)).toEqual(expect.arrayContaining(words));
  });

  it('makes none while it is suspended', () => {
    expect(find(ran({ suspend: true }, SHORT, 200), 'Job')).toEqual([]);
  });

  it('goes by the clock of its place', () => {
    const cluster = ran({ schedule: '5 1 * * *', timeZone: 'Europe/Berlin' }, SHORT, 400);
    const [job] = find(cluster, 'Job');
    expect(annotationsOf(job!).get('batch.kubernetes.io/cronjob-scheduled-timestamp')).toBe(
      '2026-01-01T01:05:00+01:00',
    );
  });

  it('lets a cluster settle until it is due', () => {
    const cluster = ran({ schedule: '0 12 * * *' }, SHORT, 10);
    expect(cluster.runUntilSettled(600_000)).toBe(true);
  });
});
