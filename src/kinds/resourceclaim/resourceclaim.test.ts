import { describe, expect, test } from 'vitest';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { resourceClaim } from './resourceclaim.ts';

const claim = (version: string, spec: object, status?: object) => ({
  apiVersion: `resource.k8s.io/${version}`,
  kind: 'ResourceClaim',
  metadata: { name: 'gpu', namespace: 'shop' },
  spec: { ...spec },
  ...(status && { status: { ...status } }),
});
const today = claim(
  'v1',
  {
    devices: {
      requests: [
        { name: 'gpu', exactly: { deviceClassName: 'gpu.example.com', count: 2 } },
        {
          name: 'nic',
          firstAvailable: [
            { name: 'fast', deviceClassName: 'fast.example.com' },
            { name: 'slow', deviceClassName: 'slow.example.com' },
          ],
        },
      ],
    },
  },
  {
    allocation: {
      nodeSelector: {
        nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['w1'] }] }],
      },
    },
    reservedFor: [
      { resource: 'pods', name: 'web-1', uid: 'u1' },
      { resource: 'widgets', name: 'x' },
    ],
  },
);

test('says what it is', () => expectIdentity(resourceClaim));

test('points at classes, and at Nodes and Pods once it is allocated', () =>
  expect(referenceLines(resourceClaim.references(today))).toEqual([
    'deviceClass spec.devices.requests[0].exactly.deviceClassName -> DeviceClass.resource.k8s.io//gpu.example.com',
    'deviceClass spec.devices.requests[1].firstAvailable[0].deviceClassName -> DeviceClass.resource.k8s.io//fast.example.com',
    'deviceClass spec.devices.requests[1].firstAvailable[1].deviceClassName -> DeviceClass.resource.k8s.io//slow.example.com',
    'nodeAffinity status.allocation.nodeSelector.nodeSelectorTerms -> Node <none> fields metadata.name in (w1) in all',
    'attachment status.reservedFor[0].name -> Pod/shop/web-1 optional',
  ]));

test.each([
  [
    'v1beta1',
    { devices: { requests: [{ name: 'gpu', deviceClassName: 'gpu.example.com' }] } },
    ['deviceClass spec.devices.requests[0].deviceClassName -> DeviceClass.resource.k8s.io//gpu.example.com'],
  ],
  [
    'v1alpha2',
    { resourceClassName: 'gpu', parametersRef: { apiGroup: 'gpu.example.com', kind: 'GpuParameters', name: 'big' } },
    [
      'class spec.resourceClassName -> ResourceClass.resource.k8s.io//gpu',
      'parameters spec.parametersRef.name -> GpuParameters.gpu.example.com/shop/big',
    ],
  ],
])('the shape of %s', (version, spec, lines) =>
  expect(referenceLines(resourceClaim.references(claim(version, spec)))).toEqual(lines),
);

describe('an arrow to a class', () => {
  const [connection] = resourceClaim.connections!;
  const target = (name: string) => ({ apiVersion: 'resource.k8s.io/v1', kind: 'DeviceClass', metadata: { name } });

  test('asks for one device of it', () =>
    expect(connected(today, connection!.connect(today, target('tpu')))).toMatchObject({
      spec: { devices: { requests: [{}, {}, { name: 'device', exactly: { deviceClassName: 'tpu' } }] } },
    }));
  test('in the shape of its version, under a free name', () => {
    const older = claim('v1beta1', { devices: { requests: [{ name: 'device', deviceClassName: 'a' }] } });
    expect(connected(older, connection!.connect(older, target('tpu')))).toMatchObject({
      spec: { devices: { requests: [{}, { name: 'device-2', deviceClassName: 'tpu' }] } },
    });
  });
  test('that it asks for already', () =>
    expect(connection!.connect(today, target('slow.example.com'))).toEqual({ refused: 'connect.already' }));
});

describe('taking away', () => {
  test('each class alone', () => expectDisconnects(resourceClaim, today));
  test('the last request is refused', () => {
    const object = claim('v1', { devices: { requests: [{ name: 'a', exactly: { deviceClassName: 'b' } }] } });
    expect(applyEdits(object, resourceClaim.disconnect!(object, resourceClaim.references(object)[0]!))).toBe(
      'refused: disconnect.required',
    );
  });
});

test('shows what it asks for', () =>
  expect(resourceClaim.summary?.(today)).toEqual({ fact: 'gpu.example.com ×2, fast.example.com | slow.example.com' }));

test('reads anything', () => expectTotal(resourceClaim, [today]));
