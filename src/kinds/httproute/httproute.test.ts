import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { connected } from '../shared/testing/apply-edits.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { httpRoute } from './httproute.ts';

const GROUP = 'gateway.networking.k8s.io';

const everything: KubernetesObject = {
  apiVersion: `${GROUP}/v1`,
  kind: 'HTTPRoute',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    hostnames: ['a.example.com'],
    parentRefs: [
      { name: 'edge', namespace: 'infra', sectionName: 'https', port: 443 },
      { name: 'local' },
      { group: '', kind: 'Service', name: 'mesh', port: 80 },
      { group: GROUP, kind: 'ListenerSet', name: 'more', sectionName: 'a' },
    ],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
        backendRefs: [
          {
            name: 'api',
            port: 8080,
            weight: 9,
            filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'shadow', port: 1 } } }],
          },
          { name: 'api', namespace: 'other', port: 80 },
          { group: 'storage.example.com', kind: 'Bucket', name: 'static' },
        ],
        filters: [
          { type: 'ExtensionRef', extensionRef: { group: 'example.com', kind: 'RateLimit', name: 'slow' } },
          { type: 'RequestMirror', requestMirror: { backendRef: { name: 'copy', port: 2 } } },
          { type: 'ExternalAuth', externalAuth: { protocol: 'HTTP', backendRef: { name: 'auth', port: 3 } } },
        ],
      },
      { matches: [{ path: { value: '/old' } }], filters: [{ type: 'RequestRedirect' }] },
    ],
  },
};

test('rules 40 to 42', () => {
  expect(referenceLines(httpRoute.references(everything))).toEqual([
    `parent spec.parentRefs[0].name -> Gateway.${GROUP}/infra/edge :443 key=https namespace at spec.parentRefs[0].namespace`,
    `parent spec.parentRefs[1].name -> Gateway.${GROUP}/shop/local`,
    'parent spec.parentRefs[2].name -> Service/shop/mesh :80',
    `parent spec.parentRefs[3].name -> ListenerSet.${GROUP}/shop/more key=a`,
    'backend spec.rules[0].backendRefs[0].name -> Service/shop/api :8080',
    'mirror spec.rules[0].backendRefs[0].filters[0].requestMirror.backendRef.name -> Service/shop/shadow :1',
    'backend spec.rules[0].backendRefs[1].name -> Service/other/api :80 namespace at spec.rules[0].backendRefs[1].namespace',
    'backend spec.rules[0].backendRefs[2].name -> Bucket.storage.example.com/shop/static',
    'extension spec.rules[0].filters[0].extensionRef.name -> RateLimit.example.com/shop/slow',
    'mirror spec.rules[0].filters[1].requestMirror.backendRef.name -> Service/shop/copy :2',
    'extension spec.rules[0].filters[2].externalAuth.backendRef.name -> Service/shop/auth :3',
  ]);
});

describe('arrows', () => {
  const gateway = (namespace: string, from?: string): KubernetesObject => ({
    apiVersion: `${GROUP}/v1`,
    kind: 'Gateway',
    metadata: { name: 'edge', namespace },
    spec: { listeners: [{ name: 'http', ...(from && { allowedRoutes: { namespaces: { from } } }) }] },
  });
  const service = (namespace: string, ports: object[]): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'api', namespace },
    spec: { ports: ports as never },
  });
  const connect = (source: KubernetesObject, target: KubernetesObject) =>
    connected(
      source,
      httpRoute.connections!.find(({ to }) => to !== 'podTemplate' && to.kind === target.kind)!.connect(source, target),
    );
  const fresh = httpRoute.newObject('web', 'shop');

  it('attaches to a Gateway beside it', () =>
    expect(connect(fresh, gateway('shop'))).toHaveProperty('spec.parentRefs', [{ name: 'edge' }]));
  it('attaches to a Gateway elsewhere that lets it in', () => {
    expect(connect(fresh, gateway('infra'))).toBe('refused: connect.otherNamespace');
    expect(connect(fresh, gateway('infra', 'All'))).toHaveProperty('spec.parentRefs', [
      { name: 'edge', namespace: 'infra' },
    ]);
    expect(connect(everything, gateway('infra', 'All'))).toBe('refused: connect.already');
  });
  it('names the group and kind of a ListenerSet', () => {
    const set: KubernetesObject = {
      apiVersion: `${GROUP}/v1`,
      kind: 'ListenerSet',
      metadata: { name: 'more', namespace: 'shop' },
    };
    expect(connect(fresh, set)).toHaveProperty('spec.parentRefs', [
      { group: GROUP, kind: 'ListenerSet', name: 'more' },
    ]);
    expect(connect(everything, set)).toBe('refused: connect.already');
  });
  it('sends requests to the first TCP port of a Service', () => {
    const target = service('shop', [{ port: 53, protocol: 'UDP' }, { port: 80 }]);
    const after = connect(fresh, target) as KubernetesObject;
    expect(after).toHaveProperty('spec.rules', [
      { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'api', port: 80 }] },
    ]);
    expect(connect(after, target)).toBe('refused: connect.already');
    expect(connect(fresh, service('shop', []))).toBe('refused: connect.noPort');
    expect(connect(fresh, service('other', [{ port: 80 }]))).toBe('refused: connect.otherNamespace');
  });
});

test('taking references away leaves the others', () => expectDisconnects(httpRoute, everything));

test('summary', () => expect(httpRoute.summary?.(everything)).toEqual({ fact: 'a.example.com', detail: '/api, /old' }));

test('nothing in an HTTPRoute makes it throw', () => expectTotal(httpRoute, [everything]));

test('the schema accepts a new one', () => expectAccepted(HTTPRoute, httpRoute.newObject('web')));
