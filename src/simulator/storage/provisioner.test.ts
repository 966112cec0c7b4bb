import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { objectAt, stringAt } from '../../base/json.ts';
import { optionsAskedBy } from '../asked-options.ts';
import { Cluster } from '../cluster.ts';
import { shellOf } from '../kubectl/testing/shell.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const classFrom = (name: string, provisioner: string): KubernetesObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner,
});
const claimOf = (storageClassName?: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: {
    ...(storageClassName === undefined ? {} : { storageClassName }),
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
  },
});

/** What kubectl says of the manifests, and what has become of the claim after a minute. */
function applied(objects: readonly KubernetesObject[]) {
  const cluster = Cluster.create({ seed: 1, kinds, ...optionsAskedBy(objects) });
  const { stdout, stderr } = shellOf(cluster)('apply -f all.yaml', { 'all.yaml': objects });
  cluster.runUntil(cluster.nowMs + 60_000);
  const found = (kind: string) => cluster.objects().find((object) => object.kind === kind);
  return {
    said: stdout + stderr,
    phase: stringAt(found('PersistentVolumeClaim'), 'status', 'phase'),
    volume: found('PersistentVolume'),
  };
}

describe('a claim gets its volume from the provisioner of its class', () => {
  it.each([
    ['ebs.csi.aws.com', { csi: { driver: 'ebs.csi.aws.com' } }],
    // Migrated inside Kubernetes: its driver makes the volume.
    ['kubernetes.io/aws-ebs', { csi: { driver: 'ebs.csi.aws.com' } }],
    ['k8s.io/minikube-hostpath', { hostPath: { type: 'DirectoryOrCreate' } }],
    ['example.com/disk', { hostPath: { type: 'DirectoryOrCreate' } }],
  ])('%s', (provisioner, source) => {
    const { phase, volume } = applied([classFrom('fast', provisioner), claimOf('fast')]);
    expect(phase).toBe('Bound');
    expect(objectAt(volume, 'spec')).toMatchObject(source);
  });

  it('which nobody stands in for', () => {
    const { phase, volume } = applied([classFrom('fast', 'kubernetes.io/no-provisioner'), claimOf('fast')]);
    expect([phase, volume]).toEqual(['Pending', undefined]);
  });
});

describe('the class “standard”', () => {
  it('is the cluster’s own where the manifests bring none', () => {
    expect(applied([claimOf('standard')]).said).not.toContain('invalid');
  });

  it('is that of the manifests where they bring one, whatever makes its volumes', () => {
    const { said, phase, volume } = applied([classFrom('standard', 'pd.csi.storage.gke.io'), claimOf('standard')]);
    expect(said).toContain('storageclass.storage.k8s.io/standard created');
    expect(phase).toBe('Bound');
    expect(stringAt(volume, 'spec', 'csi', 'driver')).toBe('pd.csi.storage.gke.io');
  });
});
