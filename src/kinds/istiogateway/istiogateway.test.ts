import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { istioGateway } from './istiogateway.ts';

const everything: KubernetesObject = {
  apiVersion: 'networking.istio.io/v1alpha3',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: 'shop' },
  spec: {
    selector: { istio: 'ingressgateway' },
    servers: [
      { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] },
      {
        port: { number: 443, protocol: 'HTTPS' },
        hosts: ['a.example.com'],
        tls: { mode: 'SIMPLE', credentialName: 'cert' },
      },
    ],
  },
};

test('the proxies of any namespace, and certificates that may be with them', () => {
  expect(referenceLines(istioGateway.references(everything))).toEqual([
    'serviceSelector spec.selector -> pods istio=ingressgateway in all',
    'tls spec.servers[1].tls.credentialName -> Secret/shop/cert optional',
  ]);
});

test('an arrow to the proxies', () => {
  const target: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'g', namespace: 'istio-system' },
  };
  const labels = new Map([
    ['app', 'gw'],
    ['istio', 'egressgateway'],
  ]);
  const template = { labels, spec: {}, labelsPath: [], specPath: [] };
  const [select] = istioGateway.connections!;
  expect(select!.connect(everything, target, template)).toEqual({
    source: [{ op: 'set', path: ['spec', 'selector'], value: { istio: 'egressgateway' } }],
  });
});

test('taking references away leaves the others', () => expectDisconnects(istioGateway, everything));

test('summary', () => {
  expect(istioGateway.summary?.(everything)).toEqual({ fact: '80/HTTP, 443/HTTPS', detail: '*, a.example.com' });
});

test('nothing in an Istio Gateway makes it throw', () => expectTotal(istioGateway, [everything]));
