import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import type { GatewayWorld } from './http-routes.ts';
import { httpRoute } from './http-routes.ts';
import { ingressRoute } from './ingress-routes.ts';
import type { Routed } from './routed.ts';

const ingress = (name: string, spec: JsonObject): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name, namespace: 'shop' },
  spec,
});
const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
const at = (path: string, pathType: string, name: string) => ({ path, pathType, backend: backend(name) });

const told = (routed: Routed | undefined): string | undefined =>
  routed && [routed.rule, ...routed.backends.map(({ service }) => service)].join(' ');

describe('an Ingress', () => {
  const onePath = (path: string, pathType: string) => [
    ingress('web', { rules: [{ http: { paths: [at(path, pathType, 'x')] } }] }),
  ];

  // The examples that the documentation of Ingress gives for its path types.
  it.each<[string, string, string, boolean]>([
    ['Prefix', '/', '/any/path', true],
    ['Exact', '/foo', '/foo', true],
    ['Exact', '/foo', '/bar', false],
    ['Exact', '/foo', '/foo/', false],
    ['Exact', '/foo/', '/foo', false],
    ['Prefix', '/foo', '/foo', true],
    ['Prefix', '/foo', '/foo/', true],
    ['Prefix', '/foo/', '/foo', true],
    ['Prefix', '/foo/', '/foo/', true],
    ['Prefix', '/aaa/bb', '/aaa/bbb', false],
    ['Prefix', '/aaa/bbb', '/aaa/bbb', true],
    ['Prefix', '/aaa/bbb/', '/aaa/bbb', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbb/ccc', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbbxyz', false],
  ])('%s %s fits %s: %s', (pathType, own, path, fits) => {
    expect(ingressRoute(onePath(own, pathType), { host: 'x', path, port: 80 }) !== undefined).toBe(fits);
  });

  const all = [
    ingress('first', {
      defaultBackend: backend('default'),
      rules: [
        { host: 'shop.example', http: { paths: [at('/', 'Prefix', 'web'), at('/cart', 'Prefix', 'cart')] } },
        { host: '*.example', http: { paths: [at('/', 'Prefix', 'wild')] } },
      ],
    }),
    ingress('second', {
      rules: [
        { host: 'shop.example', http: { paths: [at('/cart', 'Exact', 'exact'), at('/cart/old', 'Prefix', 'old')] } },
      ],
    }),
  ];

  it.each<[string, string, string]>([
    ['shop.example', '/', 'spec.rules[0].http.paths[0] web'],
    ['shop.example', '/cart/1?id=2', 'spec.rules[0].http.paths[1] cart'],
    ['shop.example', '/cart', 'spec.rules[0].http.paths[0] exact'],
    ['shop.example', '/cart/old/1', 'spec.rules[0].http.paths[1] old'],
    ['SHOP.example', '/', 'spec.rules[0].http.paths[0] web'],
    ['api.example', '/cart', 'spec.rules[1].http.paths[0] wild'],
    ['a.b.example', '/', 'spec.defaultBackend default'],
    ['elsewhere', '/', 'spec.defaultBackend default'],
  ])('takes %s%s by %s', (host, path, rule) => {
    expect(told(ingressRoute(all, { host, path, port: 80 }))).toBe(rule);
  });
});

