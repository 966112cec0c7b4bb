import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import { optionsAskedBy } from '../../asked-options.ts';
import { Cluster } from '../../cluster.ts';
import { shellOf } from '../../kubectl/testing/shell.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { SNAPSHOT_DEFINITIONS } from './definitions.ts';

beforeAll(preloadKinds);

const GROUP = 'snapshot.storage.k8s.io';
const CLASS: KubernetesObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'ebs.csi.aws.com',
};
const claim = (name: string, size: string, dataSource?: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: {
    storageClassName: 'fast',
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: size } },
    ...(dataSource === undefined ? {} : { dataSource: { ...dataSource } }),
  },
});
const DB: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'db' } },
    serviceName: 'db',
    template: {
      metadata: { labels: { app: 'db' } },
      spec: { containers: [{ name: 'db', image: 'postgres', volumeMounts: [{ name: 'data', mountPath: '/data' }] }] },
    },
    volumeClaimTemplates: [claim('data', '2Gi')],
  },
};
const snapshotClass = (name: string, more: object = {}): KubernetesObject => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'VolumeSnapshotClass',
  metadata: { name, annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' } },
  driver: 'ebs.csi.aws.com',
  deletionPolicy: 'Delete',
  ...more,
});
const snapshot = (name: string, source: object = { persistentVolumeClaimName: 'data-db-0' }): KubernetesObject => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'VolumeSnapshot',
  metadata: { name },
  spec: { source: { ...source } },
});
const FROM = { apiGroup: GROUP, kind: 'VolumeSnapshot', name: 'monday' };

function started(objects: readonly KubernetesObject[]) {
  const cluster = Cluster.create({ seed: 3, kinds, ...optionsAskedBy(objects) });
  const run = shellOf(cluster);
  const later = (seconds: number): void => cluster.runUntil(cluster.nowMs + seconds * 1000);
  const apply = (more: readonly KubernetesObject[]) => run('apply -f all.yaml', { 'all.yaml': more });
  const said = apply(objects);
  const find = (kind: string, name?: string): KubernetesObject | undefined =>
    cluster.objects().find((object) => object.kind === kind && (name === undefined || nameOf(object) === name));
  const events = (kind: string, name?: string): readonly string[] =>
    cluster
      .objects()
      .filter(
        (object) =>
          object.kind === 'Event' &&
          stringAt(object, 'involvedObject', 'kind') === kind &&
          (name === undefined || stringAt(object, 'involvedObject', 'name') === name),
      )
      .toSorted(
        (a, b) => Number(nameAt(a, 'metadata', 'resourceVersion')) - Number(nameAt(b, 'metadata', 'resourceVersion')),
      )
      .map((event) => `${stringAt(event, 'reason') ?? ''}: ${stringAt(event, 'message') ?? ''}`);
  const calls = (pattern: RegExp) =>
    cluster.trace
      .after(0)
      .filter((entry) => entry.class === 'csi' && entry.to === 'csi-controller' && pattern.test(entry.verb));
  return { cluster, run, later, apply, said, find, events, calls };
}

