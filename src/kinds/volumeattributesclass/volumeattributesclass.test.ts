import { expect, test } from 'vitest';
import { connected } from '../shared/testing/apply-edits.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { volumeAttributesClass } from './volumeattributesclass.ts';

const sample = volumeAttributesClass.newObject('gold');

test('says what it is', () => expectIdentity(volumeAttributesClass));

test('points at its driver', () =>
  expect(referenceLines(volumeAttributesClass.references(sample))).toEqual([
    'csiDriver driverName -> CSIDriver.storage.k8s.io//csi.example.com',
  ]));

test('an arrow to a driver names it', () => {
  const driver = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'other.example.com' } };
  expect(connected(sample, volumeAttributesClass.connections![0]!.connect(sample, driver))).toMatchObject({
    driverName: 'other.example.com',
  });
});

test('reads anything', () => expectTotal(volumeAttributesClass, [sample]));
