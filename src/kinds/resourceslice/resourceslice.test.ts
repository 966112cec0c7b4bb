import { expect, test } from 'vitest';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { resourceSlice } from './resourceslice.ts';

const slice = (fields: object) => ({ apiVersion: 'resource.k8s.io/v1', kind: 'ResourceSlice', ...fields });
const nodeSelector = { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }] };

test('says what it is', () => expectIdentity(resourceSlice));

test.each([
  ['one Node', { spec: { nodeName: 'w1' } }, ['node spec.nodeName -> Node//w1']],
  [
    'some Nodes',
    { spec: { nodeSelector } },
    ['nodeAffinity spec.nodeSelector.nodeSelectorTerms -> Node zone in (a) in all'],
  ],
  [
    'Nodes device by device',
    {
      spec: {
        devices: [
          { name: 'a', nodeName: 'w1' },
          { name: 'b', basic: { nodeSelector } },
        ],
      },
    },
    [
      'node spec.devices[0].nodeName -> Node//w1',
      'nodeAffinity spec.devices[1].basic.nodeSelector.nodeSelectorTerms -> Node zone in (a) in all',
    ],
  ],
  ['one Node, in v1alpha2', { nodeName: 'w1', driverName: 'x' }, ['node nodeName -> Node//w1']],
  ['all Nodes', { spec: { allNodes: true } }, []],
])('%s', (_, fields, lines) => expect(referenceLines(resourceSlice.references(slice(fields)))).toEqual(lines));

test('shows devices and driver', () =>
  expect(resourceSlice.summary?.(resourceSlice.newObject('s'))).toEqual({
    fact: 'devices 1',
    detail: 'device.example.com',
  }));

test('reads anything', () =>
  expectTotal(resourceSlice, [slice({ spec: { nodeName: 'w1', nodeSelector, devices: [{ nodeName: 'a' }] } })]));
