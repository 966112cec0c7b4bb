import { hasFinalizer } from '../../../apimachinery/finalizers.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { OwnerReference } from '../../../apimachinery/owner-reference.ts';
import { ownersOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, objectAt } from '../../../base/json.ts';
import type { ResourceName, WatchEvent } from '../../messages.ts';
import { keyOf } from '../../client/view.ts';
import type { Caches, Controller, ReconcileContext } from '../controller.ts';
import { COLLECTED, resourceOfKind } from './collected-resources.ts';
import { callOn, patchMetadata, removeFinalizer } from './metadata-patch.ts';
import type { Target } from './metadata-patch.ts';
import { orphanDependents } from './orphan-dependents.ts';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/**
 * Deletes what has lost all its owners, and lets owners that go in the foreground go when their dependents are gone.
 * Source: pkg/controller/garbagecollector/garbagecollector.go, 1.36.
 */
export const garbageCollector: Controller = {
  name: 'garbage-collector-controller',
  account: 'generic-garbage-collector',
  workers: 20,
  watches: COLLECTED.map((resource) => ({
    resource,
    keysOf: (event, caches) => keysOf(resource, event, caches),
  })),
  reconcile(context, key) {
    if (key.startsWith(ABSENT)) return context.remember(true);
    const { resource, place } = parseKey(key);
    const object = context.view(resource).getKey(place);
    if (object === undefined) return undefined;
    const failed =
      hasFinalizer(object, ORPHAN) && isBeingDeleted(object)
        ? orphanDependents(context, resource, object)
        : attemptToDelete(context, resource, object);
    return failed === undefined ? undefined : { failed };
  },
};

function keysOf(resource: ResourceName, { type, key, object }: WatchEvent, caches: Caches): readonly string[] {
  const uid = nameAt(object, 'metadata', 'uid') ?? '';
  if (type === 'DELETED') {
    const dependents = dependentsOf(caches, uid).map(keyOfDependent);
    const { apiVersion, kind } = object;
    const owner = { apiVersion, kind, name: nameOf(object), uid };
    const absent = dependents.length === 0 ? [] : [absentKey(owner, namespaceOf(object))];
    return [...absent, ...dependents, ...ownerKeys(object)];
  }
  if (isBeingDeleted(object) && (hasFinalizer(object, FOREGROUND) || hasFinalizer(object, ORPHAN)))
    return [formatKey(resource, key), ...dependentsOf(caches, uid).map(keyOfDependent)];
  const owners = ownersOf(object);
  const isOrphaned = owners.some((owner) => !isThere(caches, owner, namespaceOf(object)));
  return isOrphaned ? [formatKey(resource, key)] : [];
}

/** Owners that wait in the foreground for what has just gone. */
function ownerKeys(object: KubernetesObject): readonly string[] {
  return ownersOf(object).flatMap((owner) => {
    const resource = resourceOfKind(owner.apiVersion, owner.kind);
    if (resource === undefined) return [];
    return [formatKey(resource.name, resource.namespaced ? keyOf(namespaceOf(object), owner.name) : owner.name)];
  });
}

function isThere(caches: Caches, owner: OwnerReference, namespace: string | undefined): boolean {
  const resource = resourceOfKind(owner.apiVersion, owner.kind);
  if (resource === undefined) return true;
  const found = caches.view(resource.name).get(resource.namespaced ? namespace : undefined, owner.name);
  return found !== undefined && nameAt(found, 'metadata', 'uid') === owner.uid && !isBeingDeleted(found);
}

/** Begins the keys under which owners are remembered that are gone. */
const ABSENT = 'absent|';

type Owner = Pick<OwnerReference, 'apiVersion' | 'kind' | 'name' | 'uid'>;

/**
 * The key under which an owner is remembered that is gone: nobody asks for it again. Uids come once, so it stays true.
 * Source: pkg/controller/garbagecollector/uid_cache.go `ReferenceCache`, which keeps 500 of them, 1.36.
 */
function absentKey({ apiVersion, kind, name, uid }: Owner, namespace: string | undefined): string {
  return `${ABSENT}${apiVersion}|${kind}|${namespace ?? ''}|${name}|${uid}`;
}

interface Dependent {
  readonly resource: ResourceName;
  readonly object: KubernetesObject;
}

function dependentsOf(caches: Caches, uid: string): readonly Dependent[] {
  return COLLECTED.flatMap((resource) =>
    caches
      .view(resource)
      .indexed('owner', uid)
      .map((object) => ({ resource, object })),
  );
}

function keyOfDependent({ resource, object }: Dependent): string {
  return formatKey(resource, keyOf(namespaceOf(object), nameOf(object)));
}

function formatKey({ group, version, plural }: ResourceName, place: string): string {
  return `${group}|${version}|${plural}|${place}`;
}

function parseKey(key: string): { readonly resource: ResourceName; readonly place: string } {
  const [group, version, plural, place] = key.split('|');
  return { resource: { group: group!, version: version!, plural: plural! }, place: place! };
}

