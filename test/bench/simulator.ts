import { performance } from 'node:perf_hooks';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { arrayAt, stringAt } from '../../src/base/json.ts';
import { Cluster } from '../../src/simulator/cluster.ts';
import { kinds, preloadKinds } from '../../src/simulator/testing/built-in-kinds.ts';
import { defaultTopology } from '../../src/simulator/topology.ts';
import { table } from './measure.ts';

/** A Deployment, with or without a Service that selects its Pods. */
function workload(replicas: number, withService: boolean): readonly KubernetesObject[] {
  const labels = { app: 'web' };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } },
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: labels, ports: [{ port: 80 }] },
  };
  return withService ? [deployment, service] : [deployment];
}

interface Row {
  readonly name: string;
  readonly wallMs: number;
  readonly timeMs: number;
  readonly entries: number;
  readonly pods: number;
}

function readyPods(cluster: Cluster): number {
  return cluster
    .objects()
    .filter(
      (object) =>
        object.kind === 'Pod' &&
        arrayAt(object, 'status', 'conditions').some(
          (condition) => stringAt(condition, 'type') === 'Ready' && stringAt(condition, 'status') === 'True',
        ),
    ).length;
}

/** From `kubectl apply` to the last Pod that is Ready. */
function toReady(nodes: number, pods: number, withService: boolean): Row {
  const cluster = Cluster.create({ seed: 1, kinds, topology: defaultTopology(nodes) });
  cluster.runUntil(5000);
  const began = performance.now();
  const beganAt = cluster.nowMs;
  cluster.kubectl('apply -f web.yaml', { 'web.yaml': workload(pods, withService) });
  while (readyPods(cluster) < pods) cluster.runUntil(cluster.nowMs + 1000);
  return {
    name: `${pods} Pods on ${nodes} Nodes to Ready${withService ? ', behind a Service' : ''}`,
    wallMs: performance.now() - began,
    timeMs: cluster.nowMs - beganAt,
    entries: cluster.trace.length,
    pods,
  };
}

async function run(): Promise<void> {
  await preloadKinds();
  toReady(3, 30, true);
  const rows = [toReady(10, 1000, false), toReady(10, 1000, true)];
  console.log(
    table([
      ['run', 'wall s', 'virtual s', 'trace entries', 'µs an entry', 'Pods a wall second'],
      ...rows.map(({ name, wallMs, timeMs, entries, pods }) => [
        name,
        (wallMs / 1000).toFixed(2),
        (timeMs / 1000).toFixed(1),
        String(entries),
        ((wallMs * 1000) / entries).toFixed(1),
        ((pods * 1000) / wallMs).toFixed(0),
      ]),
    ]),
  );
}

await run();
