import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import type { TrafficOrder } from '../network/traffic.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

const pod = (name: string, nodeName: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: { nodeName, containers: [{ name: 'c', image: name, ports: [{ containerPort: 8080 }] }] },
});

const service = (name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
});

const to = (path: string, name: string, port: JsonObject = { number: 80 }): JsonObject => ({
  path,
  pathType: 'Prefix',
  backend: { service: { name, port } },
});

const INGRESS: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop' },
  spec: {
    rules: [
      {
        host: 'shop.example',
        http: {
          paths: [to('/', 'web'), to('/cart', 'cart', { name: 'http' }), to('/empty', 'empty'), to('/no', 'no')],
        },
      },
    ],
  },
};

const ORDER: TrafficOrder = {
  from: 'outside',
  to: 'shop.example',
  port: 80,
  protocol: 'tcp',
  path: '/',
  timeoutMs: 8000,
};

let before: Cluster;

beforeAll(async () => {
  await preloadKinds();
  before = Cluster.create({ seed: 5, kinds, ingress: 'ingress' });
  before.runUntil(5000);
  const services = ['web', 'cart', 'empty'].map(service);
  const all = [pod('web', 'w1'), pod('cart', 'w2'), pod('client', 'w3'), ...services, INGRESS];
  before.kubectl('apply -f all', { all });
  before.runUntil(15_000);
});

function sent(on: Cluster, order: Partial<TrafficOrder> = {}) {
  const token = on.send({ ...ORDER, ...order });
  on.runUntil(on.nowMs + 9000 + (order.forMs ?? 0));
  return on.trafficOf(token)!;
}

describe('an ingress controller', () => {
  it('writes its address into the Ingress', () => {
    const ingress = before.objects().find((object) => object.kind === 'Ingress' && nameOf(object) === 'shop');
    expect(arrayAt(ingress, 'status', 'loadBalancer', 'ingress')).toEqual([{ ip: '172.18.0.2' }]);
  });

  it.each<[string, Partial<TrafficOrder>, TrafficOrder['path'] | number]>([
    ['sends by path', { path: '/cart/1' }, 'cart'],
    ['sends the rest to the Service of /', { path: '/about' }, 'web'],
    ['takes requests of Pods too', { from: 'Pod/default/client' }, 'web'],
    ['is found by its Ingress', { to: 'Ingress/default/shop' }, 'web'],
    ['is found by its address, with a header', { to: '172.18.0.2', host: 'shop.example', path: '/cart' }, 'cart'],
    ['knows no other host', { to: '172.18.0.2' }, 404],
    ['has nobody to ask behind a Service without endpoints', { path: '/empty' }, 503],
    ['has nobody to ask where the Service is missing', { path: '/no' }, 500],
  ])('%s', (_title, order, wanted) => {
    const on = before.fork();
    const since = on.trace.length;
    const { results } = sent(on, order);
    expect(results).toEqual({ [typeof wanted === 'number' ? wanted : 200]: 1 });
    const [routed] = on.trace.after(since).filter(({ from, detail }) => from === 'ingress-proxy' && detail?.['host']);
    if (typeof wanted === 'string')
      expect(routed).toMatchObject({ object: 'Ingress/default/shop', detail: { backend: `default/${wanted}` } });
  });

  it('asks no endpoint that a NetworkPolicy keeps from its machine: it gives up', () => {
    const on = before.fork();
    const spec = { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] };
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'closed' }, spec };
    on.kubectl('apply -f policy', { policy: [policy] });
    on.runUntil(on.nowMs + 2000);
    expect(sent(on).results).toEqual({ 504: 1 });
    expect(sent(on, { path: '/cart' }).results).toEqual({ 200: 1 });
  });

  it('is said to be the end of a way that is asked for beforehand', () => {
    const [path] = before.whereTo({ ...ORDER, to: '172.18.0.2' })!.paths;
    expect(path?.end).toEqual({ type: 'proxied' });
  });

  it('is not there without being asked for', () => {
    const on = Cluster.create({ seed: 5, kinds });
    on.runUntil(8000);
    expect(sent(on).results).toEqual({ 'outside the cluster': 1 });
    expect(sent(on, { to: '172.18.0.2' }).results).toEqual({ refused: 1 });
  });
});

/** Enough of a definition for its objects to be stored. */
const definition = (kind: string, plural: string): KubernetesObject => {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.gateway.networking.k8s.io`,
      annotations: { 'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api' },
    },
    spec: {
      group: 'gateway.networking.k8s.io',
      scope: 'Namespaced',
      names: { kind, plural, singular: plural.slice(0, -1), listKind: `${kind}List` },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
};

describe('a controller of Gateways', () => {
  it('shares the requests of an HTTPRoute among its backends by weight', () => {
    const on = Cluster.create({ seed: 6, kinds, ingress: 'gateway' });
    on.runUntil(5000);
    const definitions = [definition('Gateway', 'gateways'), definition('HTTPRoute', 'httproutes')];
    on.kubectl('apply -f all', {
      all: [...definitions, pod('web', 'w1'), pod('cart', 'w2'), ...['web', 'cart'].map(service)],
    });
    on.runUntil(12_000);
    const backendRefs = [
      { name: 'web', port: 80, weight: 9 },
      { name: 'cart', port: 80 },
    ];
    const made = [
      {
        kind: 'Gateway',
        metadata: { name: 'gate' },
        spec: { gatewayClassName: 'x', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
      },
      {
        kind: 'HTTPRoute',
        metadata: { name: 'shop' },
        spec: { parentRefs: [{ name: 'gate' }], hostnames: ['shop.example'], rules: [{ backendRefs }] },
      },
    ].map((object): KubernetesObject => ({ apiVersion: 'gateway.networking.k8s.io/v1', ...object }));
    on.kubectl('apply -f routes', { routes: made });
    on.runUntil(45_000);
    const since = on.trace.length;
    expect(sent(on, { rate: 50, forMs: 3000 })).toMatchObject({ sent: 150, ok: 150 });
    const shares = { web: 0, cart: 0 };
    for (const { object, detail } of on.trace.after(since))
      if (object === 'HTTPRoute/default/shop') shares[detail?.['backend'] === 'default/web' ? 'web' : 'cart']++;
    expect(shares.web + shares.cart).toBe(150);
    expect(shares.cart).toBeGreaterThan(5);
    expect(shares.cart).toBeLessThan(30);
    expect(sent(on, { to: '172.18.0.2' }).results).toEqual({ 404: 1 });
  });
});
