import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { NODES, PODS } from '../resources.ts';

beforeAll(preloadKinds);

function withPod(nodeName: string): Cluster {
  const cluster = Cluster.create({ seed: 1, kinds });
  cluster.runUntil(2000);
  const spec = { nodeName, containers: [{ name: 'c', image: 'nginx' }] };
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec };
  cluster.request({ verb: 'create', resource: PODS, namespace: 'default', body });
  cluster.runUntil(10_000);
  return cluster;
}

const pods = (cluster: Cluster): readonly string[] =>
  cluster
    .objects()
    .filter(({ kind }) => kind === 'Pod')
    .map(nameOf);

it('a Pod goes when its Node has been gone for a while', () => {
  const cluster = withPod('w1');
  cluster.setRunning('kubelet/w1', false);
  cluster.request({ verb: 'delete', resource: NODES, name: 'w1' });
  cluster.runUntil(40_000);
  expect(pods(cluster)).toEqual(['p']);
  cluster.runUntil(90_000);
  expect(pods(cluster)).toEqual([]);
});

it('a Pod of a Node that never was goes too', () => {
  const cluster = withPod('nowhere');
  cluster.runUntil(90_000);
  expect(pods(cluster)).toEqual([]);
});
