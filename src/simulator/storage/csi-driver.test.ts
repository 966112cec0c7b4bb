import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { shellOf } from '../kubectl/testing/shell.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const CLASS: KubernetesObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'ebs.csi.aws.com',
  volumeBindingMode: 'WaitForFirstConsumer',
};
const WORKLOAD: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db' },
  spec: {
    replicas: 4,
    podManagementPolicy: 'Parallel',
    selector: { matchLabels: { app: 'db' } },
    serviceName: 'db',
    template: {
      metadata: { labels: { app: 'db' } },
      spec: { containers: [{ name: 'db', image: 'postgres', volumeMounts: [{ name: 'data', mountPath: '/data' }] }] },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: {
          storageClassName: 'fast',
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ],
  },
};

it('has its limit in the CSINode of every Node, and the scheduler keeps to it', () => {
  const drivers = [{ name: 'ebs.csi.aws.com', volumesPerNode: 1 }, { name: 'nfs.csi.k8s.io' }];
  const cluster = Cluster.create({ seed: 3, kinds, drivers });
  const run = shellOf(cluster);
  const csiNodes = cluster.objects().filter(({ kind }) => kind === 'CSINode');
  const nodes = cluster.objects().filter(({ kind }) => kind === 'Node');
  expect(csiNodes.map(nameOf)).toEqual(nodes.map(nameOf));
  for (const csiNode of csiNodes) {
    expect(arrayAt(csiNode, 'spec', 'drivers')).toMatchObject([
      { name: 'ebs.csi.aws.com', nodeID: nameOf(csiNode), allocatable: { count: 1 } },
      { name: 'nfs.csi.k8s.io', nodeID: nameOf(csiNode) },
    ]);
    expect(objectAt(arrayAt(csiNode, 'spec', 'drivers')[1], 'allocatable')).toBeUndefined();
  }
  run('create -f all.yaml', { 'all.yaml': [CLASS, WORKLOAD] });
  cluster.runUntil(cluster.nowMs + 60_000);
  const pods = cluster.objects().filter(({ kind }) => kind === 'Pod');
  const placed = pods.flatMap((pod) => nameAt(pod, 'spec', 'nodeName') ?? []);
  expect([placed.length, new Set(placed).size]).toEqual([3, 3]);
  const waiting = pods.find((pod) => nameAt(pod, 'spec', 'nodeName') === undefined)!;
  expect(stringAt(arrayAt(waiting, 'status', 'conditions')[0], 'message')).toContain(
    '3 node(s) exceed max volume count',
  );
  expect(run(`describe csinode ${nameOf(csiNodes[0]!)}`).stdout).toContain('ebs.csi.aws.com');
});
