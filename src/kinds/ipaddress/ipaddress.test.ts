import { IPAddress } from 'kubernetes-models/networking.k8s.io/v1/IPAddress';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { ipAddress } from './ipaddress.ts';

test('the Service that has the address', () => {
  expect(referenceLines(ipAddress.references(ipAddress.newObject('10.96.0.1')))).toEqual([
    'address spec.parentRef.name -> Service/default/kubernetes namespace at spec.parentRef.namespace',
  ]);
});

test('the name is an address, whatever is asked for', () => {
  expect(ipAddress.newObject('web')['metadata']).toEqual({ name: '10.96.0.1' });
  expect(ipAddress.newObject('fd00::1')['metadata']).toEqual({ name: 'fd00::1' });
});

test('nothing in an IPAddress makes it throw', () => expectTotal(ipAddress, [ipAddress.newObject('10.96.0.1')]));

test('the schema accepts a new one', () => expectAccepted(IPAddress, ipAddress.newObject('web')));
