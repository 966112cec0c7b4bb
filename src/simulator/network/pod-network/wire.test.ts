import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { defaultTopology } from '../../topology.ts';
import type { IpFamily } from '../addresses.ts';
import type { TrafficOrder } from '../traffic.ts';
import type { PodNetworkName } from './pod-network.ts';
import { POD_NETWORKS, podMtu, wrapBytes } from './pod-network.ts';
import type { Layer, WireStep } from './wire-step.ts';

const pod = (name: string, nodeName: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: { nodeName, containers: [{ name: 'c', image: 'web', ports: [{ containerPort: 8080 }] }] },
});

const WEB: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: {
    clusterIP: '10.96.1.1',
    type: 'NodePort',
    selector: { app: 'far' },
    ports: [{ port: 80, targetPort: 8080, nodePort: 30_080 }],
  },
};

const clusters = new Map<string, Cluster>();

function clusterOf(podNetwork: PodNetworkName, ipFamilies: readonly IpFamily[] = ['IPv4']): Cluster {
  const key = `${podNetwork} ${ipFamilies.join()}`;
  const known = clusters.get(key);
  if (known !== undefined) return known;
  const cluster = Cluster.create({ seed: 7, kinds, topology: defaultTopology(2), podNetwork, ipFamilies });
  cluster.runUntil(5000);
  const all = [pod('client', 'w1'), pod('near', 'w1'), pod('far', 'w2'), ...(ipFamilies[0] === 'IPv4' ? [WEB] : [])];
  cluster.kubectl('apply -f all', { all });
  cluster.runUntil(20_000);
  clusters.set(key, cluster);
  return cluster;
}

beforeAll(preloadKinds);

const ORDER: TrafficOrder = {
  from: 'Pod/default/client',
  to: '',
  port: 8080,
  protocol: 'tcp',
  path: '/',
  timeoutMs: 1000,
};

/** `w1 veth`, a line for each place. */
const placeOf = ({ machine, place }: WireStep): string => (machine === undefined ? place : `${machine} ${place}`);

function ipOf(on: Cluster, name: string): string {
  const found = on.objects().find((object) => object.kind === 'Pod' && nameOf(object) === name);
  return stringAt(found, 'status', 'podIP') ?? '';
}

function wires(on: Cluster, order: Partial<TrafficOrder>): readonly WireStep[] {
  const [path] = on.whereTo({ ...ORDER, ...order })!.paths;
  return path!.hops.flatMap(({ wire }) => wire);
}

const addresses = (layers: readonly Layer[], type: 'ethernet' | 'ip'): readonly string[] =>
  layers.flatMap((layer) => (layer.type === type && 'from' in layer ? [`${layer.from} → ${layer.to}`] : []));

const FROM_POD = ['w1 pod', 'w1 veth', 'w1 bridge'];
const TO_POD = ['w2 bridge', 'w2 veth', 'w2 pod'];

