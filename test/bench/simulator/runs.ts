import { Cluster } from '../../../src/simulator/cluster.ts';
import { isReady } from '../../../src/simulator/controllers/workload/pod-state.ts';
import { kinds, preloadKinds } from '../../../src/simulator/testing/built-in-kinds.ts';
import { defaultTopology } from '../../../src/simulator/topology.ts';
import type { Cost } from './cost.ts';
import { costOf } from './cost.ts';
import { webObjects } from './workload.ts';

const HOUR_MS = 3_600_000;

/** What a run of the simulator took. */
export interface RunCost extends Cost {
  readonly virtualSeconds: number;
  readonly entries: number;
  /** What a Pod leaves in memory, with the trace and the checkpoints of its start; only where the collector can be called. */
  readonly bytesPerPod?: number;
}

type Heartbeats = 'single' | 'together';

function clusterOf(nodes: number, heartbeats?: Heartbeats): Cluster {
  const topology = defaultTopology(nodes);
  const cluster = Cluster.create({ seed: 1, kinds, topology, ...(heartbeats === undefined ? {} : { heartbeats }) });
  cluster.runUntil(5000);
  return cluster;
}

async function measured(cluster: Cluster, work: () => void): Promise<RunCost> {
  const [beganAt, entries] = [cluster.nowMs, cluster.trace.length];
  const cost = await costOf(work);
  return { ...cost, virtualSeconds: (cluster.nowMs - beganAt) / 1000, entries: cluster.trace.length - entries };
}

function readyPods(cluster: Cluster): number {
  let ready = 0;
  for (const object of cluster.objects()) if (object.kind === 'Pod' && isReady(object)) ready++;
  return ready;
}

/** A small run before what is measured: engines compile what runs often. */
export async function warmUp(): Promise<void> {
  await preloadKinds();
  startWeb(clusterOf(3), 100, true);
}

function startWeb(cluster: Cluster, pods: number, withService: boolean): void {
  cluster.kubectl('apply -f web.yaml', { 'web.yaml': webObjects(pods, withService) });
  while (readyPods(cluster) < pods) cluster.runUntil(cluster.nowMs + 1000);
}

/** From `kubectl apply` to the last Pod that is Ready. */
export async function toReady(nodes: number, pods: number, withService: boolean): Promise<RunCost> {
  const cluster = clusterOf(nodes);
  const before = heldBytes();
  const cost = await measured(cluster, () => startWeb(cluster, pods, withService));
  const after = heldBytes();
  if (before === undefined || after === undefined || readyPods(cluster) < pods) return cost;
  return { ...cost, bytesPerPod: (after - before) / pods };
}

function heldBytes(): number | undefined {
  if (globalThis.gc === undefined) return undefined;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Flags of clients in a large cluster. */
const LARGE_LIMITS = { qps: 100, burst: 100 };
const PODS_PER_DEPLOYMENT = 250;

/**
 * As many Pods as a large cluster holds, in Deployments of 250, until all are ready: the trace to a budget, no moment
 * to go back to, clients with the flags of large clusters.
 */
export async function large(nodes: number, pods: number): Promise<RunCost> {
  const cluster = Cluster.create({
    seed: 1,
    kinds,
    topology: defaultTopology(nodes),
    traceBudget: 100_000,
    moments: false,
    clientLimits: { 'kube-controller-manager': LARGE_LIMITS, 'kube-scheduler': LARGE_LIMITS },
  });
  cluster.runUntil(5000);
  const before = heldBytes();
  const deployments = Math.ceil(pods / PODS_PER_DEPLOYMENT);
  const replicas = pods / deployments;
  const cost = await measured(cluster, () => {
    const objects = Array.from({ length: deployments }, (_, at) =>
      webObjects(replicas, false, 'nginx:1.27', `web-${at}`),
    );
    cluster.kubectl('apply -f web.yaml', { 'web.yaml': objects.flat() });
    while (readyPods(cluster) < pods) {
      cluster.runUntil(cluster.nowMs + 10_000);
      if (process.env['DRYDOCK_TELL'] !== undefined) tell(cluster);
    }
  });
  const after = heldBytes();
  return before === undefined || after === undefined ? cost : { ...cost, bytesPerPod: (after - before) / pods };
}

function tell(cluster: Cluster): void {
  const { heapUsed } = process.memoryUsage();
  const figures = [
    cluster.nowMs / 1000,
    readyPods(cluster),
    cluster.trace.length,
    heapUsed / 1e6,
    process.cpuUsage().user / 1e6,
  ];
  console.error(figures.map(Math.round).join(' '));
}

/** Hours in which nobody asks for anything: heartbeats, watches that end, compaction. */
export function idleHours(nodes: number, hours: number, heartbeats?: Heartbeats): Promise<RunCost> {
  const cluster = clusterOf(nodes, heartbeats);
  cluster.runUntil(60_000);
  return measured(cluster, () => cluster.runUntil(cluster.nowMs + hours * HOUR_MS));
}

/** Wall milliseconds of a step back, of ways over an hour, and of a fork, which copies all state twice. */
export interface SeekCost {
  readonly stepBackMs: number;
  readonly seekBackMs: number;
  readonly seekForthMs: number;
  readonly forkMs: number;
}

/** A cluster of ten Nodes with so many Pods, and an hour later. */
export function seeking(pods: number): SeekCost {
  const cluster = clusterOf(10);
  const begin = cluster.steps;
  startWeb(cluster, pods, true);
  cluster.runUntil(cluster.nowMs + HOUR_MS);
  const end = cluster.steps;
  const forkMs = wallOf(() => cluster.fork());
  const stepBackMs = wallOf(() => cluster.seekSteps(end - 1));
  const seekBackMs = wallOf(() => cluster.seekSteps(begin + 100));
  const seekForthMs = wallOf(() => cluster.seekSteps(end));
  return { stepBackMs, seekBackMs, seekForthMs, forkMs };
}

function wallOf(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
