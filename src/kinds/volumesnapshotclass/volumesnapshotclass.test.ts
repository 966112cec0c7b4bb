import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { volumeSnapshotClass } from './volumesnapshotclass.ts';

const sample = {
  ...volumeSnapshotClass.newObject('daily'),
  parameters: {
    'csi.storage.k8s.io/snapshotter-secret-name': 'key',
    'csi.storage.k8s.io/snapshotter-secret-namespace': 'storage',
  },
};

test('says what it is', () => expectIdentity(volumeSnapshotClass));

test('points at its driver and Secret', () =>
  expect(referenceLines(volumeSnapshotClass.references(sample))).toEqual([
    'csiDriver driver -> CSIDriver.storage.k8s.io//csi.example.com',
    'secretReference parameters[csi.storage.k8s.io/snapshotter-secret-name] -> Secret/storage/key namespace at parameters[csi.storage.k8s.io/snapshotter-secret-namespace]',
  ]));

test('the Secret can be taken away', () => expectDisconnects(volumeSnapshotClass, sample));

test('shows driver and policy', () =>
  expect(volumeSnapshotClass.summary?.(sample)).toEqual({ fact: 'csi.example.com', detail: 'Delete' }));

test('reads anything', () => expectTotal(volumeSnapshotClass, [sample]));
