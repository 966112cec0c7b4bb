import { expect, test } from 'vitest';
import { connected } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { volumeSnapshot } from './volumesnapshot.ts';

const GROUP = 'snapshot.storage.k8s.io';
const snapshot = (version: string, spec: object, status?: object) => ({
  apiVersion: `${GROUP}/${version}`,
  kind: 'VolumeSnapshot',
  metadata: { name: 'monday', namespace: 'shop' },
  spec: { ...spec },
  ...(status && { status: { ...status } }),
});
const today = snapshot(
  'v1',
  { volumeSnapshotClassName: 'daily', source: { persistentVolumeClaimName: 'data' } },
  { boundVolumeSnapshotContentName: 'content-1', readyToUse: true, restoreSize: '10Gi' },
);

test('says what it is', () => expectIdentity(volumeSnapshot));

test.each([
  [
    'v1',
    today,
    [
      'snapshot spec.source.persistentVolumeClaimName -> PersistentVolumeClaim/shop/data',
      `snapshot status.boundVolumeSnapshotContentName -> VolumeSnapshotContent.${GROUP}//content-1`,
      `class spec.volumeSnapshotClassName -> VolumeSnapshotClass.${GROUP}//daily`,
    ],
  ],
  [
    'v1alpha1',
    snapshot('v1alpha1', { snapshotClassName: 'daily', source: { kind: 'PersistentVolumeClaim', name: 'data' } }),
    [
      'snapshot spec.source.name -> PersistentVolumeClaim/shop/data',
      `class spec.snapshotClassName -> VolumeSnapshotClass.${GROUP}//daily`,
    ],
  ],
])('the shape of %s', (_, object, lines) => expect(referenceLines(volumeSnapshot.references(object))).toEqual(lines));

test('an arrow to a claim is of its volume', () => {
  const claim = (namespace: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'db', namespace },
  });
  const [snapshotOf] = volumeSnapshot.connections!;
  expect(connected(today, snapshotOf!.connect(today, claim('shop')))).toMatchObject({
    spec: { source: { persistentVolumeClaimName: 'db' } },
  });
  expect(connected(today, snapshotOf!.connect(today, claim('ci')))).toBe('refused: connect.otherNamespace');
});

test('each reference but the source can be taken away', () => expectDisconnects(volumeSnapshot, today));

test('shows size and readiness', () =>
  expect(volumeSnapshot.summary?.(today)).toEqual({ fact: '10Gi', detail: 'readyToUse' }));

test('reads anything', () => expectTotal(volumeSnapshot, [today]));
