import { ReferenceGrant } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/ReferenceGrant';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { referenceGrant } from './referencegrant.ts';

const everything: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { name: 'g', namespace: 'backends' },
  spec: {
    from: [
      { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' },
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'infra' },
    ],
    to: [
      { group: '', kind: 'Service', name: 'api' },
      { group: '', kind: 'Secret' },
    ],
  },
};

test('rule 46: who may point, and at what', () => {
  expect(referenceLines(referenceGrant.references(everything))).toEqual([
    'grant spec.from[0] -> HTTPRoute.gateway.networking.k8s.io <none> in shop namespace at spec.from[0].namespace',
    'grant spec.from[1] -> Gateway.gateway.networking.k8s.io <none> in infra namespace at spec.from[1].namespace',
    'grant spec.to[0].name -> Service/backends/api',
    'grant spec.to[1] -> Secret <none> in backends',
  ]);
});

test('summary', () =>
  expect(referenceGrant.summary?.(everything)).toEqual({ fact: 'HTTPRoute, Gateway', detail: 'Service, Secret' }));

test('taking references away leaves the others', () => expectDisconnects(referenceGrant, everything));

test('nothing in a ReferenceGrant makes it throw', () => expectTotal(referenceGrant, [everything]));

test('the schema accepts a new one', () => expectAccepted(ReferenceGrant, referenceGrant.newObject('web')));
