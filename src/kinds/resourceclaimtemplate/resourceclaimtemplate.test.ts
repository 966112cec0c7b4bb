import { expect, test } from 'vitest';
import { connected } from '../shared/testing/apply-edits.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { resourceClaimTemplate } from './resourceclaimtemplate.ts';

const sample = resourceClaimTemplate.newObject('gpu', 'shop');

test('says what it is', () => expectIdentity(resourceClaimTemplate));

test('points at the classes of the claims it makes', () => {
  expect(referenceLines(resourceClaimTemplate.references(sample))).toEqual([
    'deviceClass spec.spec.devices.requests[0].exactly.deviceClassName -> DeviceClass.resource.k8s.io//device.example.com',
  ]);
  expect(resourceClaimTemplate.summary?.(sample)).toEqual({ fact: 'device.example.com' });
});

test('an arrow to a class asks for one device of it', () => {
  const target = { apiVersion: 'resource.k8s.io/v1', kind: 'DeviceClass', metadata: { name: 'tpu' } };
  expect(connected(sample, resourceClaimTemplate.connections![0]!.connect(sample, target))).toMatchObject({
    spec: { spec: { devices: { requests: [{}, { name: 'device-2', exactly: { deviceClassName: 'tpu' } }] } } },
  });
});

test('reads anything', () => expectTotal(resourceClaimTemplate, [sample]));
