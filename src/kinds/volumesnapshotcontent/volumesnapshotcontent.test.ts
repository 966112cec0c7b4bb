import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { volumeSnapshotContent } from './volumesnapshotcontent.ts';

const GROUP = 'snapshot.storage.k8s.io';
const NAME = 'snapshot.storage.kubernetes.io/deletion-secret-name';
const NAMESPACE = 'snapshot.storage.kubernetes.io/deletion-secret-namespace';
const sample = {
  apiVersion: `${GROUP}/v1`,
  kind: 'VolumeSnapshotContent',
  metadata: { name: 'content-1', annotations: { [NAME]: 'key', [NAMESPACE]: 'storage' } },
  spec: {
    driver: 'csi.example.com',
    deletionPolicy: 'Retain',
    volumeSnapshotClassName: 'daily',
    volumeSnapshotRef: { name: 'monday', namespace: 'shop', uid: 'u1' },
  },
};

test('says what it is', () => expectIdentity(volumeSnapshotContent));

test('points at its snapshot, class, driver and Secret', () => {
  const references = volumeSnapshotContent.references(sample);
  expect(referenceLines(references)).toEqual([
    `snapshot spec.volumeSnapshotRef.name -> VolumeSnapshot.${GROUP}/shop/monday namespace at spec.volumeSnapshotRef.namespace`,
    `class spec.volumeSnapshotClassName -> VolumeSnapshotClass.${GROUP}//daily`,
    'csiDriver spec.driver -> CSIDriver.storage.k8s.io//csi.example.com',
    `secretReference metadata.annotations[${NAME}] -> Secret/storage/key namespace at metadata.annotations[${NAMESPACE}]`,
  ]);
  expect(references[0]?.target).toMatchObject({ uid: 'u1' });
});

test('class and Secret can be taken away', () => expectDisconnects(volumeSnapshotContent, sample));

test('shows driver and policy', () =>
  expect(volumeSnapshotContent.summary?.(sample)).toEqual({ fact: 'csi.example.com', detail: 'Retain' }));

test('reads anything', () => expectTotal(volumeSnapshotContent, [sample]));
