import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { NO_CUSTOM_RESOURCES } from '../../../kinds/custom-resources.ts';
import { BUILT_IN_KINDS } from '../../../kinds/index.ts';
import { preloadStrategies } from '../../../kinds/strategies.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../../../openapi/built-in-schemas.ts';
import { Cluster } from '../../cluster.ts';

beforeAll(async () => {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
});

const kinds = { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES };
const PODS = { group: '', version: 'v1', plural: 'pods' };

/** A cluster in which Pods of a Job end as `end` says, two seconds after they were made. */
class World {
  readonly cluster = Cluster.create({ seed: 9, kinds });
  private readonly ended = new Set<string>();
  private readonly end: (pod: KubernetesObject) => 'Succeeded' | 'Failed' | undefined;

  constructor(spec: JsonObject, end: (pod: KubernetesObject) => 'Succeeded' | 'Failed' | undefined) {
    this.end = end;
    this.cluster.runUntil(2000);
    this.cluster.request({
      verb: 'create',
      resource: { group: 'batch', version: 'v1', plural: 'jobs' },
      namespace: 'default',
      body: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'work' },
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'x' }] } }, ...spec },
      },
    });
  }

  run(seconds: number): JsonObject {
    for (let second = 0; second < seconds; second++) {
      this.cluster.runUntil(this.cluster.nowMs + 1000);
      for (const pod of this.pods()) {
        const phase = this.end(pod);
        if (stringAt(pod, 'status', 'phase') !== 'Running' || phase === undefined || this.ended.has(nameOf(pod)))
          continue;
        this.ended.add(nameOf(pod));
        this.cluster.request({
          verb: 'patch',
          resource: PODS,
          namespace: 'default',
          name: nameOf(pod),
          subresource: 'status',
          options: { patchType: 'merge' },
          body: { apiVersion: 'v1', kind: 'Pod', status: { phase } },
        });
      }
    }
    return objectAt(this.job(), 'status') ?? {};
  }

  pods(): readonly KubernetesObject[] {
    return this.cluster.objects().filter(({ kind }) => kind === 'Pod');
  }

  job(): KubernetesObject {
    return this.cluster.objects().find(({ kind }) => kind === 'Job')!;
  }

  conditions(): readonly string[] {
    return arrayAt(this.job(), 'status', 'conditions').map(
      (each) => `${stringAt(each, 'type')}: ${stringAt(each, 'reason')}`,
    );
  }

  events(): readonly string[] {
    return this.cluster
      .objects()
      .filter(({ kind, involvedObject }) => kind === 'Event' && stringAt(involvedObject, 'kind') === 'Job')
      .map((event) => stringAt(event, 'reason') ?? '');
  }
}

describe('a Job', () => {
  it('runs two at a time until six have succeeded', () => {
    const world = new World({ completions: 6, parallelism: 2 }, () => 'Succeeded');
    for (let second = 0; second < 10; second++) {
      expect(numberAt(world.run(1), 'active') ?? 0).toBeLessThanOrEqual(2);
      const running = world.pods().filter((pod) => stringAt(pod, 'status', 'phase') === 'Running');
      expect(running.length).toBeLessThanOrEqual(2);
    }
    const status = world.run(30);
    expect(status).toMatchObject({ succeeded: 6, uncountedTerminatedPods: {} });
    expect(world.conditions()).toEqual(['SuccessCriteriaMet: CompletionsReached', 'Complete: CompletionsReached']);
    expect(world.events().filter((reason) => reason === 'SuccessfulCreate')).toHaveLength(6);
    expect(world.events()).toContain('Completed');
    for (const pod of world.pods()) expect(arrayAt(pod, 'metadata', 'finalizers')).toEqual([]);
  });

  it('waits longer after each failure and gives up at its limit', () => {
    const world = new World({ backoffLimit: 2 }, () => 'Failed');
    world.run(9);
    expect(world.pods()).toHaveLength(1);
    world.run(9);
    expect(world.pods()).toHaveLength(2);
    const status = world.run(60);
    expect(status).toMatchObject({ failed: 3 });
    expect(world.conditions()).toEqual(['FailureTarget: BackoffLimitExceeded', 'Failed: BackoffLimitExceeded']);
  });

  it('counts indexes and not Pods where it is indexed', () => {
    const failing = new Set<string>();
    const world = new World(
      { completions: 3, parallelism: 3, completionMode: 'Indexed', backoffLimitPerIndex: 1 },
      (pod) => {
        const isSecond = stringAt(pod, 'metadata', 'annotations', 'batch.kubernetes.io/job-completion-index') === '1';
        if (isSecond) failing.add(nameOf(pod));
        return isSecond ? 'Failed' : 'Succeeded';
      },
    );
    const status = world.run(90);
    expect(status).toMatchObject({ completedIndexes: '0,2', failedIndexes: '1', succeeded: 2, failed: 2 });
    expect(failing.size).toBe(2);
    expect(world.conditions()).toEqual(['FailureTarget: FailedIndexes', 'Failed: FailedIndexes']);
  });

  it('stops at its deadline', () => {
    const world = new World({ activeDeadlineSeconds: 20 }, () => undefined);
    world.run(10);
    expect(numberAt(world.job(), 'status', 'active')).toBe(1);
    world.run(60);
    expect(world.conditions()).toEqual(['FailureTarget: DeadlineExceeded', 'Failed: DeadlineExceeded']);
    expect(world.pods()).toHaveLength(0);
  });

  it('has no Pods while it is suspended', () => {
    const world = new World({ suspend: true }, () => 'Succeeded');
    world.run(5);
    expect(world.pods()).toHaveLength(0);
    expect(world.conditions()).toEqual(['Suspended: JobSuspended']);
  });
});
