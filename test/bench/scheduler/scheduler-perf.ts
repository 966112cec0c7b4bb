import { assert } from '../../../src/base/assert.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import type { ComponentDefinition } from '../../../src/simulator/component.ts';
import { NUMBERS_1_36 } from '../../../src/simulator/release/1.36.ts';
import { scheduler } from '../../../src/simulator/scheduler/scheduler.ts';
import type { Order, StandInServer } from './stand-in-server.ts';
import { ORDER, STAND_IN, standInServer } from './stand-in-server.ts';
import { POD_TEMPLATES, nodeNamed, podNamed } from './templates.ts';
import type { Workload } from './workloads.ts';
import { WORKLOADS } from './workloads.ts';

/** What a row of scheduler_perf came to. */
export interface SchedulerPerfRow {
  readonly name: string;
  readonly nodes: number;
  /** Pods that were measured. */
  readonly pods: number;
  readonly podsPerWallSecond: number;
  /** The same by processor time, which a busy machine does not stretch as much. */
  readonly podsPerCpuSecond: number;
  /** Pods a second below which upstream's CI fails. */
  readonly threshold: number;
  readonly ratio: number;
}

/**
 * Runs rows of scheduler_perf on the scheduler alone, in front of a server that only keeps objects; `share` makes the
 * workloads smaller. Upstream measures the same: Pods a second from their creation to their binding, of a scheduler with
 * an API server in the same process, without controllers of workloads and kubelets. Upstream's figure also carries what
 * that API server and etcd cost, this one does not: what the simulated API server costs is measured where it is.
 */
export function schedulerPerf(names: RegExp = /./, share = 1): readonly SchedulerPerfRow[] {
  return WORKLOADS.filter(({ name }) => names.test(name)).map((workload) => run(smaller(workload, share)));
}

function smaller(workload: Workload, share: number): Workload {
  const part = (count: number): number => (count === 0 ? 0 : Math.max(3, Math.round(count * share)));
  return {
    ...workload,
    nodes: part(workload.nodes),
    initial: workload.initial.map((pods) => ({ ...pods, count: part(pods.count) })),
    measured: { ...workload.measured, count: part(workload.measured.count) },
  };
}

const MEASURED = 'measured';
/** Pods made a second of the run, as upstream's client makes them at most. */
const CREATED_PER_MS = 5;
const MOST_STEPS = 20_000_000;

function run(workload: Workload): SchedulerPerfRow {
  const { name, nodes, measured, threshold } = workload;
  const kernel = kernelOf();
  const server = kernel.stateOf(STAND_IN) as StandInServer;
  const order = (delayMs: number, orders: readonly Order[]): void =>
    kernel.post(STAND_IN, delayMs, { type: 'timer', name: ORDER, data: orders });
  order(0, nodesOf(workload));
  workload.initial.forEach(({ template, count, namespace = 'default' }, part) => {
    createPods(order, `initial-${part}`, template, count, namespace);
    if (template !== 'gated') runUntil(kernel, () => server.bound.get(`initial-${part}`) === count);
    else kernel.advanceTo(kernel.nowMs);
  });
  churn(workload, order);
  createPods(order, MEASURED, measured.template, measured.count, measured.namespace ?? 'default');
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  runUntil(kernel, () => server.bound.get(MEASURED) === measured.count);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const podsPerWallSecond = measured.count / seconds;
  const allNodes = nodes + (workload.hasNamedNode === true ? 1 : 0);
  return {
    name,
    nodes: allNodes,
    pods: measured.count,
    podsPerWallSecond,
    podsPerCpuSecond: (measured.count * 1e6) / (user + system),
    threshold,
    ratio: podsPerWallSecond / threshold,
  };
}

