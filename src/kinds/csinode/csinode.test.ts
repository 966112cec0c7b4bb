import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { csiNode } from './csinode.ts';

const sample = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSINode',
  metadata: { name: 'w1' },
  spec: {
    drivers: [
      { name: 'csi.example.com', nodeID: 'w1' },
      { name: 'nfs.example.com', nodeID: 'w1' },
    ],
  },
};

test('says what it is', () => expectIdentity(csiNode));

test('is of the Node whose name it bears, and of the drivers there', () =>
  expect(referenceLines(csiNode.references(sample))).toEqual([
    'node metadata.name -> Node//w1',
    'csiDriver spec.drivers[0].name -> CSIDriver.storage.k8s.io//csi.example.com',
    'csiDriver spec.drivers[1].name -> CSIDriver.storage.k8s.io//nfs.example.com',
  ]));

test('each driver can be taken away alone', () => expectDisconnects(csiNode, sample));

test('shows its drivers', () =>
  expect(csiNode.summary?.(sample)).toEqual({ fact: 'csi.example.com, nfs.example.com' }));

test('reads anything', () => expectTotal(csiNode, [sample]));
