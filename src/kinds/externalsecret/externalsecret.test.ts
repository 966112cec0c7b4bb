import { expect, test } from 'vitest';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { externalSecret } from './externalsecret.ts';

const sample = (spec: object) => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: 'db', namespace: 'shop' },
  spec: { ...spec },
});
const full = sample({
  secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
  data: [{ secretKey: 'a', sourceRef: { storeRef: { name: 'local' } } }],
  dataFrom: [
    {
      sourceRef: {
        generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'pw' },
      },
    },
  ],
});

test('says what it is', () => expectIdentity(externalSecret));

test('points at stores and generators, which may be unknown', () =>
  expect(referenceLines(externalSecret.references(full))).toEqual([
    'custom spec.secretStoreRef.name -> ClusterSecretStore.external-secrets.io//vault optional',
    'custom spec.data[0].sourceRef.storeRef.name -> SecretStore.external-secrets.io/shop/local optional',
    'custom spec.dataFrom[0].sourceRef.generatorRef.name -> Password.generators.external-secrets.io/shop/pw optional',
  ]));

test.each([
  ['of its own name', {}, ['db']],
  ['of the name of the target', { target: { name: 'db-login' } }, ['db-login']],
  ['not where it fills a Secret of somebody else', { target: { creationPolicy: 'Merge' } }, []],
  ['not where nothing is made', { target: { creationPolicy: 'None' } }, []],
])('makes a Secret %s', (_, spec, names) =>
  expect(externalSecret.makes?.(sample(spec))).toEqual(
    names.map((name) => ({ group: '', kind: 'Secret', namespace: 'shop', name })),
  ),
);

test('reads anything', () => expectTotal(externalSecret, [full]));