describe('a snapshot of a claim', () => {
  it('is taken, restored from after its data are gone, and goes with its content', () => {
    const { run, later, apply, find, events, calls } = started([CLASS, DB, snapshotClass('daily')]);
    later(60);
    expect(stringAt(find('Pod', 'db-0'), 'status', 'phase')).toBe('Running');
    apply([snapshot('monday')]);
    later(3);
    expect(arrayAt(find('PersistentVolumeClaim'), 'metadata', 'finalizers')).toContain(
      'snapshot.storage.kubernetes.io/pvc-as-source-protection',
    );
    later(60);
    const taken = find('VolumeSnapshot')!;
    const content = find('VolumeSnapshotContent')!;
    expect(nameOf(content)).toBe(`snapcontent-${nameAt(taken, 'metadata', 'uid')}`);
    expect(taken['status']).toMatchObject({
      boundVolumeSnapshotContentName: nameOf(content),
      readyToUse: true,
      restoreSize: '2Gi',
    });
    expect(stringAt(taken, 'spec', 'volumeSnapshotClassName')).toBe('daily');
    expect(arrayAt(taken, 'metadata', 'finalizers')).toEqual([
      'snapshot.storage.kubernetes.io/volumesnapshot-as-source-protection',
      'snapshot.storage.kubernetes.io/volumesnapshot-bound-protection',
    ]);
    expect(objectAt(content, 'status')).toMatchObject({ readyToUse: true, restoreSize: 2 ** 31 });
    expect([...annotationsOf(content).keys()]).toEqual([]);
    expect(arrayAt(find('PersistentVolumeClaim'), 'metadata', 'finalizers')).toEqual(['kubernetes.io/pvc-protection']);
    expect(events('VolumeSnapshot')).toEqual([
      'CreatingSnapshot: Waiting for a snapshot default/monday to be created by the CSI driver.',
      'SnapshotCreated: Snapshot default/monday was successfully created by the CSI driver.',
      'SnapshotReady: Snapshot default/monday is ready to use.',
    ]);
    expect(calls(/CreateSnapshot/)[0]).toMatchObject({
      from: 'csi-snapshotter',
      object: `VolumeSnapshotContent.${GROUP}//${nameOf(content)}`,
      detail: { driver: 'ebs.csi.aws.com', name: `snapshot-${nameAt(taken, 'metadata', 'uid')}` },
    });

    run('delete statefulset db');
    run('delete pvc data-db-0 --wait=false');
    later(60);
    expect(find('PersistentVolumeClaim')).toBeUndefined();
    expect(find('PersistentVolume')).toBeUndefined();

    apply([claim('small', '1Gi', FROM), claim('data-db-0', '2Gi', FROM), DB]);
    later(60);
    expect(stringAt(find('Pod', 'db-0'), 'status', 'phase')).toBe('Running');
    const made = calls(/CreateVolume/).map(({ detail }) => detail);
    expect(made.at(-1)).toMatchObject({ size: '2Gi', snapshotId: `snapshot-${nameAt(taken, 'metadata', 'uid')}` });
    expect(made.filter((detail) => detail !== undefined && 'snapshotId' in detail)).toHaveLength(1);
    expect(events('PersistentVolumeClaim', 'small')).toContain(
      'ProvisioningFailed: failed to provision volume with StorageClass "fast": error getting handle for DataSource Type VolumeSnapshot by Name monday: requested volume size 1073741824 is less than the size 2147483648 for the source snapshot monday',
    );

    run('delete volumesnapshot monday --wait=false');
    later(10);
    expect(find('VolumeSnapshot')).toBeDefined();
    expect(events('VolumeSnapshot')).toContain('SnapshotDeletePending: Snapshot is being used to restore a PVC');
    run('delete pvc small --wait=false');
    later(120);
    expect(find('VolumeSnapshot')).toBeUndefined();
    expect(find('VolumeSnapshotContent')).toBeUndefined();
    expect(calls(/DeleteSnapshot/)).toHaveLength(1);
    expect(find('PersistentVolumeClaim', 'data-db-0')).toBeDefined();
  });

  it('keeps its content where its class retains it, of which a snapshot can be bound again', () => {
    const { run, later, apply, find, calls, events } = started([
      CLASS,
      claim('data', '1Gi'),
      snapshotClass('kept', { deletionPolicy: 'Retain' }),
      snapshot('monday', { persistentVolumeClaimName: 'data' }),
    ]);
    later(120);
    const handle = stringAt(find('VolumeSnapshotContent'), 'status', 'snapshotHandle')!;
    run('delete volumesnapshot monday --wait=false');
    later(60);
    expect(find('VolumeSnapshot')).toBeUndefined();
    expect(find('VolumeSnapshotContent')).toBeDefined();
    expect(calls(/DeleteSnapshot/)).toHaveLength(0);
    apply([snapshot('again', { volumeSnapshotContentName: 'again' })]);
    later(10);
    expect(events('VolumeSnapshot', 'again')).toEqual(['SnapshotContentMissing: VolumeSnapshotContent is missing']);
    apply([
      {
        apiVersion: `${GROUP}/v1`,
        kind: 'VolumeSnapshotContent',
        metadata: { name: 'again' },
        spec: {
          driver: 'ebs.csi.aws.com',
          deletionPolicy: 'Delete',
          source: { snapshotHandle: handle },
          volumeSnapshotRef: { name: 'again', namespace: 'default' },
        },
      },
    ]);
    later(60);
    expect(find('VolumeSnapshot', 'again')!['status']).toMatchObject({ readyToUse: true, restoreSize: '1Gi' });
    expect(objectAt(find('VolumeSnapshot', 'again'), 'status', 'error')).toBeUndefined();
  });

  it.each([
    [
      'no class is',
      [],
      'SetDefaultSnapshotClassFailed: Failed to set default snapshot class with error cannot find default snapshot class',
    ],
    [
      'two classes are',
      [snapshotClass('a'), snapshotClass('b')],
      'SetDefaultSnapshotClassFailed: Failed to set default snapshot class with error 2 default snapshot classes were found',
    ],
  ])('waits where %s the default', (_which, classes, words) => {
    const { later, find, events } = started([
      CLASS,
      claim('data', '1Gi'),
      ...classes,
      snapshot('monday', { persistentVolumeClaimName: 'data' }),
    ]);
    later(30);
    expect(events('VolumeSnapshot')).toContain(words);
    expect(stringAt(find('VolumeSnapshot'), 'status', 'error', 'message')).toBe(words.slice(words.indexOf(': ') + 2));
  });

  it('is not made of a directory', () => {
    const standard = claim('data', '1Gi');
    const { later, events } = started([
      { ...standard, spec: { ...objectAt(standard, 'spec'), storageClassName: 'standard' } },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p' },
        spec: {
          containers: [{ name: 'c', image: 'nginx' }],
          volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
        },
      },
      snapshotClass('daily'),
      snapshot('monday', { persistentVolumeClaimName: 'data' }),
    ]);
    later(120);
    expect(events('VolumeSnapshot')).toContain(
      'SetDefaultSnapshotClassFailed: Failed to set default snapshot class with error snapshotting non-CSI volumes is not supported, snapshot:default/monday',
    );
  });
});

