import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf } from '../../../apimachinery/object.ts';
import { isSidecar } from '../../../apimachinery/pod-resources.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../../base/json.ts';
import { isActive, isReady, phaseOf, readySinceMs, runTimeOf } from '../workload/pod-state.ts';

const PHASES = ['Pending', 'Unknown', 'Running'];
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

function nodeOf(pod: KubernetesObject): string {
  return nameAt(pod, 'spec', 'nodeName') ?? '';
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
  const bothReady = isReady(a) && isReady(b);
  return (
    Number(nodeOf(a) !== '') - Number(nodeOf(b) !== '') ||
    PHASES.indexOf(phaseOf(a)) - PHASES.indexOf(phaseOf(b)) ||
    Number(isReady(a)) - Number(isReady(b)) ||
    deletionCost(a) - deletionCost(b) ||
    -rankDifference ||
    (bothReady ? compareAges(a, b, readySinceMs(a), readySinceMs(b), nowMs) : 0) ||
    mostRestarts(b, false) - mostRestarts(a, false) ||
    mostRestarts(b, true) - mostRestarts(a, true) ||
    compareAges(a, b, madeAtMs(a), madeAtMs(b), nowMs)
  );
}

function deletionCost(pod: KubernetesObject): number {
  const text = annotationsOf(pod).get(COST) ?? '0';
  return /^(?:0|-?[1-9]\d*)$/.test(text) && (Number(text) | 0) === Number(text) ? Number(text) : 0;
}

function madeAtMs(pod: KubernetesObject): number | undefined {
  return runTimeOf(stringAt(pod, 'metadata', 'creationTimestamp'));
}

/** Without a time first, then the younger; of about the same age, by uid. */
function compareAges(
  a: KubernetesObject,
  b: KubernetesObject,
  since: number | undefined,
  other: number | undefined,
  nowMs: number | undefined,
): number {
  if (since === other) return 0;
  if (since === undefined || other === undefined) return since === undefined ? -1 : 1;
  if (nowMs === undefined) return other - since;
  return ageBucket(nowMs - since) - ageBucket(nowMs - other) || (uidOf(a) < uidOf(b) ? -1 : 1);
}

function ageBucket(ageMs: number): number {
  // The age in nanoseconds, as Go keeps it.
  return ageMs > 0 ? Math.floor(Math.log2(ageMs * 1e6)) : -1;
}

function mostRestarts(pod: KubernetesObject, ofSidecars: boolean): number {
  const sidecars = new Set(
    arrayAt(pod, 'spec', 'initContainers')
      .filter(isSidecar)
      .map((container) => stringAt(container, 'name')),
  );
  const statuses = ofSidecars
    ? arrayAt(pod, 'status', 'initContainerStatuses').filter((status) => sidecars.has(stringAt(status, 'name')))
    : arrayAt(pod, 'status', 'containerStatuses');
  return Math.max(0, ...statuses.map((status) => numberAt(status, 'restartCount') ?? 0));
}
