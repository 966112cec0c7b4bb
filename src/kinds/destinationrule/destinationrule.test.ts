import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { destinationRule } from './destinationrule.ts';

const everything: KubernetesObject = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    host: 'web.shop.svc',
    workloadSelector: { matchLabels: { app: 'client' } },
    trafficPolicy: { tls: { mode: 'MUTUAL', credentialName: 'client-cert' } },
    subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2' }],
  },
};

test('the Service, the clients it holds for, and their certificate', () => {
  expect(referenceLines(destinationRule.references(everything))).toEqual([
    'policyTarget spec.host -> Service/shop/web as {name}.{namespace}.svc',
    'policySelector spec.workloadSelector -> pods app=client in shop',
    'tls spec.trafficPolicy.tls.credentialName -> Secret/shop/client-cert',
  ]);
});

test('an arrow to a Service of another namespace writes its full name', () => {
  const service: KubernetesObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'x' } };
  const [apply] = destinationRule.connections!;
  expect(apply!.connect(everything, service)).toEqual({
    source: [{ op: 'set', path: ['spec', 'host'], value: 'api.x.svc.cluster.local' }],
  });
  const same: KubernetesObject = { ...service, metadata: { name: 'web', namespace: 'shop' } };
  expect(apply!.connect(everything, same)).toEqual({ refused: 'connect.already' });
});

test('taking references away leaves the others', () => expectDisconnects(destinationRule, everything));

test('summary', () =>
  expect(destinationRule.summary?.(everything)).toEqual({ fact: 'web.shop.svc', detail: 'v1, v2' }));

test('nothing in a DestinationRule makes it throw', () => expectTotal(destinationRule, [everything]));
