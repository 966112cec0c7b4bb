import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import type { TrafficOrder } from '../network/traffic.ts';
import { upstreamEach } from '../../base/testing/upstream-table.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology } from '../topology.ts';
import { leavesAs } from './ipvs/graceful-termination.ts';
import type { ProxyModeName } from './proxy-mode.ts';
import { PROXY_MODES } from './proxy-mode.ts';

const ORDER: TrafficOrder = { from: 'Node//w1', to: '', port: 80, protocol: 'tcp', path: '/', timeoutMs: 1000 };

const pod = (name: string, nodeName: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'web' } },
  spec: { nodeName, containers: [{ name: 'c', image: 'web', ports: [{ containerPort: 8080 }] }] },
});

const service = (name: string, at: number, spec: JsonObject): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { clusterIP: `10.96.1.${at}`, selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});

const OBJECTS = [
  pod('a', 'w1'),
  pod('b', 'w2'),
  service('plain', 1, {}),
  service('empty', 2, { selector: { app: 'nobody' } }),
  service('outside', 3, {
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    ports: [{ port: 80, targetPort: 8080, nodePort: 30_080 }],
  }),
  service('sticky', 4, { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } } }),
];

const clusters = new Map<ProxyModeName, Cluster>();

beforeAll(async () => {
  await preloadKinds();
  for (const proxyMode of PROXY_MODES) {
    const cluster = Cluster.create({ seed: 7, kinds, topology: defaultTopology(3), proxyMode });
    cluster.runUntil(5000);
    cluster.kubectl('apply -f all', { all: OBJECTS });
    cluster.runUntil(20_000);
    clusters.set(proxyMode, cluster);
  }
});

/** The Pods that may get a request, or what becomes of it where none does. */
function reached(on: Cluster, from: string, to: string, port = 80): readonly string[] {
  const pods = on.objects().filter(({ kind }) => kind === 'Pod');
  const paths = on.whereTo({ ...ORDER, from, to, port })?.paths ?? [];
  const found = paths.map(({ end, hops }) => {
    const [ip] = hops.at(-1)!.to.split(':');
    const at = pods.find((one) => stringAt(one, 'status', 'podIP') === ip);
    return end.type === 'answered' && at !== undefined ? nameOf(at) : end.type;
  });
  return [...new Set(found)].toSorted();
}

/** Where the requests of a run went, in order. */
function requests(on: Cluster, to: string, times: number): readonly string[] {
  const since = on.trace.length;
  for (let time = 0; time < times; time++) {
    on.send({ ...ORDER, to });
    on.runUntil(on.nowMs + 500);
  }
  return on.trace
    .after(since)
    .filter(({ class: kind, detail }) => kind === 'packet' && detail?.['asked'] === `${to}:80` && 'rules' in detail)
    .map(({ detail }) => String(detail?.['to']));
}

