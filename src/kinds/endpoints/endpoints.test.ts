import { Endpoints } from 'kubernetes-models/v1/Endpoints';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { endpoints } from './endpoints.ts';

const everything: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'web', namespace: 'shop' },
  subsets: [
    {
      addresses: [
        { ip: '10.0.0.1', nodeName: 'n1', targetRef: { kind: 'Pod', name: 'web-0', namespace: 'shop' } },
        { ip: '192.0.2.10' },
      ],
      notReadyAddresses: [{ ip: '10.0.0.2', targetRef: { kind: 'Pod', name: 'web-1' } }],
      ports: [{ port: 8080 }],
    },
  ],
};

test('rules 37 and 38: the Service of the same name, the Pods behind, and addresses outside', () => {
  expect(referenceLines(endpoints.references(everything))).toEqual([
    'endpointsOf metadata.name -> Service/shop/web',
    'endpoint subsets[0].addresses[0].targetRef.name -> Pod/shop/web-0 namespace at subsets[0].addresses[0].targetRef.namespace',
    'node subsets[0].addresses[0].nodeName -> Node//n1',
    'endpoint subsets[0].addresses[1].ip -> address 192.0.2.10',
    'endpoint subsets[0].notReadyAddresses[0].targetRef.name -> Pod/shop/web-1',
  ]);
});

test('a lock of leader election needs no Service', () => {
  const lock: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'lock', annotations: { 'control-plane.alpha.kubernetes.io/leader': '{}' } },
  };
  expect(referenceLines(endpoints.references(lock))).toEqual([
    'endpointsOf metadata.name -> Service/default/lock optional',
  ]);
});

test('taking references away leaves the others', () => expectDisconnects(endpoints, { ...everything, metadata: {} }));

test('summary', () => {
  expect(endpoints.summary?.(everything)).toEqual({ fact: '10.0.0.1, 192.0.2.10' });
  expect(endpoints.summary?.(endpoints.newObject('web'))).toEqual({ fact: '<none>' });
});

test('nothing in Endpoints makes it throw', () => expectTotal(endpoints, [everything]));

test('the schema accepts a new one', () => expectAccepted(Endpoints, endpoints.newObject('web')));
