import { intOrStringOf, scaledIntOrPercent } from '../../../apimachinery/int-or-string.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted, labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { numberAt, stringAt, valueAt } from '../../../base/json.ts';
import { REVISION_HASH } from '../history/revisions.ts';
import { isAvailable } from '../workload/pod-state.ts';
import { nodeShouldRun } from './nodes.ts';

export const GENERATION_LABEL = 'pod-template-generation';

/** Number of the template, where the API server keeps it. */
export function templateGeneration(daemonSet: KubernetesObject): string | undefined {
  return annotationsOf(daemonSet).get('deprecated.daemonset.template.generation');
}

/** Source: pkg/controller/daemon/util/daemonset_util.go `IsPodUpdated`, 1.36. */
export function isUpdated(daemonSet: KubernetesObject, pod: KubernetesObject, hash: string): boolean {
  const generation = templateGeneration(daemonSet);
  const labels = labelsOf(pod);
  return (
    labels.get(REVISION_HASH) === hash || (generation !== undefined && labels.get(GENERATION_LABEL) === generation)
  );
}

/** How many Pods more, or fewer, a rolling update may have, out of the Nodes that want one; both rounded up. */
export function updateLimit(daemonSet: KubernetesObject, field: 'maxSurge' | 'maxUnavailable', nodes: number): number {
  if (stringAt(daemonSet, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate') return 0;
  const value = intOrStringOf(valueAt(daemonSet, 'spec', 'updateStrategy', 'rollingUpdate', field)) ?? 0;
  const scaled = scaledIntOrPercent(value, nodes, 'up');
  return 'error' in scaled ? 0 : scaled.value;
}

export interface DaemonStep {
  readonly remove: readonly string[];
  /** Nodes that get a Pod. */
  readonly add: readonly string[];
}

/** Source: pkg/controller/daemon/update.go `rollingUpdate`, 1.36. */
export function rollingStep(
  daemonSet: KubernetesObject,
  nodes: readonly KubernetesObject[],
  podsOn: ReadonlyMap<string, readonly KubernetesObject[]>,
  hash: string,
  nowMs: number,
): DaemonStep {
  const wanting = nodes.filter((node) => nodeShouldRun(daemonSet, node).shouldRun);
  const names = new Set([...podsOn.keys(), ...wanting.map(nameOf)]);
  const surge = updateLimit(daemonSet, 'maxSurge', wanting.length);
  const unavailable = updateLimit(daemonSet, 'maxUnavailable', wanting.length);
  const minReadySeconds = numberAt(daemonSet, 'spec', 'minReadySeconds') ?? 0;
  const available = (pod: KubernetesObject): boolean => isAvailable(pod, minReadySeconds, nowMs);
  const found = [...names].map((node) => ({ node, ...pairOn(daemonSet, podsOn.get(node) ?? [], hash) }));
  if (surge === 0) {
    const most = wanting.length > 0 && unavailable === 0 ? 1 : unavailable;
    return withoutSurge(found, most, available);
  }
  return withSurge(found, surge, new Set(wanting.map(nameOf)), available);
}

interface Found {
  readonly node: string;
  /** Several old or several new Pods. */
  readonly isMixed: boolean;
  readonly old: KubernetesObject | undefined;
  readonly new: KubernetesObject | undefined;
}

function pairOn(daemonSet: KubernetesObject, pods: readonly KubernetesObject[], hash: string): Omit<Found, 'node'> {
  const left = pods.filter((pod) => !isBeingDeleted(pod));
  const updated = left.filter((pod) => isUpdated(daemonSet, pod, hash));
  const old = left.filter((pod) => !updated.includes(pod));
  return { isMixed: updated.length > 1 || old.length > 1, old: old[0], new: updated[0] };
}

function withoutSurge(
  found: readonly Found[],
  most: number,
  available: (pod: KubernetesObject) => boolean,
): DaemonStep {
  let unavailable = 0;
  const broken: string[] = [];
  const candidates: string[] = [];
  for (const { isMixed, old, new: updated } of found) {
    if (isMixed || (old === undefined) === (updated === undefined)) unavailable++;
    else if (updated !== undefined) unavailable += available(updated) ? 0 : 1;
    else if (!available(old!)) {
      broken.push(nameOf(old!));
      unavailable++;
    } else if (unavailable < most) candidates.push(nameOf(old!));
  }
  return { remove: [...broken, ...candidates.slice(0, Math.max(0, most - unavailable))], add: [] };
}

function withSurge(
  found: readonly Found[],
  most: number,
  wanting: ReadonlySet<string>,
  available: (pod: KubernetesObject) => boolean,
): DaemonStep {
  let surge = 0;
  let running = 0;
  const remove: string[] = [];
  const misplaced: string[] = [];
  const allowed: string[] = [];
  const candidates: string[] = [];
  for (const { node, isMixed, old, new: updated } of found) {
    if (isMixed) {
      surge++;
      continue;
    }
    const counted = old ?? updated;
    if (counted !== undefined && available(counted)) running++;
    if (old === undefined) continue;
    if (updated !== undefined) {
      if (available(updated)) remove.push(nameOf(old));
      else surge++;
    } else if (!available(old)) (wanting.has(node) ? allowed : remove).push(wanting.has(node) ? node : nameOf(old));
    else if (!wanting.has(node)) misplaced.push(nameOf(old));
    else if (surge < most) candidates.push(node);
  }
  const spare = Math.max(0, running - wanting.size);
  return {
    remove: [...remove, ...misplaced.slice(0, spare)],
    add: [...allowed, ...candidates.slice(0, Math.max(0, most - surge))],
  };
}
