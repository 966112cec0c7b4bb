import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, booleanAt, nameAt, stringAt } from '../base/json.ts';
import { parseApiVersion } from './group-version-kind.ts';
import { nameOf } from './object.ts';
import type { KubernetesObject } from './object.ts';

/**
 * Who an object belongs to. Owners live in the object's own namespace, or are cluster-scoped.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/controller_ref.go, 1.36.
 */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** '' in a manifest that nobody has applied yet. */
  readonly uid: string;
  /** The owner manages the object; at most one owner does. */
  readonly controller: boolean;
  /** The owner cannot be deleted in the foreground before the object is gone. */
  readonly blockOwnerDeletion: boolean;
}

/** `metadata.ownerReferences`; entries that name no object are left out. */
export function ownersOf(object: JsonObject): readonly OwnerReference[] {
  const entries = arrayAt(object, 'metadata', 'ownerReferences');
  let owners = read.get(entries);
  if (owners === undefined) read.set(entries, (owners = ownersIn(entries)));
  return owners;
}

/** Lists that were read: an object keeps its own from one version to the next, and is asked for it by every controller. */
const read = new WeakMap<readonly JsonValue[], readonly OwnerReference[]>();

function ownersIn(entries: readonly JsonValue[]): readonly OwnerReference[] {
  return entries.flatMap((entry) => {
    const kind = nameAt(entry, 'kind');
    const name = nameAt(entry, 'name');
    if (kind === undefined || name === undefined) return [];
    return [
      {
        apiVersion: stringAt(entry, 'apiVersion') ?? '',
        kind,
        name,
        uid: stringAt(entry, 'uid') ?? '',
        controller: booleanAt(entry, 'controller') ?? false,
        blockOwnerDeletion: booleanAt(entry, 'blockOwnerDeletion') ?? false,
      },
    ];
  });
}

/** The owner that manages the object: the ReplicaSet of a Pod, the Deployment of that. */
export function controllerOf(object: JsonObject): OwnerReference | undefined {
  return ownersOf(object).find((owner) => owner.controller);
}

/** `metadata.uid`, or '' where the object has never been in a cluster. */
export function uidOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'uid') ?? '';
}

/**
 * Whether a reference means this object. The uid decides, as it does in a cluster; where one side has none, group, kind
 * and name do, which is what a manifest can say.
 */
export function refersTo(reference: OwnerReference, owner: KubernetesObject): boolean {
  const uid = uidOf(owner);
  if (uid !== '' && reference.uid !== '') return uid === reference.uid;
  const sameGroup = parseApiVersion(reference.apiVersion).group === parseApiVersion(owner.apiVersion).group;
  return sameGroup && reference.kind === owner.kind && reference.name === nameOf(owner);
}

export function isControlledBy(object: JsonObject, owner: KubernetesObject): boolean {
  const controller = controllerOf(object);
  return controller !== undefined && refersTo(controller, owner);
}

/** The reference that a controller writes into what it makes. */
export function controllerReferenceTo(owner: KubernetesObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: nameOf(owner),
    uid: uidOf(owner),
    controller: true,
    blockOwnerDeletion: true,
  };
}
