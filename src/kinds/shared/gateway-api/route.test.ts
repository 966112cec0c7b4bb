import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isRefusal } from '../../field-edit.ts';
import { connected } from '../testing/apply-edits.ts';
import { referenceLines } from '../testing/reference-text.ts';
import { routeDefinition } from './route.ts';

const tcpRoute = routeDefinition({ kind: 'TCPRoute', version: 'v1alpha2', backendsRequired: true, fields: [] });
const udpRoute = routeDefinition({ kind: 'UDPRoute', version: 'v1alpha2', backendsRequired: true, fields: [] });

const service: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'db', namespace: 'shop' },
  spec: { ports: [{ port: 5432 }, { port: 53, protocol: 'UDP' }] },
};

describe('a route whose rules must name a backend', () => {
  const fresh = tcpRoute.newObject('db-in', 'shop');
  const toService = (definition: typeof tcpRoute, source: KubernetesObject) =>
    connected(
      source,
      definition.connections!.find(({ id }) => id === 'route')!.connect(source, service),
    ) as KubernetesObject;

  it('is made with one', () => {
    expect(referenceLines(tcpRoute.references(fresh))).toEqual([
      'backend spec.rules[0].backendRefs[0].name -> Service/shop/db-in :443',
    ]);
  });
  it('gives the made one up for the first real one', () => {
    const after = toService(tcpRoute, fresh);
    expect(after).toHaveProperty('spec.rules', [{ backendRefs: [{ name: 'db', port: 5432 }] }]);
  });
  it('takes the UDP port for UDP', () => {
    expect(toService(udpRoute, udpRoute.newObject('dns', 'shop'))).toHaveProperty(
      'spec.rules[0].backendRefs[0].port',
      53,
    );
  });
  it('keeps its last backend', () => {
    const [only] = tcpRoute.references(fresh);
    expect(isRefusal(tcpRoute.disconnect!(fresh, only!))).toBe(true);
    const two: KubernetesObject = {
      ...fresh,
      spec: { rules: [{ backendRefs: [{ name: 'a' }] }, { backendRefs: [{ name: 'b' }] }] },
    };
    expect(tcpRoute.disconnect!(two, tcpRoute.references(two)[0]!)).toEqual([
      { op: 'delete', path: ['spec', 'rules', 0] },
    ]);
  });
});
