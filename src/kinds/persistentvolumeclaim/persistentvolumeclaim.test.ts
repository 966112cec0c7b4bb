import { describe, expect, test } from 'vitest';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { persistentVolumeClaim } from './persistentvolumeclaim.ts';

const data = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {
    name: 'data',
    namespace: 'shop',
    annotations: {
      'volume.beta.kubernetes.io/storage-class': 'older',
      'volume.kubernetes.io/selected-node': 'w1',
      'volume.beta.kubernetes.io/storage-provisioner': 'older.example.com',
      'volume.kubernetes.io/storage-provisioner': 'csi.example.com',
    },
  },
  spec: {
    accessModes: ['ReadWriteMany', 'ReadWriteOnce'],
    resources: { requests: { storage: '20Gi' } },
    storageClassName: 'fast',
    volumeName: 'pv-1',
    volumeAttributesClassName: 'gold',
    dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'monday', namespace: 'backup' },
  },
};

test('says what it is', () => expectIdentity(persistentVolumeClaim));

test('points at its class, volume, source and more', () =>
  expect(referenceLines(persistentVolumeClaim.references(data))).toEqual([
    'storageClass spec.storageClassName -> StorageClass.storage.k8s.io//fast',
    'volumeAttributesClass spec.volumeAttributesClassName -> VolumeAttributesClass.storage.k8s.io//gold',
    'boundVolume spec.volumeName -> PersistentVolume//pv-1',
    'dataSource spec.dataSourceRef.name -> VolumeSnapshot.snapshot.storage.k8s.io/backup/monday namespace at spec.dataSourceRef.namespace',
    'storageClass metadata.annotations[volume.beta.kubernetes.io/storage-class] -> StorageClass.storage.k8s.io//older',
    'node metadata.annotations[volume.kubernetes.io/selected-node] -> Node//w1',
    'csiDriver metadata.annotations[volume.kubernetes.io/storage-provisioner] -> CSIDriver.storage.k8s.io//csi.example.com',
    'csiDriver metadata.annotations[volume.beta.kubernetes.io/storage-provisioner] -> CSIDriver.storage.k8s.io//older.example.com',
  ]));

test.each([
  ['', []],
  ['fast', ['storageClass spec.storageClassName -> StorageClass.storage.k8s.io//fast']],
])('class %j', (storageClassName, lines) =>
  expect(
    referenceLines(persistentVolumeClaim.references({ ...data, metadata: {}, spec: { storageClassName } })),
  ).toEqual(lines),
);

describe('arrows', () => {
  const claim = persistentVolumeClaim.newObject('data', 'shop');
  const target = (kind: string, metadata: object, spec = {}) => ({
    apiVersion: 'v1',
    kind,
    metadata: { ...metadata },
    spec,
  });
  const connect = (to: ReturnType<typeof target>, source = claim) => {
    const connection = persistentVolumeClaim.connections!.find(
      (known) => known.to !== 'podTemplate' && known.to.kind === to.kind,
    );
    return connected(source, connection!.connect(source, to));
  };

  test('to a class', () => {
    expect(connect(target('StorageClass', { name: 'fast' }))).toMatchObject({ spec: { storageClassName: 'fast' } });
    expect(connect(target('StorageClass', { name: 'fast' }), data)).toBe('refused: connect.already');
  });

  test.each([
    ['with a class', { storageClassName: 'manual' }, 'manual'],
    ['without one', {}, ''],
  ])('to a volume %s', (_, spec, storageClassName) => {
    const volume = target('PersistentVolume', { name: 'pv-9' }, spec);
    expect(connect(volume)).toMatchObject({ spec: { volumeName: 'pv-9', storageClassName } });
  });

  test('to a snapshot', () => {
    const snapshot = target('VolumeSnapshot', { name: 'monday', namespace: 'shop' });
    const dataSource = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'monday' };
    const once = connect(snapshot);
    expect(once).toMatchObject({ spec: { dataSource } });
    expect(connect(snapshot, once as typeof claim)).toBe('refused: connect.already');
  });

  test('to a snapshot of another namespace', () =>
    expect(connect(target('VolumeSnapshot', { name: 'monday' }))).toBe('refused: connect.otherNamespace'));

  test('to another claim copies its volume, and takes the place of another source', () => {
    const spec = { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'old' } };
    const result = connect(target('PersistentVolumeClaim', { name: 'origin', namespace: 'shop' }), { ...claim, spec });
    expect(result).toMatchObject({ spec: { dataSource: { kind: 'PersistentVolumeClaim', name: 'origin' } } });
    expect(result).not.toHaveProperty('spec.dataSourceRef');
  });

  test('to itself', () => expect(connect(claim as never)).toBe('refused: connect.noMeaning'));
});

describe('taking away', () => {
  test('each reference alone', () => expectDisconnects(persistentVolumeClaim, data));
  test('a source takes its copy along', () => {
    const source = { kind: 'PersistentVolumeClaim', name: 'origin' };
    const object = { ...data, metadata: {}, spec: { volumeMode: 'Block', dataSource: source, dataSourceRef: source } };
    const [first] = persistentVolumeClaim.references(object);
    expect(applyEdits(object, persistentVolumeClaim.disconnect!(object, first!))).toMatchObject({
      spec: { volumeMode: 'Block' },
    });
    expect(applyEdits(object, persistentVolumeClaim.disconnect!(object, first!))).not.toHaveProperty(
      'spec.dataSourceRef',
    );
  });
});

test('shows size and access modes in the order of kubectl', () =>
  expect(persistentVolumeClaim.summary?.(data)).toEqual({ fact: '20Gi · RWO,RWX' }));

test('reads anything', () => expectTotal(persistentVolumeClaim, [data]));
