import { isSidecar } from '../../apimachinery/pod-resources.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { uidOf } from '../../apimachinery/owner-reference.ts';
import { compareStrings } from '../../base/compare.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../base/json.ts';
import { isReady, phaseOf, readySinceMs, runTimeOf } from './workload/pod-state.ts';

/**
 * Pods in the order in which they are given up where nothing else decides: those without a Node first, then those that
 * do not run, are not ready, became ready last, were restarted most, were made last.
 * Source: pkg/controller/controller_utils.go `ActivePods.Less`, 1.36.
 */
export function compareActivePods(a: KubernetesObject, b: KubernetesObject): number {
  return compareStanding(a, b) || compareHistory(a, b, undefined);
}

const PHASES = ['Pending', 'Unknown', 'Running'];

/** Without a Node first, then what does not run, then what is not ready. */
export function compareStanding(a: KubernetesObject, b: KubernetesObject): number {
  return (
    Number(nodeOf(a) !== '') - Number(nodeOf(b) !== '') ||
    PHASES.indexOf(phaseOf(a)) - PHASES.indexOf(phaseOf(b)) ||
    Number(isReady(a)) - Number(isReady(b))
  );
}

/** Ready last, restarted most, made last; times are compared by the power of two of the age where the moment is known. */
export function compareHistory(a: KubernetesObject, b: KubernetesObject, nowMs: number | undefined): number {
  const bothReady = isReady(a) && isReady(b);
  return (
    (bothReady ? compareAges(a, b, readySinceMs(a), readySinceMs(b), nowMs) : 0) ||
    mostRestarts(b, false) - mostRestarts(a, false) ||
    mostRestarts(b, true) - mostRestarts(a, true) ||
    compareAges(a, b, madeAtMs(a), madeAtMs(b), nowMs)
  );
}

export function nodeOf(pod: KubernetesObject): string {
  return nameAt(pod, 'spec', 'nodeName') ?? '';
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
  return ageBucket(nowMs - since) - ageBucket(nowMs - other) || compareStrings(uidOf(a), uidOf(b));
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
