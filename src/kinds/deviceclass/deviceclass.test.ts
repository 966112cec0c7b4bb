import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { deviceClass } from './deviceclass.ts';

const sample = {
  apiVersion: 'resource.k8s.io/v1alpha3',
  kind: 'DeviceClass',
  metadata: { name: 'gpu' },
  spec: {
    extendedResourceName: 'example.com/gpu',
    selectors: [{ cel: { expression: 'true' } }],
    suitableNodes: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }] },
  },
};

test('says what it is', () => expectIdentity(deviceClass));

test('named Nodes once', () => {
  expect(referenceLines(deviceClass.references(sample))).toEqual([
    'nodeAffinity spec.suitableNodes.nodeSelectorTerms -> Node gpu in all',
  ]);
  expectDisconnects(deviceClass, sample);
});

test('shows its resource and selector', () =>
  expect(deviceClass.summary?.(sample)).toEqual({ fact: 'example.com/gpu', detail: 'true' }));

test('reads anything', () => expectTotal(deviceClass, [sample]));
