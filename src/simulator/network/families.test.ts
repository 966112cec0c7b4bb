import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import type { ProxyModeName } from '../kubeproxy/proxy-mode.ts';
import { PROXY_MODES } from '../kubeproxy/proxy-mode.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology } from '../topology.ts';
import type { IpFamily } from './addresses.ts';
import type { TrafficOrder } from './traffic.ts';

const pod = (name: string, nodeName: string, app = 'web'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app } },
  spec: { nodeName, containers: [{ name: 'c', image: 'web', ports: [{ containerPort: 8080 }] }] },
});

const service = (name: string, spec: JsonObject): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});

const node = (nodePort: number) => ({ type: 'NodePort', ports: [{ port: 80, targetPort: 8080, nodePort }] });

const OBJECTS = [
  pod('a', 'w1'),
  pod('b', 'w2'),
  pod('client', 'w1', 'client'),
  {
    ...pod('alpine', 'w1', 'client'),
    spec: { nodeName: 'w1', containers: [{ name: 'c', image: 'alpine:3.22' }] },
  },
  service('plain', {}),
  service('both', { ipFamilyPolicy: 'PreferDualStack', ...node(30_080) }),
  service('balanced', { ipFamilyPolicy: 'PreferDualStack', type: 'LoadBalancer' }),
  service('headless', { ipFamilyPolicy: 'PreferDualStack', clusterIP: 'None', ports: [{ port: 8080 }] }),
];
const OF_DUAL = [service('six', { ipFamilies: ['IPv6'], ...node(30_086) }), service('four', { ipFamilies: ['IPv4'] })];

const CLUSTERS: Readonly<Record<string, readonly IpFamily[]>> = {
  IPv4: ['IPv4'],
  IPv6: ['IPv6'],
  'IPv4 and IPv6': ['IPv4', 'IPv6'],
  'IPv6 and IPv4': ['IPv6', 'IPv4'],
};
const clusters = new Map<string, Cluster>();

beforeAll(async () => {
  await preloadKinds();
  for (const [name, ipFamilies] of Object.entries(CLUSTERS))
    for (const proxyMode of PROXY_MODES) {
      const cluster = Cluster.create({
        seed: 7,
        kinds,
        topology: defaultTopology(2),
        proxyMode,
        ipFamilies,
        cloud: true,
      });
      cluster.runUntil(5000);
      cluster.kubectl('apply -f all', { all: ipFamilies.length > 1 ? [...OBJECTS, ...OF_DUAL] : OBJECTS });
      cluster.runUntil(40_000);
      clusters.set(`${name}/${proxyMode}`, cluster);
    }
}, 120_000);

function of(name: string, mode: ProxyModeName = 'iptables'): Cluster {
  return clusters.get(`${name}/${mode}`)!;
}

const ORDER: TrafficOrder = {
  from: 'Pod/default/client',
  to: '',
  port: 80,
  protocol: 'tcp',
  path: '/',
  timeoutMs: 1000,
};

/** What became of one request, and the address of the host that was asked. */
function sent(before: Cluster, order: Partial<TrafficOrder>): { result: string; asked: string } {
  const on = before.fork();
  const from = on.trace.length;
  const token = on.send({ ...ORDER, ...order });
  on.runUntil(on.nowMs + 3000);
  const told = on.trace.after(from).findLast(({ detail }) => stringAt(detail, 'ip') !== undefined);
  return { result: Object.keys(on.trafficOf(token)!.results).join(), asked: stringAt(told?.detail, 'ip') ?? '' };
}

function find(on: Cluster, kind: string, name: string): KubernetesObject {
  return on.objects().find((object) => object.kind === kind && nameOf(object) === name)!;
}

const familyOf = (ip: string | undefined): string => (ip === undefined ? '' : ip.includes(':') ? 'IPv6' : 'IPv4');
const ipsOf = (from: unknown, ...path: string[]): string[] =>
  arrayAt(from, ...path).flatMap((one) => nameAt(one, 'ip') ?? nameAt(one, 'address') ?? []);