/** Source: `attemptToDeleteItem`, 1.36. */
function attemptToDelete(
  context: ReconcileContext,
  resource: ResourceName,
  object: KubernetesObject,
): string | undefined {
  if (isBeingDeleted(object) && !hasFinalizer(object, FOREGROUND)) return undefined;
  const target = { resource, namespace: namespaceOf(object), name: nameOf(object) };
  const read = context.api.call(callOn(target, 'get'));
  if (!read.ok) return read.code === 404 ? undefined : read.message;
  const live = read.object;
  if (nameAt(live, 'metadata', 'uid') !== nameAt(object, 'metadata', 'uid')) return undefined;
  if (isBeingDeleted(live) && hasFinalizer(live, FOREGROUND)) return waitForDependents(context, target, live);
  const owners = ownersOf(live);
  if (owners.length === 0) return undefined;
  const kinds = owners.map((owner) => classify(context, owner, namespaceOf(live)));
  const failed = kinds.find((kind) => typeof kind === 'object');
  if (typeof failed === 'object') return failed.failed;
  if (kinds.includes('solid')) {
    const gone = owners.filter((_owner, index) => kinds[index] !== 'solid');
    return gone.length === 0 ? undefined : removeOwners(context, target, live, gone);
  }
  const uid = nameAt(live, 'metadata', 'uid') ?? '';
  const dependents = kinds.includes('waiting') ? dependentsOf(context, uid) : [];
  const isWaiting = dependents.length > 0;
  // One of its own dependents waits as well: it may be a circle, in which none may wait for another.
  if (dependents.some((one) => isBeingDeleted(one.object) && hasFinalizer(one.object, FOREGROUND))) {
    const unblocked = unblockOwners(context, target, live);
    if (unblocked !== undefined) return unblocked;
  }
  const policy = isWaiting ? 'Foreground' : policyOf(live);
  const deleted = context.api.call({
    ...callOn(target, 'delete'),
    options: { propagationPolicy: policy, preconditions: { uid } },
  });
  return deleted.ok || deleted.code === 404 || deleted.code === 409 ? undefined : deleted.message;
}

function policyOf(object: KubernetesObject): 'Orphan' | 'Foreground' | 'Background' {
  if (hasFinalizer(object, ORPHAN)) return 'Orphan';
  return hasFinalizer(object, FOREGROUND) ? 'Foreground' : 'Background';
}

/** Whether an owner is there (`solid`), gone (`dangling`), or waits for this object to go (`waiting`). */
function classify(
  context: ReconcileContext,
  owner: OwnerReference,
  namespace: string | undefined,
): 'solid' | 'dangling' | 'waiting' | { readonly failed: string } {
  if ([undefined, namespace].some((place) => context.memoryOf(absentKey(owner, place)) !== undefined))
    return 'dangling';
  const resource = resourceOfKind(owner.apiVersion, owner.kind);
  if (resource === undefined) return { failed: `unable to get REST mapping for ${owner.apiVersion}/${owner.kind}.` };
  const target = { resource: resource.name, namespace: resource.namespaced ? namespace : undefined, name: owner.name };
  const read = context.api.call(callOn(target, 'get'));
  if (!read.ok && read.code !== 404) return { failed: read.message };
  if (!read.ok || nameAt(read.object, 'metadata', 'uid') !== owner.uid) {
    context.enqueue(absentKey(owner, target.namespace));
    return 'dangling';
  }
  return isBeingDeleted(read.object) && hasFinalizer(read.object, FOREGROUND) ? 'waiting' : 'solid';
}

/** Source: `processDeletingDependentsItem`, 1.36. */
function waitForDependents(context: ReconcileContext, target: Target, live: KubernetesObject): string | undefined {
  const uid = nameAt(live, 'metadata', 'uid') ?? '';
  const blocking = dependentsOf(context, uid).filter(({ object }) =>
    arrayAt(object, 'metadata', 'ownerReferences').some(
      (owner) => nameAt(owner, 'uid') === uid && booleanAt(owner, 'blockOwnerDeletion') === true,
    ),
  );
  for (const dependent of blocking) if (!isBeingDeleted(dependent.object)) context.enqueue(keyOfDependent(dependent));
  return blocking.length > 0 ? undefined : removeFinalizer(context, target, live, FOREGROUND);
}

/** The owners of an object no longer wait for it. Source: patch.go `unblockOwnerReferencesStrategicMergePatch`, 1.36. */
export function unblockOwners(context: ReconcileContext, target: Target, live: KubernetesObject): string | undefined {
  const owners = arrayAt(live, 'metadata', 'ownerReferences');
  const isBlocking = (owner: JsonValue): boolean => booleanAt(owner, 'blockOwnerDeletion') === true;
  if (!owners.some(isBlocking)) return undefined;
  const ownerReferences = owners.map((owner) =>
    isBlocking(owner) ? { ...objectAt(owner), blockOwnerDeletion: false } : owner,
  );
  return patchMetadata(context, target, live, { ownerReferences });
}

export function removeOwners(
  context: ReconcileContext,
  target: Target,
  live: KubernetesObject,
  gone: readonly OwnerReference[],
): string | undefined {
  const uids = new Set(gone.map(({ uid }) => uid));
  const ownerReferences = arrayAt(live, 'metadata', 'ownerReferences').filter(
    (owner) => !uids.has(nameAt(owner, 'uid') ?? ''),
  );
  return patchMetadata(context, target, live, { ownerReferences });
}
