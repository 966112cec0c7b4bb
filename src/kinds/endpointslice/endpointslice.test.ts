import { EndpointSlice } from 'kubernetes-models/discovery.k8s.io/v1/EndpointSlice';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { connected } from '../shared/testing/apply-edits.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { endpointSlice } from './endpointslice.ts';

const everything: KubernetesObject = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'web-abc', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
  addressType: 'IPv4',
  endpoints: [
    { addresses: ['10.0.0.1'], nodeName: 'n1', targetRef: { kind: 'Pod', name: 'web-0', namespace: 'shop' } },
    { addresses: ['192.0.2.1', '192.0.2.2'] },
    {
      addresses: ['10.0.0.3'],
      targetRef: { kind: 'Pod', name: 'web-2' },
      topology: { 'kubernetes.io/hostname': 'n2' },
    },
  ],
  ports: [{ port: 8080 }, { port: 9090 }],
};

test('rules 37 and 38: the Service by label, the Pods behind, and addresses outside', () => {
  expect(referenceLines(endpointSlice.references(everything))).toEqual([
    'endpointsOf metadata.labels[kubernetes.io/service-name] -> Service/shop/web',
    'endpoint endpoints[0].targetRef.name -> Pod/shop/web-0 namespace at endpoints[0].targetRef.namespace',
    'node endpoints[0].nodeName -> Node//n1',
    'endpoint endpoints[1].addresses[0] -> address 192.0.2.1',
    'endpoint endpoints[1].addresses[1] -> address 192.0.2.2',
    'endpoint endpoints[2].targetRef.name -> Pod/shop/web-2',
    'node endpoints[2].topology[kubernetes.io/hostname] -> Node//n2',
  ]);
  const names: KubernetesObject = {
    ...everything,
    metadata: {},
    addressType: 'FQDN',
    endpoints: [{ addresses: ['db.example.com'] }],
  };
  expect(referenceLines(endpointSlice.references(names))).toEqual([
    'endpoint endpoints[0].addresses[0] -> dnsName db.example.com',
  ]);
});

test('an arrow to a Service writes its label', () => {
  const fresh = endpointSlice.newObject('slice', 'shop');
  const service: KubernetesObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'db', namespace: 'shop' } };
  const [serve] = endpointSlice.connections!;
  const after = connected(fresh, serve!.connect(fresh, service)) as KubernetesObject;
  expect(after).toHaveProperty('metadata.labels', { 'kubernetes.io/service-name': 'db' });
  expect(serve!.connect(after, service)).toEqual({ refused: 'connect.already' });
});

test('an endpoint goes whole, a Node alone', () => {
  const edits = endpointSlice
    .references(everything)
    .map((reference) => endpointSlice.disconnect!(everything, reference));
  expect(edits.slice(0, 3)).toEqual([
    [{ op: 'delete', path: ['metadata', 'labels', 'kubernetes.io/service-name'] }],
    [{ op: 'delete', path: ['endpoints', 0] }],
    [{ op: 'delete', path: ['endpoints', 0, 'nodeName'] }],
  ]);
});

test('summary', () => expect(endpointSlice.summary?.(everything)).toEqual({ fact: 'IPv4', detail: '8080, 9090' }));

test('nothing in an EndpointSlice makes it throw', () => expectTotal(endpointSlice, [everything]));

test('the schema accepts a new one', () => expectAccepted(EndpointSlice, endpointSlice.newObject('web')));