describe.each(Object.keys(CLUSTERS))('a cluster of %s', (name) => {
  const families = CLUSTERS[name]!;

  it('has Nodes and Pods with an address of each family, the primary one first', () => {
    const on = of(name);
    const web = find(on, 'Pod', 'a');
    const worker = find(on, 'Node', 'w1');
    expect(ipsOf(web, 'status', 'podIPs').map(familyOf)).toEqual(families);
    expect(stringAt(web, 'status', 'podIP')).toBe(ipsOf(web, 'status', 'podIPs')[0]);
    expect(ipsOf(web, 'status', 'hostIPs').map(familyOf)).toEqual(families);
    const internal = arrayAt(worker, 'status', 'addresses').filter((one) => stringAt(one, 'type') === 'InternalIP');
    expect(internal.map((one) => familyOf(stringAt(one, 'address')))).toEqual(families);
    expect(arrayAt(worker, 'spec', 'podCIDRs')).toHaveLength(families.length);
  });

  it('has EndpointSlices of each family of a Service', () => {
    const on = of(name);
    const slices = on
      .objects()
      .filter((object) => object.kind === 'EndpointSlice' && nameOf(object).startsWith('both-'));
    expect(slices.map((slice) => stringAt(slice, 'addressType')).toSorted()).toEqual([...families].toSorted());
    for (const slice of slices)
      for (const endpoint of arrayAt(slice, 'endpoints'))
        expect(familyOf(String(arrayAt(endpoint, 'addresses')[0]))).toBe(stringAt(slice, 'addressType'));
  });

  it('names its own Services in the family of Services which say nothing', () => {
    const on = of(name);
    const own = families[0] === 'IPv6' ? ['fd00:10:96::1', 'fd00:10:96::a'] : ['10.96.0.1', '10.96.0.10'];
    expect(['kubernetes', 'kube-dns'].map((one) => stringAt(find(on, 'Service', one), 'spec', 'clusterIP'))).toEqual(
      own,
    );
  });

  it.each(PROXY_MODES)('serves Services of all its families by rules of %s', (mode) => {
    const on = of(name, mode);
    const order = { from: 'outside', to: 'Service/default/both' } as const;
    for (const ipFamily of families) {
      const from = ['Pod/default/client', 'Node//w1'];
      for (const one of from)
        expect([one, sent(on, { from: one, to: 'Service/default/both', ipFamily })]).toMatchObject([
          one,
          { result: '200' },
        ]);
      expect(familyOf(sent(on, { to: 'both', ipFamily }).asked)).toBe(ipFamily);
      // From outside to a node port, and to a load balancer.
      expect(sent(on, { ...order, ipFamily }).result).toBe('200');
      const balanced = sent(on, { ...order, to: 'Service/default/balanced', ipFamily });
      expect(balanced.result).toBe('200');
      expect(familyOf(balanced.asked)).toBe(ipFamily);
    }
  });

  it('says where a request would go as it goes', () => {
    const on = of(name);
    const [chosen] = families.includes('IPv6') ? ['IPv6'] : ['IPv4'];
    for (const to of ['both', 'headless']) {
      const port = to === 'headless' ? 8080 : 80;
      const would = on.whereTo({ ...ORDER, to, port })!;
      expect(would.questions.map(({ type }) => type)).toEqual(families.map((one) => (one === 'IPv6' ? 'AAAA' : 'A')));
      expect(would.paths.map(({ of: chance, end }) => [chance, end.type])).toEqual([
        [2, 'answered'],
        [2, 'answered'],
      ]);
      expect(familyOf(sent(on, { to, port }).asked)).toBe(chosen);
      for (const { hops } of would.paths) expect(familyOf(hops[0]!.from)).toBe(chosen);
    }
  });
});

describe('a client that has both families', () => {
  it.each<[string, Partial<TrafficOrder>, { result: string; asked?: string }]>([
    ['takes IPv6 first, as glibc does', { to: 'both' }, { result: '200', asked: 'IPv6' }],
    ['takes IPv4 first with musl', { from: 'Pod/default/alpine', to: 'both' }, { result: '200', asked: 'IPv4' }],
    [
      'takes IPv6 with musl where there is nothing else',
      { from: 'Pod/default/alpine', to: 'six' },
      { result: '200', asked: 'IPv6' },
    ],
    ['takes what a Service has', { to: 'four' }, { result: '200', asked: 'IPv4' }],
    ['takes what a Service of IPv6 has', { to: 'six' }, { result: '200', asked: 'IPv6' }],
    ['takes IPv4 where it is told to', { to: 'both', ipFamily: 'IPv4' }, { result: '200', asked: 'IPv4' }],
    ['does not find IPv4 of a Service without', { to: 'six', ipFamily: 'IPv4' }, { result: 'unknown host', asked: '' }],
    [
      'finds the node port of IPv6 at the Node’s address of that family',
      { from: 'outside', to: 'Service/default/six' },
      { result: '200', asked: 'IPv6' },
    ],
    [
      'finds nobody at a node port of the other',
      { from: 'outside', to: '172.18.0.3', port: 30_086 },
      { result: 'refused' },
    ],
    ['finds its own loopback in each family', { to: '::1', port: 8080 }, { result: '200', asked: 'IPv6' }],
  ])('%s', (_title, order, expected) => {
    const { result, asked } = sent(of('IPv4 and IPv6'), order);
    expect({ result, asked: familyOf(asked === '' ? undefined : asked) }).toMatchObject(expected);
  });

  it('goes on with IPv4 where IPv6 does not get through', () => {
    const on = of('IPv4 and IPv6').fork();
    const [, six] = arrayAt(find(on, 'Service', 'both'), 'spec', 'clusterIPs').map(String);
    const slices = on
      .objects()
      .filter((object) => object.kind === 'EndpointSlice' && nameOf(object).startsWith('both-'));
    const ofSix = slices.find((slice) => stringAt(slice, 'addressType') === 'IPv6')!;
    // Somebody else keeps the slice from now on, and leaves it without endpoints.
    on.kubectl(`label endpointslice ${nameOf(ofSix)} endpointslice.kubernetes.io/managed-by=somebody --overwrite`);
    on.kubectl(`label endpointslice ${nameOf(ofSix)} kubernetes.io/service-name=nobody --overwrite`);
    on.kubectl('patch service both -p \'{"spec":{"selector":null}}\'');
    on.runUntil(on.nowMs + 5000);
    const from = on.trace.length;
    const token = on.send({ ...ORDER, to: 'both' });
    on.runUntil(on.nowMs + 3000);
    expect(on.trafficOf(token)!.results).toEqual({ 200: 1 });
    const told = on.trace.after(from).findLast(({ detail }) => arrayAt(detail, 'tried').length > 0);
    expect(told?.detail).toMatchObject({ tried: [six], result: 200 });
  });
});

describe('a client of one family', () => {
  it('has no way to an address of the other', () => {
    expect(sent(of('IPv4'), { to: 'fd00:10:244:1::2', port: 8080 }).result).toBe('unreachable');
    expect(sent(of('IPv6'), { to: '10.244.1.2', port: 8080 }).result).toBe('unreachable');
  });
});
