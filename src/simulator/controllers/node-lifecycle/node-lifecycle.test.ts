import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, stringAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { shellOf } from '../../kubectl/testing/shell.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

function pods(cluster: Cluster): readonly KubernetesObject[] {
  return cluster.objects().filter(({ kind }) => kind === 'Pod');
}

it('gives up a Node that is silent: Unknown after the grace period, its Pods after five minutes more', () => {
  const cluster = Cluster.create({ seed: 6, kinds });
  cluster.runUntil(2000);
  cluster.request({
    verb: 'create',
    resource: { group: 'apps', version: 'v1', plural: 'replicasets' },
    namespace: 'default',
    body: {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web' },
      spec: {
        replicas: 6,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      },
    },
  });
  cluster.runUntil(20_000);
  cluster.setRunning('kubelet/w1', false);
  const silentMs = cluster.nowMs;
  const node = () => cluster.objects().find((object) => object.kind === 'Node' && nameOf(object) === 'w1')!;
  const ready = () => arrayAt(node(), 'status', 'conditions').find((each) => stringAt(each, 'type') === 'Ready');
  cluster.runUntil(silentMs + 35_000);
  expect(stringAt(ready(), 'status')).toBe('True');
  cluster.runUntil(silentMs + 65_000);
  expect(stringAt(ready(), 'status')).toBe('Unknown');
  const taints = arrayAt(node(), 'spec', 'taints').map(
    (taint) => `${stringAt(taint, 'key')}:${stringAt(taint, 'effect')}`,
  );
  expect(taints).toEqual(
    expect.arrayContaining(['node.kubernetes.io/unreachable:NoExecute', 'node.kubernetes.io/unreachable:NoSchedule']),
  );
  const onNode = () => pods(cluster).filter((pod) => nameAt(pod, 'spec', 'nodeName') === 'w1');
  expect(onNode().length).toBeGreaterThan(0);
  expect(onNode().every((pod) => nameAt(pod, 'metadata', 'deletionTimestamp') === undefined)).toBe(true);
  cluster.runUntil(silentMs + 380_000);
  expect(onNode().every((pod) => nameAt(pod, 'metadata', 'deletionTimestamp') !== undefined)).toBe(true);
  const elsewhere = pods(cluster).filter((pod) => nameAt(pod, 'spec', 'nodeName') !== 'w1');
  expect(elsewhere).toHaveLength(6);
});

it('tells of a Node when it first sees it, and when it is gone', () => {
  const cluster = Cluster.create({ seed: 1, kinds });
  cluster.runUntil(10_000);
  const run = shellOf(cluster);
  expect(run('describe node w1').stdout).toMatch(
    /RegisteredNode +\w+ +node-controller +Node w1 event: Registered Node w1 in Controller/,
  );
  run('delete node w3');
  cluster.runUntil(20_000);
  expect(run('get events').stdout).toMatch(
    /Normal +RemovingNode +node\/w3 +Node w3 event: Removing Node w3 from Controller/,
  );
});
