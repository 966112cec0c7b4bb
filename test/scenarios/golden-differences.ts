/** Where 1.36 says something else than the 1.20.2 that was recorded: the recorded words become those of 1.36. */
export const RECORDED_WORDS: readonly Difference[] = [
  {
    pattern: /1 node\(s\) had taint \{dedicated: gpu\}, that the pod didn't tolerate/,
    words: '1 node(s) had untolerated taint(s)',
    source: 'pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go, 1.36',
  },
  {
    pattern:
      /(\d) node\(s\) didn't match pod affinity\/anti-affinity, (\d) node\(s\) didn't match pod anti-affinity rules/,
    words: "$2 node(s) didn't match pod anti-affinity rules",
    source: 'pkg/scheduler/framework/plugins/interpodaffinity/filtering.go, 1.36: one reason a Node',
  },
  {
    pattern: /(\d) node\(s\) didn't match pod affinity rules, (\d) node\(s\) didn't match pod affinity\/anti-affinity/,
    words: "$1 node(s) didn't match pod affinity rules",
    source: 'pkg/scheduler/framework/plugins/interpodaffinity/filtering.go, 1.36: one reason a Node',
  },
  {
    pattern: /didn't match Pod's node affinity\./,
    words: "didn't match Pod's node affinity/selector.",
    source: 'pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go, 1.36',
  },
  {
    pattern: /available: 3 (persistentvolumeclaim "nope" not found|pod has unbound immediate PersistentVolumeClaims)/,
    words: 'available: $1',
    source:
      'pkg/scheduler/framework/types.go `FitError`, 1.36: what is refused before any Node is looked at has no count',
  },
  {
    pattern: /^create Pod (\S+) in StatefulSet/,
    words: 'Create Pod $1 in StatefulSet',
    source: 'pkg/controller/statefulset/stateful_pod_control.go, 1.36',
  },
  {
    pattern: /Preempted by sim-preemption\/vip on node/,
    words: 'Preempted by pod <uid> on node',
    source: 'pkg/scheduler/framework/preemption/executor.go, 1.36',
  },
  {
    pattern: /first error is: failed to get cpu utilization/,
    words: 'first error is: failed to get cpu resource metric value: failed to get cpu utilization',
    source: 'pkg/controller/podautoscaler/horizontal.go `computeReplicasForMetric`, 1.36',
  },
];

/** What 1.36 says besides: it is taken from what was simulated before the two are compared. */
export const ADDED_WORDS: readonly Difference[] = [
  {
    pattern: /(Scaled (?:up|down) replica set \S+) from \d+ to/,
    words: '$1 to',
    source: 'pkg/controller/deployment/sync.go, 1.36',
  },
  {
    pattern: /\. (?:no new claims to deallocate, )?preemption: 0\/3 nodes are available: .*$/,
    words: '.',
    source: 'pkg/scheduler/schedule_one.go and framework/plugins/dynamicresources, 1.36: what the post-filters found',
  },
  {
    pattern: /Preempted by pod [0-9a-f-]{36} on node/,
    words: 'Preempted by pod <uid> on node',
    source: 'a uid differs from run to run',
  },
];

interface Difference {
  readonly pattern: RegExp;
  readonly words: string;
  /** Where 1.36 says it. */
  readonly source: string;
}

export function reworded(text: string, differences: readonly Difference[]): string {
  return differences.reduce((words, { pattern, words: by }) => words.replace(pattern, by), text);
}

/** Fields and labels that 1.20 did not have yet, and times; the zone is that of the Node (the admission plugin PodTopologyLabels). */
export const ADDED_FIELDS: ReadonlySet<string> = new Set([
  'lastUpdateTime',
  'lastTransitionTime',
  'observedGeneration',
  'terminatingReplicas',
  'collisionCount',
  'apps.kubernetes.io/pod-index',
  'topology.kubernetes.io/zone',
]);

/** Runs that are not compared, each with its reason. */
export const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['missing-sa', 'was recorded without the ServiceAccount admission plugin, which a cluster of 1.36 has'],
]);
