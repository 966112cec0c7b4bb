import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { numberAt } from '../../../base/json.ts';
import { MAX_REPLICAS, byCreation, countIn, maxSurge, replicasOf, wantedReplicas } from './replica-sets.ts';

/**
 * New sizes of the active ReplicaSets of a Deployment that is scaled in the middle of a roll-out: in proportion, what is
 * left over to the largest. Source: pkg/controller/deployment/sync.go `scale`, 1.36.
 */
export function proportionalSizes(
  deployment: KubernetesObject,
  active: readonly KubernetesObject[],
): readonly { readonly set: KubernetesObject; readonly size: number }[] {
  const desired = replicasOf(deployment);
  const allowed = desired > 0 ? desired + maxSurge(deployment) : 0;
  const toAdd = allowed - wantedReplicas(active);
  const sorted = toAdd === 0 ? active : [...active].sort((a, b) => bySize(a, b, toAdd > 0));
  let added = 0;
  const sizes = sorted.map((set) => {
    const part = proportion(deployment, set, toAdd, added);
    added += part;
    return { set, size: replicasOf(set) + part };
  });
  return sizes.map(({ set, size }, index) =>
    index === 0 && toAdd !== 0 ? { set, size: Math.max(0, size + toAdd - added) } : { set, size },
  );
}

function bySize(a: KubernetesObject, b: KubernetesObject, newerFirst: boolean): number {
  return replicasOf(b) - replicasOf(a) || (newerFirst ? byCreation(b, a) : byCreation(a, b));
}

/** Source: pkg/controller/deployment/util/deployment_util.go `GetReplicaSetProportion`, 1.36. */
export function proportion(deployment: KubernetesObject, set: KubernetesObject, toAdd: number, added: number): number {
  if (replicasOf(set) === 0 || toAdd === 0 || toAdd === added) return 0;
  const fraction = fractionOf(deployment, set);
  return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
}

export function fractionOf(deployment: KubernetesObject, set: KubernetesObject): number {
  const [desired, size] = [replicasOf(deployment), replicasOf(set)];
  if (desired === 0) return -size;
  const before = countIn(set, MAX_REPLICAS) || (numberAt(deployment, 'status', 'replicas') ?? 0);
  // Somebody took the annotation away and no Pod could be made.
  if (before === 0) return 0;
  return Math.round((size * (desired + maxSurge(deployment))) / before) - size;
}
