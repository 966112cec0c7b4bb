import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { Behaviour } from '../../behaviour/behaviour.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

/** A cluster with one Job whose containers end as `behaviours` say: well after two seconds where none fits. */
class World {
  readonly cluster: Cluster;

  constructor(spec: JsonObject, behaviours: readonly Behaviour[] = []) {
    this.cluster = Cluster.create({ seed: 9, kinds, behaviours });
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
    this.cluster.runUntil(this.cluster.nowMs + seconds * 1000);
    return objectAt(this.job(), 'status') ?? {};
  }

  deletePod(): void {
    const [pod] = this.pods();
    const resource = { group: '', version: 'v1', plural: 'pods' };
    this.cluster.request({ verb: 'delete', resource, namespace: 'default', name: nameOf(pod ?? {}) });
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
    const world = new World({ completions: 6, parallelism: 2 });
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

  it('names its Pods itself, whatever its template is called', () => {
    const metadata = { name: 'template', labels: { app: 'work' }, creationTimestamp: null };
    const spec = { restartPolicy: 'Never', containers: [{ name: 'c', image: 'x' }] };
    const world = new World({ template: { metadata, spec } });
    world.run(1);
    expect(world.pods().map(nameOf)).toEqual([expect.stringMatching(/^work-[a-z0-9]{5}$/)]);
    expect(objectAt(world.pods()[0], 'metadata', 'labels')).toMatchObject({ app: 'work', 'job-name': 'work' });
  });

  it('waits longer after each failure and gives up at its limit', () => {
    const world = new World({ backoffLimit: 2 }, [{ match: {}, exitAfterMs: 2000, exitCode: 1 }]);
    world.run(9);
    expect(world.pods()).toHaveLength(1);
    world.run(9);
    expect(world.pods()).toHaveLength(2);
    const status = world.run(60);
    expect(status).toMatchObject({ failed: 3 });
    expect(world.conditions()).toEqual(['FailureTarget: BackoffLimitExceeded', 'Failed: BackoffLimitExceeded']);
  });

  it('counts indexes and not Pods where it is indexed', () => {
    const second = { labels: { 'batch.kubernetes.io/job-completion-index': '1' } };
    const world = new World({ completions: 3, parallelism: 3, completionMode: 'Indexed', backoffLimitPerIndex: 1 }, [
      { match: second, exitAfterMs: 2000, exitCode: 1 },
    ]);
    const status = world.run(90);
    expect(status).toMatchObject({ completedIndexes: '0,2', failedIndexes: '1', succeeded: 2, failed: 2 });
    expect(world.conditions()).toEqual(['FailureTarget: FailedIndexes', 'Failed: FailedIndexes']);
  });

  it('stops at its deadline', () => {
    const world = new World({ activeDeadlineSeconds: 20 }, [{ match: {}, exitAfterMs: 3_600_000 }]);
    world.run(10);
    expect(numberAt(world.job(), 'status', 'active')).toBe(1);
    world.run(60);
    expect(world.conditions()).toEqual(['FailureTarget: DeadlineExceeded', 'Failed: DeadlineExceeded']);
    expect(world.pods()).toHaveLength(0);
  });

  it('has no Pods while it is suspended', () => {
    const world = new World({ suspend: true });
    world.run(5);
    expect(world.pods()).toHaveLength(0);
    expect(world.conditions()).toEqual(['Suspended: JobSuspended']);
  });

  it('that is deleted leaves no Pod behind', () => {
    const world = new World({ parallelism: 2, completions: 6 }, [{ match: {}, exitAfterMs: 600_000 }]);
    world.run(20);
    expect(world.pods()).toHaveLength(2);
    const resource = { group: 'batch', version: 'v1', plural: 'jobs' };
    const options = { propagationPolicy: 'Background' } as const;
    world.cluster.request({ verb: 'delete', resource, namespace: 'default', name: 'work', options });
    world.cluster.runUntil(world.cluster.nowMs + 60_000);
    expect(world.cluster.objects().filter(({ kind }) => kind === 'Job' || kind === 'Pod')).toEqual([]);
  });

  it('fails at once at an exit code that its policy names', () => {
    const onExitCodes = { operator: 'In', values: [42] };
    const world = new World({ podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes }] } }, [
      { match: {}, exitAfterMs: 2000, exitCode: 42 },
    ]);
    expect(world.run(30)).toMatchObject({ failed: 1 });
    expect(world.conditions()).toEqual(['FailureTarget: PodFailurePolicy', 'Failed: PodFailurePolicy']);
  });

  it('is complete with the indexes that its policy asks for, and ends the others', () => {
    const others = { labels: { 'batch.kubernetes.io/job-completion-index': '1' } };
    const successPolicy = { rules: [{ succeededIndexes: '0' }] };
    const world = new World({ completions: 2, parallelism: 2, completionMode: 'Indexed', successPolicy }, [
      { match: others, exitAfterMs: 3_600_000 },
    ]);
    expect(world.run(60)).toMatchObject({ completedIndexes: '0', succeeded: 1 });
    expect(world.conditions()).toEqual(['SuccessCriteriaMet: SuccessPolicy', 'Complete: SuccessPolicy']);
    expect(world.pods().filter((pod) => stringAt(pod, 'status', 'phase') === 'Running')).toEqual([]);
  });

  it('waits until a Pod that goes has ended, where it replaces only those that failed', () => {
    const world = new World({ podReplacementPolicy: 'Failed', backoffLimit: 5 }, [
      { match: {}, exitAfterMs: 3_600_000, stopMs: 15_000 },
    ]);
    world.run(10);
    world.deletePod();
    expect(world.run(5)).toMatchObject({ terminating: 1 });
    expect(world.pods()).toHaveLength(1);
    const status = world.run(60);
    expect(status).toMatchObject({ active: 1, failed: 1, terminating: 0 });
  });
});
