import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import { conditionsOf } from '../../../apimachinery/conditions.ts';
import { numberAt, stringAt } from '../../../base/json.ts';
import type { Behaviour } from '../../behaviour/behaviour.ts';
import { Cluster } from '../../cluster.ts';
import { DEPLOYMENTS } from '../resources.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

function deployed(strategy: object = {}, behaviours: readonly Behaviour[] = []): Cluster {
  const cluster = Cluster.create({
    seed: 1,
    kinds,
    behaviours,
  });
  cluster.runUntil(100);
  cluster.request({
    verb: 'create',
    resource: DEPLOYMENTS,
    namespace: 'default',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } },
        ...strategy,
      },
    },
  });
  cluster.runUntil(10_000);
  return cluster;
}

function patch(cluster: Cluster, spec: object): void {
  cluster.request({
    verb: 'patch',
    resource: DEPLOYMENTS,
    namespace: 'default',
    name: 'web',
    options: { patchType: 'strategic' },
    body: { apiVersion: 'apps/v1', kind: 'Deployment', spec } as KubernetesObject,
  });
  cluster.runUntil(cluster.nowMs + 60_000);
}

const NEW_IMAGE = { template: { spec: { containers: [{ name: 'c', image: 'nginx:2' }] } } };

function find(cluster: Cluster, kind: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === kind);
}

function words(cluster: Cluster): readonly string[] {
  return find(cluster, 'Event')
    .filter((event) => stringAt(event, 'reason') === 'ScalingReplicaSet')
    .map((event) => (stringAt(event, 'message') ?? '').replace(/web-\w+/, 'RS'));
}

describe('a Deployment', () => {
  it('makes a ReplicaSet and says that it is available', () => {
    const cluster = deployed();
    const [web] = find(cluster, 'Deployment');
    expect(words(cluster)).toEqual(['Scaled up replica set RS from 0 to 3']);
    expect(annotationsOf(web!).get('deployment.kubernetes.io/revision')).toBe('1');
    expect(web!['status']).toMatchObject({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
    });
    expect(conditionsOf(web).map(({ type, status, reason }) => [type, status, reason])).toEqual([
      ['Available', 'True', 'MinimumReplicasAvailable'],
      ['Progressing', 'True', 'NewReplicaSetAvailable'],
    ]);
  });

  it('rolls a new template out, one more and one fewer at a time', () => {
    const cluster = deployed();
    patch(cluster, NEW_IMAGE);
    expect([...words(cluster)].sort()).toEqual([
      'Scaled down replica set RS from 1 to 0',
      'Scaled down replica set RS from 2 to 1',
      'Scaled down replica set RS from 3 to 2',
      'Scaled up replica set RS from 0 to 1',
      'Scaled up replica set RS from 0 to 3',
      'Scaled up replica set RS from 1 to 2',
      'Scaled up replica set RS from 2 to 3',
    ]);
    const sets = find(cluster, 'ReplicaSet');
    expect(sets.map((set) => numberAt(set, 'spec', 'replicas')).sort()).toEqual([0, 3]);
    expect(
      find(cluster, 'Deployment').map((web) => annotationsOf(web).get('deployment.kubernetes.io/revision')),
    ).toEqual(['2']);
  });

  it('gives all old Pods up first where it makes them anew', () => {
    const cluster = deployed({ strategy: { type: 'Recreate' } });
    patch(cluster, NEW_IMAGE);
    expect([...words(cluster)].sort()).toEqual([
      'Scaled down replica set RS from 3 to 0',
      'Scaled up replica set RS from 0 to 3',
      'Scaled up replica set RS from 0 to 3',
    ]);
  });

  it('keeps as many old ReplicaSets as it is told to', () => {
    const cluster = deployed({ revisionHistoryLimit: 0 });
    const [before] = find(cluster, 'ReplicaSet').map(nameOf);
    patch(cluster, NEW_IMAGE);
    const after = find(cluster, 'ReplicaSet').map(nameOf);
    expect(after).toHaveLength(1);
    expect(after[0]).not.toBe(before);
  });

  it('counts the Pods that still go beside its replicas', () => {
    const spec = { terminationGracePeriodSeconds: 30, containers: [{ name: 'c', image: 'nginx:1' }] };
    const cluster = deployed({ template: { metadata: { labels: { app: 'web' } }, spec } }, [
      { match: {}, stopMs: 20_000 },
    ]);
    const scaled = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 1 } };
    const at = { resource: DEPLOYMENTS, namespace: 'default', name: 'web' };
    cluster.request({ ...at, verb: 'patch', options: { patchType: 'strategic' }, body: scaled });
    cluster.runUntil(cluster.nowMs + 10_000);
    for (const kind of ['ReplicaSet', 'Deployment'])
      expect(find(cluster, kind)[0], kind).toMatchObject({ status: { replicas: 1, terminatingReplicas: 2 } });
    cluster.runUntil(cluster.nowMs + 60_000);
    for (const kind of ['ReplicaSet', 'Deployment'])
      expect(find(cluster, kind)[0], kind).toMatchObject({ status: { replicas: 1, terminatingReplicas: 0 } });
  });

  it('scales without a roll-out, and says when it is paused', () => {
    const cluster = deployed();
    patch(cluster, { paused: true, replicas: 5, ...NEW_IMAGE });
    expect(words(cluster)).toContain('Scaled up replica set RS from 3 to 5');
    expect(find(cluster, 'ReplicaSet')).toHaveLength(1);
    expect(conditionsOf(find(cluster, 'Deployment')[0]).map(({ reason }) => reason)).toContain('DeploymentPaused');
  });
});

describe('a cluster with a Deployment settles', () => {
  it('soon after its Pods are there: nobody waits for a deadline that is met', () => {
    const cluster = deployed();
    expect(cluster.runUntilSettled(3_600_000)).toBe(true);
    expect(cluster.nowMs).toBeLessThan(120_000);
  });

  it('when it is known that it does not come on', () => {
    const cluster = deployed({ progressDeadlineSeconds: 300, template: UNSCHEDULABLE });
    cluster.runUntilSettled(3_600_000);
    const progressing = conditionsOf(find(cluster, 'Deployment')[0]).find(({ type }) => type === 'Progressing');
    expect(stringAt(progressing, 'reason')).toBe('ProgressDeadlineExceeded');
  });
});

const UNSCHEDULABLE = {
  metadata: { labels: { app: 'web' } },
  spec: { nodeSelector: { disk: 'none' }, containers: [{ name: 'c', image: 'nginx:1' }] },
};
