import type { POD_TEMPLATES } from './templates.ts';

type Template = keyof typeof POD_TEMPLATES;

/** A row of scheduler_perf. */
export interface Workload {
  readonly name: string;
  /** Pods a second below which upstream's CI fails. */
  readonly threshold: number;
  readonly nodes: number;
  /** Zones that the Nodes take in turn. */
  readonly zones?: readonly string[];
  /** One Node more, named `scheduler-perf-node`, on which 90,000 Pods find room. */
  readonly hasNamedNode?: boolean;
  /** Pods that are there when the measure begins. */
  readonly initial: readonly { readonly template: Template; readonly count: number; readonly namespace?: string }[];
  /** While the measure runs: something is made, or made anew, every so many milliseconds. */
  readonly churn?: { readonly what: 'pod' | 'mixed'; readonly template: Template; readonly everyMs: number };
  /** While the measure runs: Pods of the first initial part that is not gated are deleted, so many a second. */
  readonly deletePerSecond?: number;
  readonly measured: { readonly template: Template; readonly count: number; readonly namespace?: string };
}

const ZONE_1 = ['zone1'];
const MOONS = ['moon-1', 'moon-2', 'moon-3'];

function inNamespaces(name: string, template: Template, threshold: number, initial: number, count: number): Workload {
  return {
    name,
    threshold,
    nodes: 5000,
    initial: [{ template, count: initial, namespace: 'sched-0' }],
    measured: { template, count, namespace: 'sched-1' },
  };
}

/**
 * Sizes, churn and thresholds of scheduler_perf, rows labelled `performance`.
 * Source: test/integration/scheduler_perf/{misc,affinity,topology_spreading,volumes}/performance-config.yaml, 1.36.
 */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'SchedulingBasic/5000Nodes_10000Pods',
    threshold: 680,
    nodes: 5000,
    initial: [{ template: 'default', count: 1000 }],
    measured: { template: 'default', count: 10_000 },
  },
  {
    name: 'SchedulingBasic/5000Nodes_50000Pods',
    threshold: 810,
    nodes: 5000,
    initial: [{ template: 'default', count: 5000 }],
    measured: { template: 'default', count: 50_000 },
  },
  inNamespaces('SchedulingPodAntiAffinity/5000Nodes_2000Pods', 'antiAffinity', 60, 1000, 2000),
  {
    ...inNamespaces('SchedulingPodMatchingAntiAffinity/5000Nodes_5000Pods', 'antiAffinity', 595, 1000, 5000),
    measured: { template: 'antiAffinityLabel', count: 5000, namespace: 'sched-1' },
  },
  { ...inNamespaces('SchedulingPodAffinity/5000Nodes_5000Pods', 'affinity', 35, 5000, 5000), zones: ZONE_1 },
  inNamespaces('SchedulingPreferredPodAffinity/5000Nodes_5000Pods', 'preferredAffinity', 90, 5000, 5000),
  inNamespaces('SchedulingPreferredPodAntiAffinity/5000Nodes_5000Pods', 'preferredAntiAffinity', 90, 5000, 5000),
  {
    name: 'SchedulingNodeAffinity/5000Nodes_10000Pods',
    threshold: 220,
    nodes: 5000,
    zones: ZONE_1,
    initial: [{ template: 'nodeAffinity', count: 5000 }],
    measured: { template: 'nodeAffinity', count: 10_000 },
  },
  {
    name: 'MixedSchedulingBasePod/5000Nodes_5000Pods',
    threshold: 140,
    nodes: 5000,
    zones: ZONE_1,
    initial: (['default', 'affinity', 'antiAffinity', 'preferredAffinity', 'preferredAntiAffinity'] as const).map(
      (template) => ({ template, count: 2000, namespace: 'sched-0' }),
    ),
    measured: { template: 'default', count: 5000 },
  },
  {
    name: 'TopologySpreading/5000Nodes_5000Pods',
    threshold: 460,
    nodes: 5000,
    zones: MOONS,
    initial: [{ template: 'default', count: 5000 }],
    measured: { template: 'spreading', count: 5000 },
  },
  {
    name: 'PreferredTopologySpreading/5000Nodes_5000Pods',
    threshold: 340,
    nodes: 5000,
    zones: MOONS,
    initial: [{ template: 'default', count: 5000 }],
    measured: { template: 'preferredSpreading', count: 5000 },
  },
  {
    name: 'PreemptionAsync/5000Nodes',
    threshold: 570,
    nodes: 5000,
    initial: [{ template: 'lowPriority', count: 20_000 }],
    churn: { what: 'pod', template: 'highPriority', everyMs: 200 },
    measured: { template: 'default', count: 5000 },
  },
  {
    name: 'Unschedulable/5kNodes/100Init/10kPods',
    threshold: 590,
    nodes: 5000,
    initial: [{ template: 'default', count: 100 }],
    churn: { what: 'pod', template: 'highPriorityLargeCpu', everyMs: 200 },
    measured: { template: 'default', count: 10_000 },
  },
  {
    name: 'Unschedulable/5kNodes/20kInit/10kPods',
    threshold: 600,
    nodes: 5000,
    initial: [{ template: 'default', count: 20_000 }],
    churn: { what: 'pod', template: 'highPriorityLargeCpu', everyMs: 200 },
    measured: { template: 'default', count: 10_000 },
  },
  {
    name: 'SchedulingWithMixedChurn/5000Nodes_10000Pods',
    threshold: 710,
    nodes: 5000,
    initial: [],
    churn: { what: 'mixed', template: 'highPriorityLargeCpu', everyMs: 1000 },
    measured: { template: 'default', count: 10_000 },
  },
  {
    name: 'SchedulingWhileGated/1Node_10000GatedPods',
    threshold: 910,
    nodes: 0,
    hasNamedNode: true,
    initial: [
      { template: 'gated', count: 10_000 },
      { template: 'light', count: 20_000 },
    ],
    deletePerSecond: 50,
    measured: { template: 'light', count: 20_000 },
  },
  {
    name: 'SchedulingDaemonset/15000Nodes',
    threshold: 1100,
    nodes: 15_000,
    hasNamedNode: true,
    initial: [],
    measured: { template: 'daemonset', count: 30_000 },
  },
  {
    name: 'SchedulingSecrets/5000Nodes_10000Pods',
    threshold: 790,
    nodes: 5000,
    initial: [{ template: 'secret', count: 5000 }],
    measured: { template: 'secret', count: 10_000 },
  },
];