describe('the way of a packet', () => {
  it.each<[string, PodNetworkName, string, readonly string[]]>([
    ['over the bridge of one Node', 'bridge', 'near', [...FROM_POD, 'w1 veth', 'w1 pod']],
    ['over the bridge of one Node, beside an overlay', 'overlay', 'near', [...FROM_POD, 'w1 veth', 'w1 pod']],
    ['over the routes of one Node', 'routed', 'near', ['w1 pod', 'w1 veth', 'w1 veth', 'w1 pod']],
    [
      'to another Node over the router between them',
      'bridge',
      'far',
      [...FROM_POD, 'w1 node', 'router', 'w2 node', ...TO_POD],
    ],
    [
      'to another Node, wrapped',
      'overlay',
      'far',
      [...FROM_POD, 'w1 wrap', 'w1 node', 'w2 node', 'w2 unwrap', ...TO_POD],
    ],
    [
      'to another Node by the routes that Nodes tell each other',
      'routed',
      'far',
      ['w1 pod', 'w1 veth', 'w1 node', 'w2 node', 'w2 veth', 'w2 pod'],
    ],
  ])('goes %s', (_title, podNetwork, to, places) => {
    const on = clusterOf(podNetwork);
    const steps = wires(on, { to: ipOf(on, to) });
    expect(steps.map(placeOf)).toEqual(places);
    // Every Pod reaches every Pod without NAT.
    for (const { layers } of steps)
      expect(addresses(layers, 'ip').at(-1)).toBe(`${ipOf(on, 'client')} → ${ipOf(on, to)}`);
  });

  it.each<[PodNetworkName, string, string]>([
    ['bridge', 'w1 node', 'default via 172.18.0.1 dev eth0'],
    ['bridge', 'router', '10.244.2.0/24 via 172.18.0.4'],
    ['overlay', 'w1 wrap', '10.244.2.0/24 via 10.244.2.0 dev flannel.1 onlink'],
    ['overlay', 'w1 node', '172.18.0.0/16 dev eth0 scope link'],
    ['routed', 'w1 node', '10.244.2.0/24 via 172.18.0.4 dev eth0 proto bird'],
    ['routed', 'w1 pod', 'default via 169.254.1.1 dev eth0'],
    ['overlay', 'w1 pod', 'default via 10.244.1.1 dev eth0'],
    ['overlay', 'w2 bridge', '10.244.2.0/24 dev cni0 scope link'],
  ])('is by a route of %s: %s %s', (podNetwork, place, route) => {
    const on = clusterOf(podNetwork);
    const step = wires(on, { to: ipOf(on, 'far') }).find((one) => placeOf(one) === place);
    expect(step?.route).toBe(route);
  });

  it('has the addresses of the Nodes around those of the Pods in an overlay', () => {
    const on = clusterOf('overlay');
    const steps = wires(on, { to: ipOf(on, 'far') });
    const wrapped = steps.find((step) => placeOf(step) === 'w1 node')!;
    expect(wrapped.layers.map(({ type }) => type)).toEqual(['ethernet', 'ip', 'udp', 'vxlan', 'ethernet', 'ip', 'tcp']);
    expect(addresses(wrapped.layers, 'ip')).toEqual([
      '172.18.0.3 → 172.18.0.4',
      `${ipOf(on, 'client')} → ${ipOf(on, 'far')}`,
    ]);
    const came = steps.find((step) => placeOf(step) === 'w2 node')!;
    expect(came.layers).toEqual(wrapped.layers);
    expect(steps.find((step) => placeOf(step) === 'w2 unwrap')!.layers.map(({ type }) => type)).toEqual([
      'ethernet',
      'ip',
      'tcp',
    ]);
  });

  it.each<[PodNetworkName, readonly string[]]>([
    [
      'bridge',
      [
        '0a:58:0a:f4:01:02 → 0a:58:0a:f4:01:01',
        '02:42:ac:12:00:03 → 02:42:ac:12:00:01',
        '02:42:ac:12:00:01 → 02:42:ac:12:00:04',
        '0a:58:0a:f4:02:01 → 0a:58:0a:f4:02:02',
      ],
    ],
    [
      'routed',
      [
        '0a:58:0a:f4:01:02 → ee:ee:ee:ee:ee:ee',
        '02:42:ac:12:00:03 → 02:42:ac:12:00:04',
        'ee:ee:ee:ee:ee:ee → 0a:58:0a:f4:02:02',
      ],
    ],
  ])('has a frame of its own on each link of %s', (podNetwork, frames) => {
    const on = clusterOf(podNetwork);
    const steps = wires(on, { to: ipOf(on, 'far') });
    expect([...new Set(steps.flatMap(({ layers }) => addresses(layers, 'ethernet')))]).toEqual(frames);
  });

  it.each<[PodNetworkName, IpFamily, number]>([
    ['bridge', 'IPv4', 1500],
    ['routed', 'IPv4', 1500],
    ['overlay', 'IPv4', 1450],
    ['overlay', 'IPv6', 1430],
  ])('lets packets of %s over %s have so many bytes: %i', (podNetwork, family, mtu) => {
    const on = clusterOf(podNetwork, [family]);
    const steps = wires(on, { to: ipOf(on, 'far') });
    expect([steps[0]!.mtu, steps.at(-1)!.mtu]).toEqual([mtu, mtu]);
    expect(podMtu(podNetwork, family === 'IPv6' ? 6 : 4)).toBe(mtu);
    expect([wrapBytes(4), wrapBytes(6)]).toEqual([50, 70]);
  });

  it('goes over IPv6 in the outer packet too', () => {
    const on = clusterOf('overlay', ['IPv6']);
    const wrapped = wires(on, { to: ipOf(on, 'far') }).find((step) => placeOf(step) === 'w1 node')!;
    expect(addresses(wrapped.layers, 'ip')[0]).toBe('fc00:f853:ccd:e793::3 → fc00:f853:ccd:e793::4');
  });

  it('keeps the hardware address of a Pod that has both families', () => {
    const on = clusterOf('overlay', ['IPv4', 'IPv6']);
    const [four, six] = ['10.244.1.2', 'fd00:10:244:1::2'].map(
      (to) => wires(on, { from: 'Pod/default/near', to }).at(-1)!.layers,
    );
    expect(addresses(six!, 'ethernet')[0]!.split(' → ')[1]).toBe(addresses(four!, 'ethernet')[0]!.split(' → ')[1]);
  });

  it('shows what conntrack changes', () => {
    const on = clusterOf('overlay');
    const service = wires(on, { to: 'web', port: 80 });
    const far = `${ipOf(on, 'far')}:8080`;
    expect(service.find(({ place }) => place === 'rules')).toMatchObject({
      machine: 'w1',
      dnat: `10.96.1.1:80 → ${far}`,
    });
    const nodePort = wires(on, { from: 'outside', to: '172.18.0.3', port: 30_080 });
    expect(nodePort.map(placeOf)).toEqual([
      'outside',
      'router',
      'w1 node',
      'w1 rules',
      'w1 wrap',
      'w1 node',
      'w2 node',
      'w2 unwrap',
      ...TO_POD,
    ]);
    expect(nodePort[3]).toMatchObject({ dnat: `172.18.0.3:30080 → ${far}`, snat: '203.0.113.10 → 172.18.0.3' });
  });

  it.each(POD_NETWORKS)('is that of the steps of the run, over %s', (podNetwork) => {
    const on = clusterOf(podNetwork).fork();
    const would = wires(on, { to: 'web', port: 80 });
    const from = on.trace.length;
    const token = on.send({ ...ORDER, to: 'web', port: 80 });
    on.runUntil(on.nowMs + 2000);
    expect(on.trafficOf(token)!.results).toEqual({ 200: 1 });
    const all = on.trace.after(0);
    const steps = on.trace.after(from).filter(({ verb }) => verb === '/');
    expect(steps.flatMap((entry) => on.wireOf(entry, all[entry.cause - 1]))).toEqual(would);
    const wrapped = steps.filter(({ detail }) => stringAt(detail, 'wrappedAs') === '172.18.0.3 → 172.18.0.4:8472');
    expect(wrapped).toHaveLength(podNetwork === 'overlay' ? 1 : 0);
  });
});
