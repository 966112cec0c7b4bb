import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const PODS = { group: '', version: 'v1', plural: 'pods' };

function pod(name: string, spec: KubernetesObject[string] = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'nginx' }], ...(spec as object) },
  };
}

function create(cluster: Cluster, body: KubernetesObject): void {
  cluster.request({ verb: 'create', resource: PODS, namespace: 'default', body });
}

function objectsOf(cluster: Cluster, kind: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === kind);
}

it('lets a cluster without Nodes settle, and says what is missing', () => {
  const cluster = Cluster.create({ seed: 1, kinds, topology: { nodes: [] } });
  cluster.runUntil(100);
  create(cluster, pod('p'));
  expect(cluster.runUntilSettled(3_600_000)).toBe(true);
  const waiting = objectsOf(cluster, 'Pod')[0];
  expect(findCondition(conditionsOf(waiting), 'PodScheduled')).toMatchObject({
    status: 'False',
    reason: 'Unschedulable',
    message: 'no nodes available to schedule pods',
  });
});
