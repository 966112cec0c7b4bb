import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology } from '../topology.ts';

beforeAll(preloadKinds);

const MINUTE_MS = 60_000;

function clusterOf(heartbeats: 'single' | 'together'): Cluster {
  return Cluster.create({ seed: 5, kinds, topology: defaultTopology(4), heartbeats });
}

const WEB = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'nginx:1.27',
            readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5, successThreshold: 2 },
            livenessProbe: { httpGet: { path: '/', port: 80 } },
          },
        ],
      },
    },
  },
};

/** Objects, without what each heartbeat changes: versions, and when something was last heard of. */
function atRest(cluster: Cluster): unknown {
  const passing = new Set(['resourceVersion', 'renewTime', 'lastHeartbeatTime', 'time']);
  const text = JSON.stringify(cluster.objects(), (key, value: unknown) => (passing.has(key) ? undefined : value));
  return JSON.parse(text);
}

function found(cluster: Cluster, kind: string, name: string): KubernetesObject | undefined {
  return cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);
}

function renewTime(cluster: Cluster, node: string): string {
  return stringAt(found(cluster, 'Lease', node), 'spec', 'renewTime') ?? '';
}

function readiness(cluster: Cluster, node: string): string | undefined {
  const conditions = arrayAt(found(cluster, 'Node', node), 'status', 'conditions');
  return stringAt(
    conditions.find((condition) => stringAt(condition, 'type') === 'Ready'),
    'status',
  );
}

it('change nothing else whether they are told one by one or together', () => {
  const [single, together] = [clusterOf('single'), clusterOf('together')];
  for (const cluster of [single, together]) {
    cluster.runUntil(5000);
    cluster.kubectl('apply -f web.yaml', { 'web.yaml': [WEB] });
    expect(cluster.runUntilSettled(5 * MINUTE_MS)).toBe(true);
    cluster.runUntil(6 * MINUTE_MS);
  }
  expect(atRest(together)).toEqual(atRest(single));
  expect(together.trace.length).toBeLessThan(single.trace.length - 1500);
  // Both have renewed every Lease within the time that a Lease is good for.
  for (const node of ['w1', 'w2', 'w3', 'w4', 'cp-1'])
    for (const cluster of [single, together])
      expect(Date.parse(renewTime(cluster, node))).toBeGreaterThan(Date.parse('2026-01-01T00:05:40Z'));
}, 120_000);

it('are one entry for all Nodes', () => {
  const cluster = clusterOf('together');
  cluster.runUntil(2 * MINUTE_MS);
  const before = cluster.trace.length;
  cluster.runUntil(3 * MINUTE_MS);
  const written = cluster.trace
    .after(before)
    .flatMap(({ verb, detail }) =>
      verb === 'Txn' && detail?.['heartbeats'] !== undefined ? [detail['heartbeats']] : [],
    );
  expect(written.length).toBeLessThanOrEqual(12);
  // Five kubelets, every ten seconds.
  expect(written.reduce<number>((sum, count) => sum + Number(count), 0)).toBeGreaterThanOrEqual(28);
});

it('say of the status of a Node when it was last told', () => {
  const cluster = clusterOf('together');
  cluster.runUntil(6 * MINUTE_MS);
  const status = objectAt(found(cluster, 'Node', 'w1'), 'status');
  const times = arrayAt(status, 'conditions').flatMap((condition) => stringAt(condition, 'lastHeartbeatTime') ?? []);
  expect(times).toHaveLength(4);
  for (const time of times) expect(time >= '2026-01-01T00:05:00Z').toBe(true);
});

it.each(['node-failure', 'node-partition', 'kubelet-stop'])('are missed of a Node where there is a %s', (fault) => {
  const silentAt = (['single', 'together'] as const).map((heartbeats) => {
    const cluster = clusterOf(heartbeats);
    cluster.runUntil(MINUTE_MS);
    cluster.fault({ fault, target: 'w2' });
    while (readiness(cluster, 'w2') === 'True' && cluster.nowMs < 5 * MINUTE_MS) cluster.runUntil(cluster.nowMs + 1000);
    expect(readiness(cluster, 'w1')).toBe('True');
    return cluster.nowMs;
  });
  const [single = 0, together = 0] = silentAt;
  expect(single).toBeLessThan(2.5 * MINUTE_MS);
  // What was heard last is written five seconds later at most, and looked at every five.
  expect(Math.abs(together - single)).toBeLessThanOrEqual(10_000);
});

it('leave the same trace straight, again, and from a moment of the past', () => {
  const run = (): Cluster => {
    const cluster = clusterOf('together');
    cluster.runUntil(5000);
    cluster.kubectl('apply -f web.yaml', { 'web.yaml': [WEB] });
    cluster.fault({ fault: 'node-partition', target: 'w2', forMs: MINUTE_MS });
    cluster.runUntil(4 * MINUTE_MS);
    return cluster;
  };
  const [first, second] = [run(), run()];
  const { steps, trace } = first;
  const { digest } = trace;
  expect(second.trace.digest).toBe(digest);
  for (const moment of [steps >> 1, 200, steps - 1]) {
    second.seekSteps(moment);
    expect(second.steps).toBe(moment);
    second.seekSteps(steps);
    expect(second.trace.digest).toBe(digest);
  }
});
