import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { route } from './route.ts';

const everything: KubernetesObject = {
  apiVersion: 'route.openshift.io/v1',
  kind: 'Route',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    host: 'web.example.com',
    path: '/a',
    to: { kind: 'Service', name: 'blue', weight: 90 },
    alternateBackends: [{ kind: 'Service', name: 'green', weight: 10 }],
    port: { targetPort: 'http' },
    tls: { termination: 'edge', externalCertificate: { name: 'cert' } },
  },
};

test('rule 47: the Services that share the requests', () => {
  expect(referenceLines(route.references(everything))).toEqual([
    'backend spec.to.name -> Service/shop/blue :http',
    'backend spec.alternateBackends[0].name -> Service/shop/green :http',
    'tls spec.tls.externalCertificate.name -> Secret/shop/cert',
  ]);
});

describe('an arrow to a Service', () => {
  const service = (name: string, ...ports: object[]): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { ports: ports as never },
  });
  const connect = (source: KubernetesObject, target: KubernetesObject) =>
    connected(source, route.connections![0]!.connect(source, target));
  it('first says where requests go, with a port where there are several', () => {
    const fresh = route.newObject('web', 'shop');
    expect(connect(fresh, service('api', { port: 80 }))).toHaveProperty('spec', {
      to: { kind: 'Service', name: 'api' },
    });
    expect(connect(fresh, service('api', { name: 'http', port: 80 }, { port: 81 }))).toHaveProperty('spec.port', {
      targetPort: 'http',
    });
  });
  it('then shares them', () => {
    expect(connect(everything, service('red'))).toHaveProperty('spec.alternateBackends[1]', {
      kind: 'Service',
      name: 'red',
      weight: 100,
    });
    expect(connect(everything, service('green'))).toBe('refused: connect.already');
  });
});

test('the next Service takes the place of the one taken away', () => {
  const [main] = route.references(everything);
  const after = applyEdits(everything, route.disconnect!(everything, main!)) as KubernetesObject;
  expect(after).toHaveProperty('spec.to', { kind: 'Service', name: 'green', weight: 10 });
  expect(after).not.toHaveProperty('spec.alternateBackends');
  expect(route.disconnect!(after, route.references(after)[0]!)).toEqual({ refused: 'disconnect.required' });
});

test('summary', () => expect(route.summary?.(everything)).toEqual({ fact: 'web.example.com/a', detail: 'edge, http' }));

test('nothing in a Route makes it throw', () => expectTotal(route, [everything]));
