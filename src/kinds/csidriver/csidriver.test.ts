import { expect, test } from 'vitest';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { csiDriver } from './csidriver.ts';

const sample = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSIDriver',
  spec: { volumeLifecycleModes: ['Persistent', 'Ephemeral'] },
};

test('says what it is', () => expectIdentity(csiDriver));

test('shows its modes, Persistent where none are written', () => {
  expect(csiDriver.summary?.(sample)).toEqual({ fact: 'Persistent, Ephemeral' });
  expect(csiDriver.summary?.({ ...sample, spec: {} })).toEqual({ fact: 'Persistent' });
});

test('reads anything', () => expectTotal(csiDriver, [sample]));