function kernelOf(): Kernel {
  const definitions = new Map<string, ComponentDefinition>([
    ['kube-scheduler', scheduler as ComponentDefinition],
    [STAND_IN, standInServer as ComponentDefinition],
  ]);
  // Upstream's client may ask 5,000 times a second.
  const clientLimits = { 'kube-scheduler': { qps: 5000, burst: 5000 } };
  const kernel = new Kernel({
    seed: 1,
    numbers: { ...NUMBERS_1_36, clientLimits },
    definitions,
    traceBudget: 10_000,
  });
  kernel.add({ id: STAND_IN, kind: STAND_IN, process: STAND_IN, machine: 'm' });
  kernel.add(
    { id: 'kube-scheduler', kind: 'kube-scheduler', process: 'scheduler', machine: 'm' },
    { server: STAND_IN, machine: 'm' },
  );
  return kernel;
}

function runUntil(kernel: Kernel, isDone: () => boolean): void {
  const end = kernel.steps + MOST_STEPS;
  while (!isDone()) assert(kernel.step() && kernel.steps < end, 'the Pods of a workload are all bound');
}

function nodesOf({ nodes, zones = [], hasNamedNode = false }: Workload): readonly Order[] {
  const made: Order[] = Array.from({ length: nodes }, (_, index) => {
    const zone = zones[index % Math.max(1, zones.length)];
    const labels: Record<string, string> = zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone };
    return { plural: 'nodes', create: nodeNamed(`scheduler-perf-${index}`, labels) };
  });
  if (hasNamedNode) {
    const size = { pods: '90000', cpu: '4', memory: '32Gi' };
    made.push({ plural: 'nodes', create: nodeNamed('scheduler-perf-node', {}, size) });
  }
  return made;
}

function createPods(
  order: (delayMs: number, orders: readonly Order[]) => void,
  part: string,
  template: Workload['measured']['template'],
  count: number,
  namespace: string,
): void {
  const batch = CREATED_PER_MS * BATCH_MS;
  for (let from = 0; from < count; from += batch) {
    const orders = Array.from({ length: Math.min(batch, count - from) }, (_, index) => ({
      plural: 'pods',
      create: podNamed(`${part}-${from + index}`, namespace, part, from + index, POD_TEMPLATES[template]),
    }));
    order((from / batch) * BATCH_MS, orders);
  }
}

const BATCH_MS = 10;
/** Longer than any measure takes in the run's own time. */
const CHURN_MS = 120_000;

function churn(
  { churn: wanted, deletePerSecond, initial, measured }: Workload,
  order: (delayMs: number, orders: readonly Order[]) => void,
): void {
  if (wanted !== undefined) {
    for (let index = 0; index * wanted.everyMs < CHURN_MS; index++)
      order(index * wanted.everyMs, churned(index, wanted));
  }
  if (deletePerSecond === undefined) return;
  const part = initial.findIndex(({ template }) => template !== 'gated');
  const everyMs = 1000 / deletePerSecond;
  const most = Math.min(initial[part]?.count ?? 0, measured.count);
  for (let index = 0; index < most; index++)
    order(index * everyMs, [{ plural: 'pods', remove: `default/initial-${part}-${index}` }]);
}

/** One round: a Pod that is new, or a Pod, a Node and a Service in the place of those of the round before. */
function churned(index: number, { what, template }: NonNullable<Workload['churn']>): readonly Order[] {
  const pod: Order = {
    plural: 'pods',
    create: podNamed(`churn-${index}`, 'default', 'churn', index, POD_TEMPLATES[template]),
  };
  if (what === 'pod') return [pod];
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'churn', namespace: 'default' }, spec: {} };
  const node = nodeNamed('churn', { churn: String(index) }, { pods: '0', cpu: '0', memory: '0' });
  return [
    { plural: 'nodes', remove: 'churn' },
    { plural: 'pods', remove: `default/churn-${index - 1}` },
    { plural: 'services', remove: 'default/churn' },
    { plural: 'nodes', create: node },
    pod,
    { plural: 'services', create: service },
  ];
}
