import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { nameAt, numberAt, stringAt } from '../../../base/json.ts';
import { REVISION_HASH } from '../history/revisions.ts';
import { isAvailable, isReady, phaseOf } from '../workload/pod-state.ts';
import { nodeShouldRun } from './nodes.ts';
import { updateLimit } from './rolling.ts';
import type { DaemonStep } from './rolling.ts';

/** Source: pkg/controller/daemon/daemon_controller.go `podByCreationTimestampAndPhase`, 1.36. */
export function byPlaceAndAge(a: KubernetesObject, b: KubernetesObject): number {
  const [placedA, placedB] = [a, b].map((pod) => nameAt(pod, 'spec', 'nodeName') !== undefined);
  if (placedA !== placedB) return placedA === true ? -1 : 1;
  const [madeA, madeB] = [a, b].map((pod) => stringAt(pod, 'metadata', 'creationTimestamp') ?? '');
  if (madeA !== madeB) return madeA! < madeB! ? -1 : 1;
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

/** What is told about a Pod that has ended. */
export interface EndedPod {
  readonly pod: KubernetesObject;
  readonly node: string;
}

export interface ManageStep extends DaemonStep {
  readonly failed: readonly EndedPod[];
  readonly succeeded: readonly EndedPod[];
}

/** Which Nodes lack a Pod and which Pods are too many. Source: daemon_controller.go `podsShouldBeOnNode`, 1.36. */
export function manageStep(
  daemonSet: KubernetesObject,
  nodes: readonly KubernetesObject[],
  podsOn: ReadonlyMap<string, readonly KubernetesObject[]>,
  hash: string,
  nowMs: number,
): ManageStep {
  const step = { remove: [] as string[], add: [] as string[], failed: [] as EndedPod[], succeeded: [] as EndedPod[] };
  for (const node of nodes) {
    const name = nameOf(node);
    const pods = podsOn.get(name);
    const { shouldRun, shouldContinue } = nodeShouldRun(daemonSet, node);
    const staying = (pods ?? []).filter((pod) => !isBeingDeleted(pod));
    if (shouldRun && pods === undefined) step.add.push(name);
    else if (!shouldContinue) step.remove.push(...staying.map(nameOf));
    else {
      for (const pod of staying) {
        if (phaseOf(pod) === 'Failed') step.failed.push({ pod, node: name });
        else if (phaseOf(pod) === 'Succeeded') step.succeeded.push({ pod, node: name });
      }
      const running = staying.filter((pod) => !['Failed', 'Succeeded'].includes(phaseOf(pod))).sort(byPlaceAndAge);
      if (updateLimit(daemonSet, 'maxSurge', 1) === 0) step.remove.push(...running.slice(1).map(nameOf));
      else if (running.length === 0 && shouldRun) step.add.push(name);
      else if (running.length > 1) step.remove.push(...surplusOfSurge(daemonSet, running, hash, nowMs));
    }
  }
  const known = new Set(nodes.map(nameOf));
  for (const [node, pods] of podsOn)
    if (!known.has(node))
      step.remove.push(...pods.filter((pod) => nameAt(pod, 'spec', 'nodeName') === undefined).map(nameOf));
  return step;
}

/** The oldest Pod of the new template and the oldest of an old one stay, until the new one takes over. */
function surplusOfSurge(
  daemonSet: KubernetesObject,
  running: readonly KubernetesObject[],
  hash: string,
  nowMs: number,
): readonly string[] {
  const isNew = (pod: KubernetesObject): boolean => labelsOf(pod).get(REVISION_HASH) === hash;
  const updated = running.find(isNew);
  const old = running.find((pod) => !isNew(pod));
  const surplus = running.filter((pod) => pod !== updated && pod !== old);
  const minReadySeconds = numberAt(daemonSet, 'spec', 'minReadySeconds') ?? 0;
  const isOver =
    updated !== undefined && old !== undefined && (!isReady(old) || isAvailable(updated, minReadySeconds, nowMs));
  return [...surplus, ...(isOver ? [old] : [])].map(nameOf);
}

/** `namespace/name` of a Pod, as the Events of a DaemonSet have it. */
export function podWords({ pod, node }: EndedPod): string {
  return `daemon pod ${namespaceOf(pod) ?? ''}/${nameOf(pod)} on node ${node}`;
}