describe.each(PROXY_MODES)('a cluster whose kube-proxy is in mode %s', (mode) => {
  it.each<[string, string, number, Readonly<Record<ProxyModeName, readonly string[]>>]>([
    ['Node//w3', '10.96.1.1', 80, same('a', 'b')],
    ['Node//w3', '10.96.1.2', 80, same('refused')],
    ['outside', '172.18.0.3', 30_080, same('a')],
    // Only IPVS sends to a Pod elsewhere, whose answer the client does not take: here it times out as where it is dropped.
    ['outside', '172.18.0.5', 30_080, same('timeout')],
    ['Node//w3', '172.18.0.5', 30_080, { ...same('a', 'b'), ipvs: ['a', 'b'] }],
    // A port that the Service does not have, and an address that no Service has.
    ['Node//w3', '10.96.1.1', 81, { iptables: ['timeout'], nftables: ['refused'], ipvs: ['refused'] }],
    ['Node//w3', '10.96.9.9', 80, same('timeout')],
  ])('sends from %s to %s:%d as it does', (from, to, port, expected) => {
    expect(reached(clusters.get(mode)!, from, to, port)).toEqual(expected[mode]);
  });

  it('sends requests of a run by its rules, and says them', () => {
    const on = clusters.get(mode)!.fork();
    const went = requests(on, '10.96.1.1', 12);
    expect(went).toHaveLength(12);
    expect(new Set(went).size).toBe(2);
    // Round robin takes turns; chance does not.
    const turns = went.every((to, index) => index === 0 || to !== went[index - 1]);
    expect(turns).toBe(mode === 'ipvs');
    expect(new Set(requests(on, '10.96.1.4', 6)).size).toBe(1);
  });

  it('shows what it wrote for a Service in the words of its program', () => {
    const on = clusters.get(mode)!;
    const plain = on.objects().find((object) => object.kind === 'Service' && nameOf(object) === 'plain')!;
    const lines = on.rulesAbout('w1', plain).join('\n');
    const words = {
      iptables: /-A KUBE-SERVICES .*default\/plain cluster IP.* -d 10\.96\.1\.1 --dport 80 -j KUBE-SVC-/,
      nftables:
        /add element ip kube-proxy service-ips \{ 10\.96\.1\.1 \. tcp \. 80 : goto service-\w+-default\/plain\/tcp\/ \}/,
      ipvs: /-A -t 10\.96\.1\.1:80 -s rr\n-a -t 10\.96\.1\.1:80 -r 10\.244\.\d+\.\d+:8080 -m -w 1/,
    } as const;
    expect(lines).toMatch(words[mode]);
    expect(lines).not.toContain('10.96.1.2');
  });
});

function same(...reaches: readonly string[]): Readonly<Record<ProxyModeName, readonly string[]>> {
  return { iptables: reaches, nftables: reaches, ipvs: reaches };
}

describe('ipvs', () => {
  it('is told to be deprecated by an Event of each Node', () => {
    const events = clusters
      .get('ipvs')!
      .objects()
      .filter((one) => stringAt(one, 'reason') === 'IPVSDeprecation');
    expect(events.map((one) => stringAt(one, 'involvedObject', 'name')).toSorted()).toEqual(['cp-1', 'w1', 'w2', 'w3']);
  });

  it('keeps a real server that goes at weight 0 until its last connections have ended', () => {
    const on = clusters.get('ipvs')!.fork();
    requests(on, '10.96.1.1', 2);
    const plain = on.objects().find((object) => object.kind === 'Service' && nameOf(object) === 'plain')!;
    const weights = (): readonly string[] =>
      on
        .rulesAbout('w1', plain)
        .filter((line) => line.startsWith('-a'))
        .map((line) => line.slice(-1));
    expect(weights()).toEqual(['1', '1']);
    on.kubectl('delete pod b --wait=false');
    on.runUntil(on.nowMs + 35_000);
    expect(weights()).toEqual(['1', '0']);
    expect(new Set(requests(on, '10.96.1.1', 4)).size).toBe(1);
    on.runUntil(on.nowMs + 180_000);
    expect(weights()).toEqual(['1']);
  });

  upstreamEach(
    {
      area: 'kube-proxy',
      file: 'pkg/proxy/ipvs/graceful_termination_test.go',
      release: '1.36.2',
    },
    'Test_GracefulDeleteRS',
  )<readonly [string, string, number, number, ReturnType<typeof leavesAs>]>([
    ['graceful delete, no connections results in deleting the real server immediatetly', 'tcp', 0, 0, 'deleted'],
    [
      "graceful delete, real server has active connections, weight should be 0 but don't delete",
      'tcp',
      10,
      0,
      'weight 0',
    ],
    [
      "graceful delete, real server has in-active connections, weight should be 0 but don't delete",
      'tcp',
      0,
      10,
      'weight 0',
    ],
    [
      'graceful delete, real server has connections, but udp connections are deleted immediately',
      'udp',
      10,
      10,
      'deleted',
    ],
  ])('%s', (_name, protocol, activeConnections, inactiveConnections, becomes) => {
    expect(leavesAs({ protocol, activeConnections, inactiveConnections })).toBe(becomes);
  });
});
