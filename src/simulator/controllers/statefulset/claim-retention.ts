import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { OwnerReference } from '../../../apimachinery/owner-reference.ts';
import { controllerReferenceTo, ownersOf, uidOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import { isInRange } from './ordinals.ts';

/**
 * Whom a claim belongs to, so that it goes with the set or with the Pod that a smaller set no longer has.
 * Source of this file: pkg/controller/statefulset/stateful_set_utils.go, 1.36.
 */
interface RetentionPolicy {
  readonly whenDeleted: string;
  readonly whenScaled: string;
}

export function retentionPolicy(set: KubernetesObject): RetentionPolicy {
  const policy = objectAt(set, 'spec', 'persistentVolumeClaimRetentionPolicy');
  return {
    whenDeleted: policy === undefined ? 'Retain' : (stringAt(policy, 'whenDeleted') ?? ''),
    whenScaled: policy === undefined ? 'Retain' : (stringAt(policy, 'whenScaled') ?? ''),
  };
}

/** Same apiVersion, kind and name, whatever the uid. */
function names(reference: OwnerReference, object: KubernetesObject): boolean {
  return (
    reference.apiVersion === object.apiVersion && reference.kind === object.kind && reference.name === nameOf(object)
  );
}

/** Whether somebody else manages the claim of a set that would manage it. */
export function hasUnexpectedController(
  claim: KubernetesObject,
  set: KubernetesObject,
  pod: KubernetesObject,
): boolean {
  const { whenDeleted, whenScaled } = retentionPolicy(set);
  if (whenDeleted === 'Retain' && whenScaled === 'Retain') return false;
  for (const owner of ownersOf(claim)) {
    const own = [set, pod].find((object) => names(owner, object));
    if (own === undefined ? owner.controller : owner.uid !== uidOf(own)) return true;
  }
  return false;
}

function hasNonControllerOwner(claim: KubernetesObject, set: KubernetesObject, pod: KubernetesObject): boolean {
  return ownersOf(claim).some(({ uid, controller }) => (uid === uidOf(set) || uid === uidOf(pod)) && !controller);
}

function isOwnedBy(claim: KubernetesObject, owner: KubernetesObject): boolean {
  return ownersOf(claim).some(({ uid }) => uid === uidOf(owner));
}

/** Whether the claim is owned by an object of that name that is gone. */
export function hasStaleOwner(claim: KubernetesObject, object: KubernetesObject): boolean {
  const reference = ownersOf(claim).find((owner) => names(owner, object));
  return reference !== undefined && reference.uid !== uidOf(object);
}

/** Which of the two shall own the claim. */
function wantedOwners(set: KubernetesObject, pod: KubernetesObject): { readonly set: boolean; readonly pod: boolean } {
  const { whenDeleted, whenScaled } = retentionPolicy(set);
  const isKnown = [whenDeleted, whenScaled].every((policy) => policy === 'Retain' || policy === 'Delete');
  if (!isKnown) return { set: false, pod: false };
  const isCondemned = whenScaled === 'Delete' && !isInRange(pod, set);
  return { set: whenDeleted === 'Delete' && !isCondemned, pod: isCondemned };
}

/** Whether the owners of a claim are those of the policy; claims in a state that nobody knows are left alone. */
export function isClaimOwnerUpToDate(claim: KubernetesObject, set: KubernetesObject, pod: KubernetesObject): boolean {
  if (hasStaleOwner(claim, set) || hasStaleOwner(claim, pod)) return true;
  if (hasUnexpectedController(claim, set, pod)) return !isOwnedBy(claim, set) && !isOwnedBy(claim, pod);
  if (hasNonControllerOwner(claim, set, pod)) return false;
  const wanted = wantedOwners(set, pod);
  return isOwnedBy(claim, set) === wanted.set && isOwnedBy(claim, pod) === wanted.pod;
}

/** The claim with the owners of the policy. */
export function withClaimOwners(
  claim: KubernetesObject,
  set: KubernetesObject,
  pod: KubernetesObject,
): KubernetesObject {
  const entries = arrayAt(claim, 'metadata', 'ownerReferences');
  const owners = ownersOf(claim);
  const others = entries.filter((_, index) => ![set, pod].some((object) => names(owners[index]!, object)));
  const wanted = hasUnexpectedController(claim, set, pod) ? { set: false, pod: false } : wantedOwners(set, pod);
  const added = [...(wanted.pod ? [pod] : []), ...(wanted.set ? [set] : [])].filter(
    (owner) => !others.some((entry) => stringAt(entry, 'uid') === uidOf(owner)),
  );
  const ownerReferences: readonly JsonValue[] = [
    ...others,
    ...added.map((owner): JsonObject => ({ ...controllerReferenceTo(owner) })),
  ];
  return { ...claim, metadata: { ...objectAt(claim, 'metadata'), ownerReferences } };
}
