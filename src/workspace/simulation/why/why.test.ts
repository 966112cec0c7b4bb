import { beforeAll, describe, expect, it } from 'vitest';
import type { Cluster } from '../../../simulator/cluster.ts';
import { preloadKinds } from '../../../simulator/testing/built-in-kinds.ts';
import { diagnose, troublesOf } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { findObject } from './moment.ts';
import { momentOf } from './moment-of.ts';
import { after, claim, deployment, pod, service } from '../testing/small-cluster.ts';

beforeAll(preloadKinds);

function diagnosed(cluster: Cluster, key: string): Diagnosis | undefined {
  const moment = momentOf(cluster, cluster.trace.after(0), cluster.trace.length);
  const found = findObject(moment, key);
  return found && diagnose(found, moment);
}

function proofOf(cluster: Cluster, { proof }: Diagnosis) {
  const { class: kind, verb, from, object } = cluster.trace.at(proof ?? 0) ?? {};
  return [kind, verb, from, object].join(' ');
}

const READINESS = { readinessProbe: { httpGet: { path: '/', port: 80 } } };

interface Case {
  readonly name: string;
  readonly seconds: number;
  readonly objects: readonly object[];
  readonly act?: (cluster: Cluster) => void;
  readonly of: string;
  readonly id: Diagnosis['id'] | undefined;
  readonly says?: Readonly<Record<string, unknown>>;
  readonly proof?: string | RegExp;
}

const SNAPSHOTS = 'snapshot.storage.k8s.io';
const DRIVER = [
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'ebs.csi.aws.com',
  },
  {
    apiVersion: `${SNAPSHOTS}/v1`,
    kind: 'VolumeSnapshotClass',
    metadata: { name: 'daily', annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' } },
    driver: 'ebs.csi.aws.com',
    deletionPolicy: 'Delete',
  },
];
const snapshot = (name: string, persistentVolumeClaimName: string) => ({
  apiVersion: `${SNAPSHOTS}/v1`,
  kind: 'VolumeSnapshot',
  metadata: { name },
  spec: { source: { persistentVolumeClaimName } },
});
const restored = (name: string, from: string, storage = '1Gi') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: {
    storageClassName: 'fast',
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage } },
    dataSource: { apiGroup: SNAPSHOTS, kind: 'VolumeSnapshot', name: from },
  },
});

