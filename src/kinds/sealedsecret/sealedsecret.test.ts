import { expect, test } from 'vitest';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { sealedSecret } from './sealedsecret.ts';

const sample = {
  apiVersion: 'bitnami.com/v1alpha1',
  kind: 'SealedSecret',
  metadata: { name: 'db', namespace: 'shop' },
  spec: { encryptedData: { a: 'Ag', b: 'Ag' }, template: { type: 'kubernetes.io/tls', metadata: { name: 'other' } } },
};

test('says what it is', () => expectIdentity(sealedSecret));

test('makes a Secret of its own name', () =>
  expect(sealedSecret.makes?.(sample)).toEqual([{ group: '', kind: 'Secret', namespace: 'shop', name: 'db' }]));

test('shows type and number of entries', () =>
  expect(sealedSecret.summary?.(sample)).toEqual({ fact: 'kubernetes.io/tls', detail: 'encryptedData 2' }));

test('reads anything', () => expectTotal(sealedSecret, [sample]));
