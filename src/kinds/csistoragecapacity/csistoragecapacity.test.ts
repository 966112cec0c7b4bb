import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { csiStorageCapacity } from './csistoragecapacity.ts';

const sample = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSIStorageCapacity',
  metadata: { name: 'c', namespace: 'storage' },
  storageClassName: 'fast',
  capacity: '100Gi',
  nodeTopology: { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] },
};

test('says what it is', () => expectIdentity(csiStorageCapacity));

test('points at its class and Nodes', () =>
  expect(referenceLines(csiStorageCapacity.references(sample))).toEqual([
    'storageClass storageClassName -> StorageClass.storage.k8s.io//fast',
    'nodeAffinity nodeTopology -> Node zone in (a) in all',
  ]));

test('without a topology no Node has room', () =>
  expect(csiStorageCapacity.references({ ...sample, nodeTopology: undefined })).toHaveLength(1));

test('the topology can be taken away', () => expectDisconnects(csiStorageCapacity, sample));

test('shows the room', () => expect(csiStorageCapacity.summary?.(sample)).toEqual({ fact: '100Gi' }));

test('reads anything', () => expectTotal(csiStorageCapacity, [sample]));
