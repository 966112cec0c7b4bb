import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt, stringAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { CLAIMS, PODS, STATEFUL_SETS, STORAGE_CLASSES, VOLUMES } from '../resources.ts';

beforeAll(preloadKinds);

const fast: KubernetesObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'ebs.csi.aws.com',
};

function claim(name: string, spec: JsonObject = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  };
}

function volume(name: string, size: string, spec: JsonObject = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: { capacity: { storage: size }, accessModes: ['ReadWriteOnce'], nfs: { server: 's', path: '/' }, ...spec },
  };
}

function started(storage?: 'none'): Cluster {
  const cluster = Cluster.create({ seed: 1, kinds, ...(storage === undefined ? {} : { storage }) });
  cluster.runUntil(2000);
  return cluster;
}

function create(cluster: Cluster, ...bodies: readonly KubernetesObject[]): void {
  for (const body of bodies) {
    const resources = { PersistentVolumeClaim: CLAIMS, PersistentVolume: VOLUMES, StorageClass: STORAGE_CLASSES };
    const resource = { ...resources, StatefulSet: STATEFUL_SETS, Pod: PODS }[body.kind]!;
    const namespaced = !['PersistentVolume', 'StorageClass'].includes(body.kind);
    cluster.request({ verb: 'create', resource, ...(namespaced ? { namespace: 'default' } : {}), body });
  }
  wait(cluster, 10);
}

function wait(cluster: Cluster, seconds: number): void {
  cluster.runUntil(cluster.nowMs + seconds * 1000);
}

function find(cluster: Cluster, kind: string, name?: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === kind && (name === undefined || nameOf(object) === name));
}

function phase(cluster: Cluster, kind: string, name: string): string | undefined {
  return stringAt(find(cluster, kind, name)[0], 'status', 'phase');
}

function told(cluster: Cluster, about: string): string[] {
  return find(cluster, 'Event')
    .filter((event) => stringAt(event, 'involvedObject', 'name') === about)
    .map((event) => `${stringAt(event, 'reason') ?? ''}: ${stringAt(event, 'message') ?? ''}`);
}

