import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf } from '../../../apimachinery/object.ts';
import { compareHistory, compareStanding, nodeOf } from '../active-pods-order.ts';
import { isActive } from '../workload/pod-state.ts';

const COST = 'controller.kubernetes.io/pod-deletion-cost';

/**
 * The Pods to give up first. `related` are the Pods of all ReplicaSets of the same owner: of Pods that are alike, the one
 * on the Node with most of them goes first.
 * Source: pkg/controller/replicaset/replica_set.go `getPodsToDelete`, 1.36.
 */
export function podsToDelete(
  pods: readonly KubernetesObject[],
  related: readonly KubernetesObject[],
  count: number,
  nowMs: number | undefined,
): readonly KubernetesObject[] {
  if (count >= pods.length) return pods;
  const perNode = new Map<string, number>();
  for (const pod of related) if (isActive(pod)) perNode.set(nodeOf(pod), (perNode.get(nodeOf(pod)) ?? 0) + 1);
  const rank = (pod: KubernetesObject): number => perNode.get(nodeOf(pod)) ?? 0;
  return [...pods].sort((a, b) => comparePodsWithRanks(a, b, rank(a) - rank(b), nowMs)).slice(0, count);
}

/**
 * Eight rules, the first that tells two Pods apart decides; `rankDifference` is that of the Pods on their Nodes. Times are
 * compared by the power of two of the age where the moment is known.
 * Source: pkg/controller/controller_utils.go `ActivePodsWithRanks.Less`, 1.36.
 */
export function comparePodsWithRanks(
  a: KubernetesObject,
  b: KubernetesObject,
  rankDifference: number,
  nowMs: number | undefined,
): number {
  return compareStanding(a, b) || deletionCost(a) - deletionCost(b) || -rankDifference || compareHistory(a, b, nowMs);
}

function deletionCost(pod: KubernetesObject): number {
  const text = annotationsOf(pod).get(COST) ?? '0';
  return /^(?:0|-?[1-9]\d*)$/.test(text) && (Number(text) | 0) === Number(text) ? Number(text) : 0;
}
