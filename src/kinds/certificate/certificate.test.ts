import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { certificate } from './certificate.ts';

const everything: KubernetesObject = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    secretName: 'web-tls',
    dnsNames: ['a.example.com', 'b.example.com'],
    issuerRef: { name: 'le', kind: 'ClusterIssuer' },
    keystores: { jks: { create: true, passwordSecretRef: { name: 'pw', key: 'password' } } },
  },
};

test('rule 63: who signs, and the Secret that will be there', () => {
  expect(referenceLines(certificate.references(everything))).toEqual([
    'custom spec.issuerRef.name -> ClusterIssuer.cert-manager.io//le',
    'tls spec.secretName -> Secret/shop/web-tls optional',
    'secretReference spec.keystores.jks.passwordSecretRef.name -> Secret/shop/pw key=password',
  ]);
  expect(certificate.makes?.(everything)).toEqual([{ group: '', kind: 'Secret', namespace: 'shop', name: 'web-tls' }]);
  expect(referenceLines(certificate.references(certificate.newObject('web')))[0]).toBe(
    'custom spec.issuerRef.name -> Issuer.cert-manager.io/default/selfsigned',
  );
});

test('summary', () =>
  expect(certificate.summary?.(everything)).toEqual({ fact: 'a.example.com, b.example.com', detail: 'le' }));

test('nothing in a Certificate makes it throw', () => expectTotal(certificate, [everything]));
