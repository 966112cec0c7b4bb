import type { KubernetesObject } from '../../../apimachinery/object.ts';
import {
  availableOf,
  byCreation,
  countedReplicas,
  maxUnavailable,
  replicasOf,
  wantedReplicas,
} from './replica-sets.ts';

/** A ReplicaSet and the size that it gets. */
export interface Resize {
  readonly set: KubernetesObject;
  readonly size: number;
}

/**
 * How the old ReplicaSets shrink in one step of a rolling update: replicas that are not available go first, as nobody
 * misses them; then as many as the new ones allow.
 * Source: pkg/controller/deployment/rolling.go `reconcileOldReplicaSets`, 1.36.
 */
export function shrinkOldSets(
  deployment: KubernetesObject,
  oldSets: readonly KubernetesObject[],
  newSet: KubernetesObject,
): readonly Resize[] {
  const all = [...oldSets, newSet];
  const least = replicasOf(deployment) - maxUnavailable(deployment);
  const newUnavailable = replicasOf(newSet) - availableOf(newSet);
  const most = wantedReplicas(all) - least - newUnavailable;
  if (wantedReplicas(oldSets) === 0 || most <= 0) return [];
  const cleaned = cleanUpUnhealthy(oldSets, most);
  const sizes = new Map(cleaned.map(({ set, size }) => [set, size]));
  return [...cleaned, ...shrinkAvailable(deployment, all, oldSets, (set) => sizes.get(set) ?? replicasOf(set))];
}

/** Source: rolling.go `cleanupUnhealthyReplicas`, 1.36. */
export function cleanUpUnhealthy(oldSets: readonly KubernetesObject[], most: number): readonly Resize[] {
  const resizes: Resize[] = [];
  let left = most;
  for (const set of [...oldSets].sort(byCreation)) {
    if (left <= 0) break;
    const unhealthy = replicasOf(set) - availableOf(set);
    if (replicasOf(set) === 0 || unhealthy === 0) continue;
    const count = Math.min(left, unhealthy);
    resizes.push({ set, size: replicasOf(set) - count });
    left -= count;
  }
  return resizes;
}

/** Source: rolling.go `scaleDownOldReplicaSetsForRollingUpdate`, 1.36. */
export function shrinkAvailable(
  deployment: KubernetesObject,
  all: readonly KubernetesObject[],
  oldSets: readonly KubernetesObject[],
  sizeOf: (set: KubernetesObject) => number = replicasOf,
): readonly Resize[] {
  const least = replicasOf(deployment) - maxUnavailable(deployment);
  const resizes: Resize[] = [];
  let left = countedReplicas(all, 'availableReplicas') - least;
  for (const set of [...oldSets].sort(byCreation)) {
    if (left <= 0) break;
    const size = sizeOf(set);
    if (size === 0) continue;
    const count = Math.min(size, left);
    resizes.push({ set, size: size - count });
    left -= count;
  }
  return resizes;
}
