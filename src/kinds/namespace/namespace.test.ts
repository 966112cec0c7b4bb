import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { namespace } from './namespace.ts';

const shop = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'shop',
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    annotations: { 'scheduler.alpha.kubernetes.io/node-selector': 'env=prod,disk=ssd' },
  },
};

test('says what it is', () => expectIdentity(namespace));

test('may keep its Pods on some Nodes', () => {
  expect(referenceLines(namespace.references(shop))).toEqual([
    'nodeSelector metadata.annotations[scheduler.alpha.kubernetes.io/node-selector] -> Node disk=ssd,env=prod in all',
  ]);
  expectDisconnects(namespace, shop);
});

test.each(['', '=,=', '(('])('a node selector that says nothing: %j', (text) => {
  const annotations = { 'scheduler.alpha.kubernetes.io/node-selector': text };
  expect(namespace.references({ ...shop, metadata: { annotations } })).toEqual([]);
});

test('shows its Pod Security level', () => {
  expect(namespace.summary?.(shop)).toEqual({ fact: 'restricted' });
  expect(namespace.summary?.({ apiVersion: 'v1', kind: 'Namespace' })).toEqual({});
});

test('reads anything', () => expectTotal(namespace, [shop]));