const CASES: readonly Case[] = [
  {
    name: 'a Pod that no Node has room for, in the words of the scheduler',
    seconds: 20,
    objects: [pod('big', 'nginx:1', { resources: { requests: { cpu: '100' } } })],
    of: 'Pod/default/big',
    id: 'noNode',
    says: {
      message: expect.stringContaining(
        '0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient cpu.',
      ),
    },
    proof: 'internal SCHEDULE kube-scheduler Pod/default/big',
  },
  {
    name: 'a Pod while no scheduler runs',
    seconds: 20,
    objects: [pod('web', 'nginx:1')],
    act: (cluster) => cluster.fault({ fault: 'scheduler-stop' }),
    of: 'Pod/default/web',
    id: 'schedulerDown',
    proof: 'fault scheduler-stop faults kube-scheduler',
  },
  {
    name: 'a Pod with a scheduling gate',
    seconds: 20,
    objects: [
      {
        ...pod('web', 'nginx:1'),
        spec: { schedulingGates: [{ name: 'example.com/wait' }], containers: [{ name: 'main', image: 'nginx:1' }] },
      },
    ],
    of: 'Pod/default/web',
    id: 'gated',
    says: { gates: 'example.com/wait' },
  },
  {
    name: 'an image that nobody has',
    seconds: 20,
    objects: [pod('web', 'nowhere/web:9')],
    of: 'Pod/default/web',
    id: 'image',
    says: { image: 'nowhere/web:9', message: expect.stringContaining('not found') },
    proof: /^request P(?:OST|ATCH) kubelet\/w\d (?:Event|Pod)\//,
  },
  {
    name: 'a container that ends again and again, with its exit code',
    seconds: 60,
    objects: [pod('web', 'crash:1')],
    of: 'Pod/default/web',
    id: 'crashLoop',
    says: { code: '7', container: 'main' },
    proof: /^request PATCH kubelet\/w\d Pod\/default\/web$/,
  },
  {
    name: 'a ConfigMap that is not there',
    seconds: 30,
    objects: [pod('web', 'nginx:1', { envFrom: [{ configMapRef: { name: 'none' } }] })],
    of: 'Pod/default/web',
    id: 'config',
    says: { message: expect.stringContaining('configmap "none" not found') },
  },
  {
    name: 'a readiness probe that fails',
    seconds: 40,
    objects: [pod('web', 'never-ready:1', READINESS)],
    of: 'Pod/default/web',
    id: 'probeFails',
    says: { container: 'main', message: expect.stringContaining('Readiness probe failed') },
    proof: /^probe Readiness kubelet\/w\d Pod\/default\/web$/,
  },
  {
    name: 'a Pod that is well',
    seconds: 40,
    objects: [pod('web', 'nginx:1')],
    of: 'Pod/default/web',
    id: undefined,
  },
  {
    name: 'a ReplicaSet whose Pods a quota refuses, in the words of the API server',
    seconds: 30,
    objects: [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'q', namespace: 'default' },
        spec: { hard: { pods: '2' } },
      },
      deployment('web', 3),
    ],
    of: 'Deployment/default/web',
    id: 'refused',
    says: { message: expect.stringContaining('exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2') },
    proof: /^response 403 kube-apiserver-0|^request PUT replicaset-controller/,
  },
  {
    name: 'a Deployment while no controller runs',
    seconds: 20,
    objects: [deployment('web', 3)],
    act: (cluster) => cluster.fault({ fault: 'controller-manager-stop' }),
    of: 'Deployment/default/web',
    id: 'controllersDown',
    says: { controller: 'deployment-controller' },
    proof: /^fault controller-manager-stop/,
  },
  {
    name: 'a roll-out that is late',
    seconds: 700,
    objects: [deployment('web', 3, 'nowhere/web:1')],
    of: 'Deployment/default/web',
    id: 'deadline',
    says: { seconds: '600' },
    proof: 'request PUT deployment-controller Deployment/default/web',
  },
  {
    name: 'a Service whose selector fits no Pod, beside the Pod that was meant',
    seconds: 30,
    objects: [deployment('web', 1), service('web', { app: 'wep' })],
    of: 'Service/default/web',
    id: 'noPodMatchesButOne',
    says: { key: 'app', has: 'web', wants: 'wep' },
  },
  {
    name: 'a Service none of whose Pods is ready',
    seconds: 30,
    objects: [deployment('web', 2, 'never-ready:1', READINESS), service('web', { app: 'web' })],
    of: 'Service/default/web',
    id: 'noneReady',
    says: { count: '2' },
    proof: /^request (?:POST|PUT) endpointslice-controller EndpointSlice\/default\/web/,
  },
  {
    name: 'a claim of a class that nobody has made',
    seconds: 30,
    objects: [claim('data', 'fast')],
    of: 'PersistentVolumeClaim/default/data',
    id: 'claimClass',
    says: { class: 'fast' },
    proof: /Event\/default\/data/,
  },
  {
    name: 'a claim that waits for its first Pod',
    seconds: 30,
    objects: [claim('data', undefined)],
    of: 'PersistentVolumeClaim/default/data',
    id: 'claimWaits',
  },
  {
    name: 'a snapshot whose claim has no volume',
    seconds: 30,
    objects: [claim('data', undefined), snapshot('monday', 'data')],
    of: 'VolumeSnapshot/default/monday',
    id: 'snapshotFails',
    says: { message: expect.stringContaining('the PVC data is not yet bound to a PV') },
    proof: /snapshot-controller Event\/default\/monday/,
  },
  {
    name: 'a snapshot that the driver copies',
    seconds: 14,
    objects: [...DRIVER, claim('data', 'fast'), snapshot('monday', 'data')],
    of: 'VolumeSnapshot/default/monday',
    id: 'snapshotCopied',
    says: { driver: 'ebs.csi.aws.com' },
    proof: /snapshot-controller Event\/default\/monday/,
  },
  {
    name: 'a claim that is made of a snapshot which is not ready',
    seconds: 14,
    objects: [...DRIVER, claim('data', 'fast'), snapshot('monday', 'data'), restored('copy', 'monday')],
    of: 'PersistentVolumeClaim/default/copy',
    id: 'claimOfSnapshot',
    says: { snapshot: 'monday' },
    proof: /csi-provisioner Event\/default\/copy/,
  },
  {
    name: 'a claim that is made of a snapshot which nobody has taken',
    seconds: 20,
    objects: [...DRIVER, restored('copy', 'tuesday')],
    of: 'PersistentVolumeClaim/default/copy',
    id: 'claimNoSnapshot',
    says: { snapshot: 'tuesday' },
    proof: /csi-provisioner Event\/default\/copy/,
  },
  {
    name: 'a snapshot that is deleted while a claim is made of it',
    seconds: 30,
    objects: [...DRIVER, claim('data', 'fast'), snapshot('monday', 'data'), restored('copy', 'monday', '10Mi')],
    act: (cluster) => {
      cluster.runUntil(20_000);
      cluster.kubectl('delete volumesnapshot monday --wait=false');
    },
    of: 'VolumeSnapshot/default/monday',
    id: 'snapshotKept',
    says: { claim: 'copy' },
  },
  {
    name: 'a Node that is not heard of',
    seconds: 90,
    objects: [],
    act: (cluster) => cluster.fault({ fault: 'node-failure', target: 'w2' }),
    of: 'Node//w2',
    id: 'kubeletSilent',
    says: { seconds: expect.stringMatching(/^(?:8\d|9\d)$/) },
    proof: /^request P(?:ATCH|UT) node-lifecycle-controller Node\/\/w2$/,
  },
  {
    name: 'a cordoned Node',
    seconds: 10,
    objects: [],
    act: (cluster) => cluster.kubectl('cordon w2'),
    of: 'Node//w2',
    id: 'nodeCordoned',
    proof: 'request PATCH kubectl nodes//w2',
  },
];

