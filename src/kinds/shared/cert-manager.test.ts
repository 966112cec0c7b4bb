import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { issuerDefinition } from './cert-manager.ts';
import { expectTotal } from './testing/expect-total.ts';
import { referenceLines } from './testing/reference-text.ts';

const issuer = issuerDefinition('Issuer');
const clusterIssuer = issuerDefinition('ClusterIssuer');

const acme = (kind: string): KubernetesObject => ({
  apiVersion: 'cert-manager.io/v1',
  kind,
  metadata: { name: 'le', ...(kind === 'Issuer' && { namespace: 'shop' }) },
  spec: {
    acme: {
      server: 'https://acme-v02.api.letsencrypt.org/directory',
      privateKeySecretRef: { name: 'account' },
      solvers: [
        { dns01: { cloudflare: { apiTokenSecretRef: { name: 'dns', key: 'token' } } } },
        { http01: { ingress: { ingressClassName: 'nginx' } } },
        { http01: { gatewayHTTPRoute: { parentRefs: [{ name: 'edge', namespace: 'infra' }] } } },
      ],
    },
  },
});

test('rule 63: Secrets of an Issuer are beside it, those of a ClusterIssuer with cert-manager', () => {
  expect(referenceLines(issuer.references(acme('Issuer')))).toEqual([
    'secretReference spec.acme.privateKeySecretRef.name -> Secret/shop/account optional',
    'secretReference spec.acme.solvers[0].dns01.cloudflare.apiTokenSecretRef.name -> Secret/shop/dns key=token',
    'class spec.acme.solvers[1].http01.ingress.ingressClassName -> IngressClass.networking.k8s.io//nginx',
    'parent spec.acme.solvers[2].http01.gatewayHTTPRoute.parentRefs[0].name -> Gateway.gateway.networking.k8s.io/infra/edge',
  ]);
  expect(referenceLines(clusterIssuer.references(acme('ClusterIssuer')))[1]).toContain('Secret/cert-manager/dns');
  const ca: KubernetesObject = { ...issuer.newObject('ca', 'shop'), spec: { ca: { secretName: 'root' } } };
  expect(referenceLines(issuer.references(ca))).toEqual(['secretReference spec.ca.secretName -> Secret/shop/root']);
});

test('summary', () => {
  expect(issuer.summary?.(acme('Issuer'))).toEqual({ fact: 'acme', detail: 'acme-v02.api.letsencrypt.org' });
  expect(issuer.summary?.(issuer.newObject('a'))).toEqual({ fact: 'selfSigned' });
});

test('nothing in an issuer makes it throw', () => {
  expectTotal(issuer, [acme('Issuer')]);
  expectTotal(clusterIssuer, [acme('ClusterIssuer')]);
});
