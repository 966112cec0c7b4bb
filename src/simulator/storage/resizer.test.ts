import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { shellOf } from '../kubectl/testing/shell.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const storageClass = (allowVolumeExpansion: boolean): KubernetesObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'ebs.csi.aws.com',
  allowVolumeExpansion,
});
const CLAIM: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: {
    storageClassName: 'fast',
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
  },
};
const POD: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'db' },
  spec: {
    containers: [{ name: 'db', image: 'postgres', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
  },
};
const GROW = `patch pvc data -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}'`;

function started(allows = true) {
  const cluster = Cluster.create({ seed: 2, kinds });
  const run = shellOf(cluster);
  const files = { 'all.yaml': [storageClass(allows), CLAIM], 'pod.yaml': [POD] };
  run('create -f all.yaml', files);
  const find = (kind: string): KubernetesObject => cluster.objects().find((object) => object.kind === kind)!;
  const later = (seconds: number): void => cluster.runUntil(cluster.nowMs + seconds * 1000);
  later(10);
  const events = (): readonly string[] =>
    cluster
      .objects()
      .filter((object) => object.kind === 'Event' && /Resiz|Expand/.test(stringAt(object, 'reason') ?? ''))
      .map((object) =>
        ['involvedObject.kind', 'reason', 'message']
          .map((path) => stringAt(object, ...path.split('.')) ?? '')
          .join(' ')
          .replaceAll(/pvc-[\w-]+/g, 'PV'),
      )
      .toSorted();
  return { cluster, run, files, find, later, events };
}

describe('a claim that asks for more', () => {
  it('gets it from the driver, and its file system from the Node where a Pod uses it', () => {
    const { cluster, run, files, find, later, events } = started();
    run('create -f pod.yaml', files);
    later(20);
    expect(stringAt(find('Pod'), 'status', 'phase')).toBe('Running');
    expect(run(GROW).stdout).toBe('persistentvolumeclaim/data patched\n');
    const claim = () => objectAt(find('PersistentVolumeClaim'), 'status')!;
    expect(claim()).toMatchObject({
      capacity: { storage: '1Gi' },
      allocatedResources: { storage: '2Gi' },
      allocatedResourceStatuses: { storage: 'NodeResizePending' },
      conditions: [
        { type: 'Resizing', status: 'True' },
        {
          type: 'FileSystemResizePending',
          status: 'True',
          message: 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.',
        },
      ],
    });
    expect(objectAt(find('PersistentVolume'), 'spec', 'capacity')).toEqual({ storage: '2Gi' });
    later(70);
    expect(claim()).toMatchObject({ capacity: { storage: '2Gi' }, allocatedResources: { storage: '2Gi' } });
    expect(objectAt(claim(), 'allocatedResourceStatuses')).toBeUndefined();
    expect(arrayAt(claim(), 'conditions')).toEqual([]);
    expect([...annotationsOf(find('PersistentVolume')).keys()]).not.toContain(
      'volume.alpha.kubernetes.io/pre-resize-capacity',
    );
    const node = stringAt(find('Pod'), 'spec', 'nodeName')!;
    expect(events()).toEqual([
      'PersistentVolumeClaim ExternalExpanding waiting for an external controller to expand this PVC',
      'PersistentVolumeClaim FileSystemResizeRequired Require file system resize of volume on node',
      `PersistentVolumeClaim FileSystemResizeSuccessful MountVolume.NodeExpandVolume succeeded for volume "PV" ${node}`,
      'PersistentVolumeClaim Resizing External resizer is resizing volume PV',
      `Pod FileSystemResizeSuccessful MountVolume.NodeExpandVolume succeeded for volume "PV" ${node}`,
    ]);
    const calls = cluster.trace
      .after(0)
      .filter((entry) => entry.class === 'csi' && /Expand/.test(entry.verb))
      .map(({ from, to, verb }) => `${from} ${verb} ${to}`.replaceAll(node, 'NODE'));
    expect(calls).toEqual([
      'csi-resizer ControllerExpandVolume csi-controller',
      'csi-controller ControllerExpandVolume csi-resizer',
      'kubelet/NODE NodeExpandVolume csi/NODE',
      'csi/NODE NodeExpandVolume kubelet/NODE',
    ]);
  });

  it('waits for a Pod where none uses it, and grows as the Pod mounts it', () => {
    const { run, files, find, later } = started();
    run(GROW);
    later(120);
    const claim = () => objectAt(find('PersistentVolumeClaim'), 'status')!;
    expect(claim()).toMatchObject({
      capacity: { storage: '1Gi' },
      allocatedResourceStatuses: { storage: 'NodeResizePending' },
    });
    run('create -f pod.yaml', files);
    later(20);
    expect(claim()).toMatchObject({ capacity: { storage: '2Gi' } });
    expect(arrayAt(claim(), 'conditions')).toEqual([]);
  });

  it('is refused where its class does not allow it', () => {
    const { run, find } = started(false);
    expect(run(GROW).stderr).toBe(
      'Error from server (Forbidden): persistentvolumeclaims "data" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize\n',
    );
    expect(objectAt(find('PersistentVolumeClaim'), 'status', 'capacity')).toEqual({ storage: '1Gi' });
  });
});
