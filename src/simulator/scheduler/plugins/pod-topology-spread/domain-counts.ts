import { matchesLabels } from '../../../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { matchesRequiredNodeAffinity } from '../../../../apimachinery/node-selector.ts';
import { findUntoleratedTaint, keepsPodsOff, taintsOf, tolerationsOf } from '../../../../apimachinery/taints.ts';
import { stringAt, valueAt } from '../../../../base/json.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { PodInfo } from '../../pod-info.ts';
import { requiredOf } from '../node-affinity.ts';
import type { Totals } from '../node-tally.ts';
import { Tallies } from '../node-tally.ts';
import type { Constraint } from './constraints.ts';
import { hasAllTopologyKeys } from './constraints.ts';

/** Matching Pods of a Node, for each constraint. */
interface NodeCounts {
  readonly values: readonly string[];
  readonly counts: readonly number[];
  /** Whether the Node counts for the constraint. */
  readonly counted: readonly boolean[];
}

/** A Node as it was counted last. */
interface Counted {
  readonly node: NodeInfo;
  readonly part: NodeCounts;
}

/** A value of a topology key among the Nodes that count. */
export interface Domain {
  pods: number;
  nodes: number;
}

/** Matching Pods by domain, for each constraint. */
export class DomainCounts implements Totals<NodeCounts> {
  readonly domains: readonly Map<string, Domain>[];
  private readonly byNode = new Map<string, NodeCounts>();

  constructor(constraints: readonly Constraint[]) {
    this.domains = constraints.map(() => new Map());
  }

  add(part: NodeCounts, sign: 1 | -1, nodeName: string): void {
    if (sign === 1) this.byNode.set(nodeName, part);
    else this.byNode.delete(nodeName);
    for (let index = 0; index < part.counts.length; index++) {
      if (part.counted[index] !== true) continue;
      const domains = this.domains[index]!;
      const value = part.values[index]!;
      let domain = domains.get(value);
      if (domain === undefined) domains.set(value, (domain = { pods: 0, nodes: 0 }));
      domain.pods += sign * part.counts[index]!;
      domain.nodes += sign;
      if (domain.nodes === 0) domains.delete(value);
    }
  }

  /** Matching Pods of one Node, whether it counts or not. */
  onNode(name: string, constraint: number): number {
    return this.byNode.get(name)?.counts[constraint] ?? 0;
  }
}

const tallies = new Tallies<NodeCounts, DomainCounts>();

/** `needsAllKeys`: Nodes without one of the topology keys are left out altogether. */
export function domainCounts(
  nodes: readonly NodeInfo[],
  pod: PodInfo,
  constraints: readonly Constraint[],
  needsAllKeys: boolean,
): DomainCounts {
  const parts = [pod.namespace, needsAllKeys ? 'all' : 'any', ...constraints.map(({ key }) => key)];
  if (constraints.some(({ honorsAffinity }) => honorsAffinity)) parts.push(affinityKey(pod.pod));
  if (constraints.some(({ honorsTaints }) => honorsTaints)) parts.push(JSON.stringify(tolerationsOf(pod.pod)));
  return tallies.of(
    parts.join('\n'),
    nodes,
    (node, before) => nodeCounts(node, pod, constraints, needsAllKeys, before),
    () => new DomainCounts(constraints),
  );
}

/** Says which Nodes the Pod may run on; empty for all. */
function affinityKey({ spec }: KubernetesObject): string {
  const selector = valueAt(spec, 'nodeSelector');
  const affinity = valueAt(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  return selector === undefined && affinity === undefined ? '' : JSON.stringify([selector, affinity]);
}

function nodeCounts(
  node: NodeInfo,
  pod: PodInfo,
  constraints: readonly Constraint[],
  needsAllKeys: boolean,
  before?: Counted,
): NodeCounts | undefined {
  if (needsAllKeys && !hasAllTopologyKeys(node.labels, constraints)) return undefined;
  return {
    values: constraints.map(({ topologyKey }) => node.labels.get(topologyKey) ?? ''),
    counts: matchingCounts(node, pod.namespace, constraints, before),
    counted: constraints.map((constraint) => countsNode(constraint, pod.pod, node)),
  };
}

/** Source: podtopologyspread/common.go `matchNodeInclusionPolicies`, 1.36. */
export function countsNode(constraint: Constraint, pod: KubernetesObject, node: NodeInfo): boolean {
  if (constraint.honorsAffinity && !matchesRequiredNodeAffinity(requiredOf(pod), node)) return false;
  return (
    !constraint.honorsTaints ||
    findUntoleratedTaint(taintsOf(node.node), tolerationsOf(pod), keepsPodsOff) === undefined
  );
}

/** The default constraints share their selector: its Pods are counted once. Where the Node was counted, only what changed. */
function matchingCounts(
  { pods }: NodeInfo,
  namespace: string,
  constraints: readonly Constraint[],
  before: Counted | undefined,
): readonly number[] {
  const changes = before === undefined ? { came: pods, gone: [] } : pods.changesSince(before.node.pods);
  const counted = new Map<LabelSelector, number>();
  return constraints.map(({ selector }, index) => {
    let count = counted.get(selector);
    if (count !== undefined) return count;
    const [came, gone] = [changes.came, changes.gone].map((some) => matchingPods(some, selector, namespace));
    count = (before?.part.counts[index] ?? 0) + came! - gone!;
    counted.set(selector, count);
    return count;
  });
}

/** Pods that are being deleted do not count, and with an empty selector none does. */
function matchingPods(pods: Iterable<PodInfo>, selector: LabelSelector, namespace: string): number {
  if (selector.requirements.length === 0) return 0;
  let count = 0;
  for (const { pod, namespace: own, labels } of pods)
    if (
      own === namespace &&
      stringAt(pod, 'metadata', 'deletionTimestamp') === undefined &&
      matchesLabels(selector, labels)
    )
      count++;
  return count;
}
