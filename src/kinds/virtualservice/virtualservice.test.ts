import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { connected } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { virtualService } from './virtualservice.ts';

const everything: KubernetesObject = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    hosts: ['web.example.com', 'web'],
    gateways: ['edge', 'infra/public', 'mesh'],
    http: [
      {
        route: [
          { destination: { host: 'web', subset: 'v1', port: { number: 8080 } }, weight: 90 },
          { destination: { host: 'web.other.svc.cluster.local' }, weight: 10 },
        ],
        mirror: { host: 'shadow' },
      },
      { route: [{ destination: { host: 'api.example.com' } }], mirrors: [{ destination: { host: 'copy' } }] },
      { delegate: { name: 'rest', namespace: 'team' } },
      { route: [{ destination: { host: '*.wild.example.com' } }] },
    ],
    tcp: [{ route: [{ destination: { host: 'db', port: { number: 5432 } } }] }],
  },
};

test('rule 63: gateways, destinations, mirrors and delegates', () => {
  expect(referenceLines(virtualService.references(everything))).toEqual([
    'parent spec.gateways[0] -> Gateway.networking.istio.io/shop/edge',
    'parent spec.gateways[1] -> Gateway.networking.istio.io/infra/public namespace at spec.gateways[1] as {namespace}/{name}',
    'policyTarget spec.hosts[1] -> Service/shop/web',
    'backend spec.http[0].route[0].destination.host -> Service/shop/web :8080',
    'backend spec.http[0].route[1].destination.host -> Service/other/web as {name}.{namespace}.svc.cluster.local',
    'mirror spec.http[0].mirror.host -> Service/shop/shadow',
    'backend spec.http[1].route[0].destination.host -> dnsName api.example.com',
    'mirror spec.http[1].mirrors[0].destination.host -> Service/shop/copy',
    'extension spec.http[2].delegate.name -> VirtualService.networking.istio.io/team/rest',
    'backend spec.tcp[0].route[0].destination.host -> Service/shop/db :5432',
  ]);
});

describe('arrows', () => {
  const at = (kind: string, namespace: string, spec: object = {}): KubernetesObject => ({
    apiVersion: kind === 'Service' ? 'v1' : 'networking.istio.io/v1',
    kind,
    metadata: { name: 'edge', namespace },
    spec: spec as never,
  });
  const connect = (source: KubernetesObject, target: KubernetesObject) =>
    connected(
      source,
      virtualService
        .connections!.find(({ to }) => to !== 'podTemplate' && to.kind === target.kind)!
        .connect(source, target),
    );
  const fresh = virtualService.newObject('web', 'shop');

  it('names a Gateway with its namespace where that is another', () => {
    expect(connect(fresh, at('Gateway', 'shop'))).toHaveProperty('spec.gateways', ['edge']);
    expect(connect(fresh, at('Gateway', 'infra'))).toHaveProperty('spec.gateways', ['infra/edge']);
    expect(connect(everything, at('Gateway', 'shop'))).toBe('refused: connect.already');
  });
  it('names a Service by its full host where its namespace is another', () => {
    const one = { ports: [{ port: 80 }] };
    expect(connect(fresh, at('Service', 'shop', one))).toHaveProperty('spec.http[1]', {
      route: [{ destination: { host: 'edge' } }],
    });
    const two = { ports: [{ port: 80 }, { port: 81 }] };
    expect(connect(fresh, at('Service', 'infra', two))).toHaveProperty('spec.http[1].route[0].destination', {
      host: 'edge.infra.svc.cluster.local',
      port: { number: 80 },
    });
  });
});

test('taking references away leaves the others', () => expectDisconnects(virtualService, everything));

test('summary', () => {
  expect(virtualService.summary?.(everything)).toEqual({
    fact: 'web.example.com, web',
    detail: 'edge, infra/public, mesh',
  });
});

test('nothing in a VirtualService makes it throw', () => expectTotal(virtualService, [everything]));