describe('a claim that is made of something', () => {
  it('waits until the snapshot can be used', () => {
    const { later, find, events } = started([
      CLASS,
      claim('data', '1Gi'),
      snapshotClass('daily'),
      claim('restored', '1Gi', FROM),
      snapshot('monday', { persistentVolumeClaimName: 'data' }),
    ]);
    later(90);
    const words = events('PersistentVolumeClaim', 'restored').join('\n');
    expect(words).toContain('by Name monday: snapshot monday not bound');
    expect(words).toContain('by Name monday: snapshot monday is not Ready');
    expect(stringAt(find('PersistentVolumeClaim', 'restored'), 'status', 'phase')).toBe('Bound');
  });

  it('clones another claim, which stays until that is done', () => {
    const { run, later, apply, find, calls } = started([CLASS, claim('data', '1Gi')]);
    later(20);
    apply([claim('copy', '1Gi', { kind: 'PersistentVolumeClaim', name: 'data' })]);
    later(20);
    expect(stringAt(find('PersistentVolumeClaim', 'copy'), 'status', 'phase')).toBe('Bound');
    expect(calls(/CreateVolume/).at(-1)?.detail).toMatchObject({
      volumeId: stringAt(find('PersistentVolumeClaim', 'data'), 'spec', 'volumeName'),
    });
    expect(arrayAt(find('PersistentVolumeClaim', 'data'), 'metadata', 'finalizers')).toContain(
      'provisioner.storage.kubernetes.io/cloning-protection',
    );
    run('delete pvc data --wait=false');
    later(20);
    expect(find('PersistentVolumeClaim', 'data')).toBeUndefined();
  });
});

const definition = ({ apiVersion, kind, metadata, spec }: KubernetesObject): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { ...objectAt({ metadata }, 'metadata') },
  spec: spec!,
});

describe('what a cluster serves', () => {
  it('shows snapshots in the columns of their definitions', () => {
    const { run, later } = started([
      CLASS,
      claim('data', '1Gi'),
      snapshotClass('daily'),
      snapshot('monday', { persistentVolumeClaimName: 'data' }),
    ]);
    later(90);
    const [heads, row] = run('get vs').stdout.split('\n');
    expect(heads?.split(/\s+/)).toEqual([
      'NAME',
      'READYTOUSE',
      'SOURCEPVC',
      'SOURCESNAPSHOTCONTENT',
      'RESTORESIZE',
      'SNAPSHOTCLASS',
      'SNAPSHOTCONTENT',
      'CREATIONTIME',
      'AGE',
    ]);
    expect(row).toMatch(/^monday +true +data +1Gi +daily +snapcontent-\S+ +\d+s +\d+s$/);
    expect(run('get vsc').stdout.split('\n')[1]).toMatch(
      /^snapcontent-\S+ +true +1073741824 +Delete +ebs\.csi\.aws\.com +daily +monday +default +\d+s/,
    );
    expect(run('get vsclass').stdout).toMatch(/daily +ebs\.csi\.aws\.com +Delete/);
    expect(run('describe vs monday').stdout).toMatch(/Ready To Use: +true\n +Restore Size: +1Gi/);
  });

  it('has no definitions of its own where the design brings them, and none at all where nothing asks', () => {
    const brought = SNAPSHOT_DEFINITIONS.map(definition);
    const { said, later, apply, find } = started([...brought, CLASS, claim('data', '1Gi')]);
    expect(said.stderr).toBe('');
    expect(said.stdout).toContain(`customresourcedefinition.apiextensions.k8s.io/volumesnapshots.${GROUP} created`);
    later(10);
    apply([snapshotClass('daily'), snapshot('monday', { persistentVolumeClaimName: 'data' })]);
    later(120);
    expect(find('VolumeSnapshot')!['status']).toMatchObject({ readyToUse: true });
    expect(started([CLASS]).find('CustomResourceDefinition')).toBeUndefined();
  });
});
