import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { lease } from './lease.ts';

const held = (namespace: string, holderIdentity: string) => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'w1', namespace },
  spec: { holderIdentity },
});

test('says what it is', () => expectIdentity(lease));

test('a heartbeat is of the Node that holds it', () => {
  expect(referenceLines(lease.references(held('kube-node-lease', 'w1')))).toEqual([
    'node spec.holderIdentity -> Node//w1',
  ]);
  expectDisconnects(lease, held('kube-node-lease', 'w1'));
});

test('the holder of any other lease is no Node', () =>
  expect(lease.references(held('kube-system', 'kube-scheduler-w1_0f3a'))).toEqual([]));

test('shows its holder', () => expect(lease.summary?.(held('shop', 'web-1'))).toEqual({ fact: 'web-1' }));

test('reads anything', () => expectTotal(lease, [held('kube-node-lease', 'w1')]));
