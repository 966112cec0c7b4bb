import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology, nodeManifest } from '../topology.ts';
import { dnsReplyAt } from './look.ts';
import type { TrafficOrder } from './traffic.ts';

const ZONE = 'topology.kubernetes.io/zone';
const ORDER: TrafficOrder = { from: 'Node//w1', to: '', port: 80, protocol: 'tcp', path: '/', timeoutMs: 1000 };

/** Two Nodes in zone a, one in zone b, one in zone c without Pods. */
const topology = {
  nodes: [
    defaultTopology(0).nodes[0]!,
    nodeManifest('w1', { [ZONE]: 'a' }, []),
    nodeManifest('w2', { [ZONE]: 'a' }, []),
    nodeManifest('w3', { [ZONE]: 'b' }, []),
    nodeManifest('w4', { [ZONE]: 'c' }, []),
  ],
};

const pod = (name: string, nodeName: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'web' } },
  spec: { nodeName, containers: [{ name: 'c', image: 'web', ports: [{ containerPort: 8080 }] }] },
});

/** Services of the same Pods, each by its name and what makes it special. */
const SERVICES: Readonly<Record<string, JsonObject>> = {
  plain: {},
  'near-zone': { trafficDistribution: 'PreferSameZone' },
  'near-node': { trafficDistribution: 'PreferSameNode' },
  close: { trafficDistribution: 'PreferClose' },
  'own-node': { internalTrafficPolicy: 'Local' },
  outside: { type: 'NodePort', externalTrafficPolicy: 'Local' },
  sticky: { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } } },
};

const service = ([name, spec]: [string, JsonObject], index: number): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: {
    clusterIP: `10.96.1.${index + 1}`,
    selector: { app: 'web' },
    ports: [{ port: 80, targetPort: 8080, ...(name === 'outside' ? { nodePort: 30_080 } : {}) }],
    ...spec,
  },
});

const addressOf = (name: string): string => `10.96.1.${Object.keys(SERVICES).indexOf(name) + 1}`;

let before: Cluster;

beforeAll(async () => {
  await preloadKinds();
  before = Cluster.create({ seed: 11, kinds, topology, behaviours: [{ match: {}, stopMs: 10_000 }] });
  before.runUntil(5000);
  const pods = [pod('a1', 'w1'), pod('a2', 'w2'), pod('b1', 'w3')];
  before.kubectl('apply -f all', { all: [...pods, ...Object.entries(SERVICES).map(service)] });
  before.runUntil(20_000);
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

const EVERY = ['a1', 'a2', 'b1'];

describe('Services choose their endpoints', () => {
  it.each<[string, string, readonly string[], string]>([
    ['Node//w1', 'plain', EVERY, 'anywhere'],
    ['Node//w1', 'near-zone', ['a1', 'a2'], 'in the zone of who asks'],
    ['Node//w3', 'near-zone', ['b1'], 'in the zone of who asks'],
    ['Node//w4', 'near-zone', EVERY, 'anywhere, where its zone has none'],
    ['Node//w1', 'close', ['a1', 'a2'], 'by the old name of PreferSameZone'],
    ['Node//w2', 'near-node', ['a2'], 'on the Node of who asks'],
    ['Node//w4', 'near-node', EVERY, 'anywhere, where neither Node nor zone has one'],
    ['Node//w3', 'own-node', ['b1'], 'on the own Node only'],
    ['Node//w4', 'own-node', ['timeout'], 'nowhere, where the own Node has none: it is dropped'],
  ])('from %s to %s: %s, %s', (from, name, pods) => {
    expect(reached(before, from, addressOf(name))).toEqual(pods);
  });

  it('of their own Node for who comes from outside to a node port, and drop it elsewhere', () => {
    expect(reached(before, 'outside', '172.18.0.3', 30_080)).toEqual(['a1']);
    expect(reached(before, 'outside', '172.18.0.6', 30_080)).toEqual(['timeout']);
    expect(reached(before, 'Node//w1', '172.18.0.3', 30_080)).toEqual(EVERY);
  });

  it('that still serve while they end, where none is ready', () => {
    const on = before.fork();
    on.kubectl('delete pod a1 a2 b1 --wait=false');
    on.runUntil(on.nowMs + 3000);
    expect(reached(on, 'Node//w1', addressOf('plain'))).toEqual(EVERY);
    expect(reached(on, 'Node//w1', addressOf('own-node'))).toEqual(['a1']);
    on.runUntil(on.nowMs + 12_000);
    expect(on.objects().filter(({ kind }) => kind === 'Pod')).toEqual([]);
    expect(reached(on, 'Node//w1', addressOf('plain'))).toEqual(['refused']);
  });

  it('that the client had, until it was silent for so long', () => {
    const on = before.fork();
    const since = on.trace.length;
    const ends = (): Set<unknown> =>
      new Set(
        on.trace
          .after(since)
          .filter(({ class: kind, detail }) => kind === 'packet' && String(detail?.['to']).endsWith(':8080'))
          .map(({ detail }) => detail?.['to']),
      );
    const send = () => on.send({ ...ORDER, to: addressOf('sticky') });
    for (let times = 0; times < 8; times++) {
      send();
      on.runUntil(on.nowMs + 9000);
    }
    expect(ends().size).toBe(1);
    for (let times = 0; times < 8; times++) {
      send();
      on.runUntil(on.nowMs + 11_000);
    }
    expect(ends().size).toBeGreaterThan(1);
  });
});

describe('CoreDNS', () => {
  it('is asked for any kind of record at any moment', () => {
    const name = 'plain.default.svc.cluster.local';
    expect(dnsReplyAt(before, name, 'SRV')?.answer).toEqual([{ name, type: 'SRV', value: `0 100 80 ${name}` }]);
    expect(dnsReplyAt(before, '1.1.96.10.in-addr.arpa', 'PTR')?.answer[0]?.value).toBe(
      'plain.default.svc.cluster.local',
    );
  });
});

describe('kube-proxy', () => {
  it('writes its rules at most once a second', () => {
    const on = before.fork();
    const since = on.trace.length;
    for (let times = 0; times < 10; times++) {
      on.kubectl(`annotate service plain time=${times} --overwrite`);
      on.kubectl(`label service plain time=${times} --overwrite`);
      on.runUntil(on.nowMs + 300);
    }
    const times = on.trace
      .after(since)
      .filter(({ verb, from }) => verb === 'iptables-restore' && from === 'kube-proxy/w1')
      .map(({ timeMs }) => timeMs);
    expect(times.length).toBeGreaterThan(1);
    for (const [index, time] of times.slice(1).entries()) expect(time - times[index]!).toBeGreaterThanOrEqual(1000);
  });
});