describe('claims and volumes', () => {
  it('a claim gets the smallest volume that fits, which is kept when the claim goes', () => {
    const cluster = started('none');
    const keep = { persistentVolumeReclaimPolicy: 'Retain' };
    create(cluster, volume('large', '5Gi', keep), volume('middle', '2Gi', keep), volume('small', '500Mi', keep));
    expect(phase(cluster, 'PersistentVolume', 'middle')).toBe('Available');
    create(cluster, claim('data'));
    expect(objectAt(find(cluster, 'PersistentVolumeClaim')[0], 'status')).toEqual({
      phase: 'Bound',
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '2Gi' },
    });
    expect(Object.fromEntries(annotationsOf(find(cluster, 'PersistentVolumeClaim')[0]!))).toEqual({
      'pv.kubernetes.io/bind-completed': 'yes',
      'pv.kubernetes.io/bound-by-controller': 'yes',
    });
    expect(phase(cluster, 'PersistentVolume', 'middle')).toBe('Bound');
    cluster.request({ verb: 'delete', resource: CLAIMS, namespace: 'default', name: 'data' });
    wait(cluster, 10);
    expect(find(cluster, 'PersistentVolumeClaim')).toEqual([]);
    expect(phase(cluster, 'PersistentVolume', 'middle')).toBe('Released');
  });

  it('a claim without volume and class waits and says so', () => {
    const cluster = started('none');
    create(cluster, claim('data'));
    expect(phase(cluster, 'PersistentVolumeClaim', 'data')).toBe('Pending');
    expect(told(cluster, 'data')).toEqual([
      'FailedBinding: no persistent volumes available for this claim and no storage class is set',
    ]);
  });

  it('a volume is made for a claim at once where its class says so, and deleted with it', () => {
    const cluster = started();
    create(cluster, fast, claim('data', { storageClassName: 'fast' }));
    const [made] = find(cluster, 'PersistentVolume');
    expect(phase(cluster, 'PersistentVolumeClaim', 'data')).toBe('Bound');
    expect(stringAt(made, 'spec', 'csi', 'driver')).toBe('ebs.csi.aws.com');
    expect(told(cluster, 'data').sort()).toEqual([
      "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'ebs.csi.aws.com' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
      'Provisioning: External provisioner is provisioning volume for claim "default/data"',
      `ProvisioningSucceeded: Successfully provisioned volume ${nameOf(made!)}`,
    ]);
    cluster.request({ verb: 'delete', resource: CLAIMS, namespace: 'default', name: 'data' });
    wait(cluster, 10);
    expect(find(cluster, 'PersistentVolume')).toEqual([]);
  });

  it('a claim of the default class waits for the Node of its first Pod', () => {
    const cluster = started();
    create(cluster, claim('data'));
    expect(phase(cluster, 'PersistentVolumeClaim', 'data')).toBe('Pending');
    expect(told(cluster, 'data')).toEqual([
      'WaitForFirstConsumer: waiting for first consumer to be created before binding',
    ]);
    cluster.request({
      verb: 'patch',
      resource: CLAIMS,
      namespace: 'default',
      name: 'data',
      options: { patchType: 'merge' },
      body: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { annotations: { 'volume.kubernetes.io/selected-node': 'w2' } },
      },
    });
    wait(cluster, 10);
    expect(phase(cluster, 'PersistentVolumeClaim', 'data')).toBe('Bound');
    expect(JSON.stringify(objectAt(find(cluster, 'PersistentVolume')[0], 'spec', 'nodeAffinity'))).toContain('"w2"');
  });

  it('a claim that a Pod uses stays until that has gone', () => {
    const cluster = started();
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
    const spec = { containers: [{ name: 'c', image: 'nginx' }], volumes };
    create(cluster, fast, claim('data', { storageClassName: 'fast' }));
    create(cluster, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec });
    cluster.request({ verb: 'delete', resource: CLAIMS, namespace: 'default', name: 'data' });
    wait(cluster, 20);
    expect(find(cluster, 'PersistentVolumeClaim')).toHaveLength(1);
    cluster.request({ verb: 'delete', resource: PODS, namespace: 'default', name: 'p' });
    wait(cluster, 60);
    expect(find(cluster, 'PersistentVolumeClaim')).toEqual([]);
  });

  it('a StatefulSet makes the claims of its Pods, which go with them where it is told so', () => {
    const cluster = started();
    create(cluster, fast, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        replicas: 2,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'db' }] } },
        volumeClaimTemplates: [{ ...claim('data', { storageClassName: 'fast' }) }],
        persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete', whenDeleted: 'Retain' },
      },
    });
    wait(cluster, 60);
    const bound = find(cluster, 'PersistentVolumeClaim').map((object) => [
      nameOf(object),
      phase(cluster, object.kind, nameOf(object)),
    ]);
    expect(bound).toEqual([
      ['data-db-0', 'Bound'],
      ['data-db-1', 'Bound'],
    ]);
    expect(find(cluster, 'Pod').map((pod) => stringAt(pod, 'status', 'phase'))).toEqual(['Running', 'Running']);
    const body = { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { replicas: 1 } };
    cluster.request({
      verb: 'patch',
      resource: STATEFUL_SETS,
      namespace: 'default',
      name: 'db',
      options: { patchType: 'merge' },
      body,
    });
    wait(cluster, 90);
    expect(find(cluster, 'PersistentVolumeClaim').map(nameOf)).toEqual(['data-db-0']);
    expect(find(cluster, 'PersistentVolume')).toHaveLength(1);
  });

  it('Pods of the default class run where their volumes are', () => {
    const cluster = started();
    create(cluster, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        replicas: 2,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'db' }] } },
        volumeClaimTemplates: [{ ...claim('data') }],
      },
    });
    wait(cluster, 60);
    for (const pod of find(cluster, 'Pod')) {
      expect(stringAt(pod, 'status', 'phase')).toBe('Running');
      const bound = find(cluster, 'PersistentVolumeClaim', `data-${nameOf(pod)}`)[0];
      const [made] = find(cluster, 'PersistentVolume', stringAt(bound, 'spec', 'volumeName'));
      const where = JSON.stringify(objectAt(made, 'spec', 'nodeAffinity'));
      expect(where).toContain(`"${stringAt(pod, 'spec', 'nodeName') ?? ''}"`);
    }
    expect(find(cluster, 'PersistentVolume')).toHaveLength(2);
  });
});