describe('why', () => {
  it.each(CASES)('says of $name', ({ seconds, objects, act, of, id, says, proof }) => {
    const cluster = after(seconds, objects, act);
    const diagnosis = diagnosed(cluster, of);
    expect(diagnosis?.id).toBe(id);
    if (diagnosis === undefined) return;
    expect(diagnosis.params).toMatchObject(says ?? {});
    if (proof !== undefined) expect(proofOf(cluster, diagnosis)).toMatch(proof);
  });

  it('counts down to the eviction of a Pod whose Node is lost, then says that nobody confirms its end', () => {
    const cluster = after(30, [deployment('web', 3)]);
    const [web] = cluster.objects().filter(({ kind, metadata }) => {
      return kind === 'Pod' && (metadata as { namespace?: string }).namespace === 'default';
    });
    const { nodeName } = web!['spec'] as unknown as { readonly nodeName: string };
    const key = `Pod/default/${(web!['metadata'] as unknown as { readonly name: string }).name}`;
    const lostAtMs = cluster.nowMs;
    cluster.fault({ fault: 'node-failure', target: nodeName });
    cluster.runUntil(lostAtMs + 100_000);
    const waiting = diagnosed(cluster, key)!;
    expect(waiting).toMatchObject({ id: 'evictionWaits', params: { seconds: '300', node: nodeName } });
    const left = Number(waiting.params['left']);
    expect(left).toBeGreaterThan(220);
    expect(left).toBeLessThan(270);
    cluster.runUntil(lostAtMs + 100_000 + left * 1000 + 2000);
    expect(diagnosed(cluster, key)).toMatchObject({ id: 'nobodyConfirms', params: { node: nodeName } });
  });

  it('lists what kubectl was refused, and all that is in trouble', () => {
    const cluster = after(20, [
      { ...pod('bad', 'nginx:1'), spec: { containers: [] } },
      pod('big', 'nginx:1', { resources: { requests: { cpu: '100' } } }),
    ]);
    const { troubles, more } = troublesOf(momentOf(cluster, cluster.trace.after(0), cluster.trace.length));
    expect(more).toBe(0);
    expect(troubles.map(({ id, object }) => `${id} ${object}`)).toEqual([
      'requestRefused Pod/default/bad',
      'noNode Pod/default/big',
    ]);
    expect(troubles[0]!.params['message']).toContain('spec.containers: Required value');
  });
});
