import { beforeAll, describe, expect, it } from 'vitest';
import { conditionsOf } from '../../apimachinery/conditions.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { nameAt, objectAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology } from '../topology.ts';

beforeAll(preloadKinds);

const STORAGE = { group: 'storage.k8s.io', version: 'v1' };
const CORE = { group: '', version: 'v1' };

function make(cluster: Cluster, group: typeof CORE, plural: string, body: JsonObject, namespace?: string): void {
  const at = namespace === undefined ? {} : { namespace };
  cluster.request({ verb: 'create', resource: { ...group, plural }, ...at, body: body as KubernetesObject });
}

function found(cluster: Cluster, kind: string, name: string): KubernetesObject | undefined {
  return cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);
}

/** A cluster with a Pod whose claim waits for it; nobody in it provisions for the class. */
function waiting(provisioner: string): Cluster {
  const cluster = Cluster.create({ seed: 3, kinds, storage: 'none', topology: defaultTopology(1) });
  cluster.runUntil(1000);
  make(cluster, STORAGE, 'storageclasses', {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'late' },
    provisioner,
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  cluster.runUntil(1500);
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: {
      storageClassName: 'late',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  };
  make(cluster, CORE, 'persistentvolumeclaims', claim, 'default');
  return cluster;
}

function makeVolume(cluster: Cluster, claimRef?: JsonObject): void {
  make(cluster, CORE, 'persistentvolumes', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'v1' },
    spec: {
      storageClassName: 'late',
      capacity: { storage: '2Gi' },
      accessModes: ['ReadWriteOnce'],
      hostPath: { path: '/v' },
      ...(claimRef === undefined ? {} : { claimRef }),
    },
  });
}

function makePod(cluster: Cluster): void {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
  const spec = { containers: [{ name: 'c', image: 'nginx' }], volumes };
  make(cluster, CORE, 'pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec }, 'default');
}

/** What the controller of volumes does once there is a volume for the claim. */
function bindClaim(cluster: Cluster): void {
  cluster.request({
    verb: 'patch',
    resource: { ...CORE, plural: 'persistentvolumeclaims' },
    namespace: 'default',
    name: 'data',
    options: { patchType: 'merge' },
    body: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
      spec: { volumeName: 'v1' },
    },
  });
}

const nodeOf = (cluster: Cluster): string | undefined => nameAt(found(cluster, 'Pod', 'p'), 'spec', 'nodeName');

describe('a claim that waits for its first consumer', () => {
  it('is told the Node, and the Pod is bound when the volume is', () => {
    const cluster = waiting('example.com/by-hand');
    makePod(cluster);
    cluster.runUntil(5000);
    const claim = found(cluster, 'PersistentVolumeClaim', 'data');
    expect(stringAt(claim, 'metadata', 'annotations', 'volume.kubernetes.io/selected-node')).toBe('w1');
    expect(nodeOf(cluster)).toBeUndefined();
    expect(nameAt(found(cluster, 'Pod', 'p'), 'status', 'nominatedNodeName')).toBe('w1');
    const uid = nameAt(claim, 'metadata', 'uid')!;
    makeVolume(cluster, { kind: 'PersistentVolumeClaim', namespace: 'default', name: 'data', uid });
    bindClaim(cluster);
    cluster.runUntil(9000);
    expect(nodeOf(cluster)).toBe('w1');
  });

  it('gives up after ten minutes, and tries again', () => {
    const cluster = waiting('example.com/by-hand');
    makePod(cluster);
    expect(cluster.runUntilSettled(500_000)).toBe(true);
    cluster.runUntil(620_000);
    const messages = cluster
      .objects()
      .filter((object) => object.kind === 'Event' && stringAt(object, 'reason') === 'FailedScheduling')
      .map((event) => stringAt(event, 'message'));
    expect(messages).toContain('running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded');
    expect(nodeOf(cluster)).toBeUndefined();
  });

  it('is not made by taking other Pods away: a Pod without its claim says so', () => {
    const cluster = Cluster.create({ seed: 3, kinds, storage: 'none', topology: defaultTopology(1) });
    cluster.runUntil(1000);
    makePod(cluster);
    cluster.runUntil(3000);
    const [condition] = conditionsOf(found(cluster, 'Pod', 'p'));
    expect(stringAt(condition, 'message')).toBe(
      '0/2 nodes are available: persistentvolumeclaim "data" not found. no new claims to deallocate, ' +
        'preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    );
  });

  it('takes a volume that is there, which then refers to it', () => {
    const cluster = waiting('kubernetes.io/no-provisioner');
    makeVolume(cluster);
    cluster.runUntil(1800);
    cluster.request({
      verb: 'patch',
      resource: { ...CORE, plural: 'persistentvolumes' },
      name: 'v1',
      subresource: 'status',
      options: { patchType: 'merge' },
      body: { apiVersion: 'v1', kind: 'PersistentVolume', status: { phase: 'Available' } },
    });
    cluster.runUntil(2000);
    makePod(cluster);
    cluster.runUntil(5000);
    const volume = found(cluster, 'PersistentVolume', 'v1');
    expect(objectAt(volume, 'spec', 'claimRef')).toMatchObject({ kind: 'PersistentVolumeClaim', name: 'data' });
    expect(stringAt(volume, 'metadata', 'annotations', 'pv.kubernetes.io/bound-by-controller')).toBe('yes');
    bindClaim(cluster);
    cluster.runUntil(9000);
    expect(nodeOf(cluster)).toBe('w1');
  });
});