describe('an HTTPRoute', () => {
  const gateway = (listeners: JsonObject[]): KubernetesObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'gate', namespace: 'infra' },
    spec: { gatewayClassName: 'x', listeners },
  });
  const route = (name: string, spec: JsonObject): KubernetesObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'shop', creationTimestamp: `2026-01-01T00:00:0${name.length}Z` },
    spec: { parentRefs: [{ name: 'gate', namespace: 'infra' }], ...spec },
  });
  const to = (...names: string[]) => ({ backendRefs: names.map((name) => ({ name, port: 80 })) });
  const path = (value: string, type = 'PathPrefix') => ({ path: { type, value } });
  const all = { from: 'All' };
  const world = (listeners: JsonObject[], ...routes: readonly KubernetesObject[]): GatewayWorld => ({
    gateways: [gateway(listeners)],
    routes,
    labelsOfNamespace: (name) => new Map([['team', name]]),
  });
  const open = [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: all } }];

  it.each<[string, string, string, readonly KubernetesObject[]]>([
    ['a.example', '/', 'spec.rules[0] web', [route('a', { rules: [to('web')] })]],
    [
      'a.example',
      '/v2/x',
      'spec.rules[1] two',
      [
        route('a', {
          rules: [
            { matches: [path('/')], ...to('one') },
            { matches: [path('/v2')], ...to('two') },
          ],
        }),
      ],
    ],
    [
      'a.example',
      '/v2',
      'spec.rules[0] exact',
      [
        route('a', {
          rules: [
            { matches: [path('/v2', 'Exact')], ...to('exact') },
            { matches: [path('/v2')], ...to('prefix') },
          ],
        }),
      ],
    ],
    [
      'a.example',
      '/?user=me',
      'spec.rules[1] mine',
      [
        route('a', {
          rules: [to('all'), { matches: [{ queryParams: [{ name: 'user', value: 'me' }] }], ...to('mine') }],
        }),
      ],
    ],
    [
      'a.example',
      '/',
      'spec.rules[0] exact',
      [
        route('aa', { hostnames: ['a.example'], rules: [to('exact')] }),
        route('b', { hostnames: ['*.example'], rules: [to('wild')] }),
      ],
    ],
    [
      'a.example',
      '/',
      'spec.rules[0] older',
      [route('bbb', { rules: [to('newer')] }), route('cc', { rules: [to('older')] })],
    ],
  ])('takes %s%s by %s', (host, asked, rule, routes) => {
    expect(told(httpRoute(world(open, ...routes), { host, path: asked, port: 80 }))).toBe(rule);
  });

  const ask = (listener: JsonObject, spec: JsonObject = {}, port = 80): boolean =>
    httpRoute(world([{ name: 'http', port: 80, ...listener }], route('a', { rules: [to('web')], ...spec })), {
      host: 'a.example',
      path: '/',
      port,
    }) !== undefined;

  it.each<[string, JsonObject, JsonObject, boolean]>([
    ['of its own namespace only, by default', {}, {}, false],
    ['of all namespaces', { allowedRoutes: { namespaces: all } }, {}, true],
    [
      'of namespaces with labels',
      { allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'shop' } } } } },
      {},
      true,
    ],
    ['of another host', { hostname: 'b.example', allowedRoutes: { namespaces: all } }, {}, false],
    ['of a wildcard', { hostname: '*.example', allowedRoutes: { namespaces: all } }, {}, true],
    [
      'by the listener’s name',
      { allowedRoutes: { namespaces: all } },
      { parentRefs: [{ name: 'gate', namespace: 'infra', sectionName: 'other' }] },
      false,
    ],
    ['of routes for another host', { allowedRoutes: { namespaces: all } }, { hostnames: ['b.example'] }, false],
  ])('is let in by a listener %s: %#', (_title, listener, spec, fits) => {
    expect(ask(listener, spec)).toBe(fits);
    expect(ask(listener, spec, 8080)).toBe(false);
  });

  it('gives shares by weight, and redirects', () => {
    const backendRefs = [
      { name: 'old', port: 80, weight: 9 },
      { name: 'new', port: 80 },
      { name: 'off', port: 80, weight: 0 },
    ];
    const shared = httpRoute(world(open, route('a', { rules: [{ backendRefs }] })), { host: 'x', path: '/', port: 80 });
    expect(shared?.backends.map(({ service, weight }) => [service, weight])).toEqual([
      ['old', 9],
      ['new', 1],
      ['off', 0],
    ]);
    const filters = [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }];
    const redirected = httpRoute(world(open, route('a', { rules: [{ filters }] })), { host: 'x', path: '/', port: 80 });
    expect(redirected?.code).toBe(301);
  });
});
