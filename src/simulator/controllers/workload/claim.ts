import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import { selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerOf, controllerReferenceTo, uidOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';
import type { View } from '../../client/view.ts';
import type { ResourceName } from '../../messages.ts';
import type { ReconcileContext } from '../controller.ts';
import { fail } from './sync-failure.ts';

/** Whose the claimed objects shall be, and how it is read anew. */
export interface Claimant {
  readonly owner: KubernetesObject;
  readonly resource: ResourceName;
  readonly selector: LabelSelector;
  /** A finalizer that comes with adoption and goes with release. */
  readonly finalizer?: string;
}

/** Objects that an owner controls, and those of its namespace that nobody does. */
export function ownedOrOrphaned(view: View, owner: KubernetesObject): readonly KubernetesObject[] {
  return [...view.indexed('owner', uidOf(owner)), ...view.indexed('orphan', namespaceOf(owner) ?? '')];
}

/**
 * The objects that are an owner's: those that it controls and its selector matches. Orphans that match are adopted, after
 * a read past the cache has shown that the owner is still there; what no longer matches is released.
 * Source: pkg/controller/controller_ref_manager.go `ClaimObject`, 1.36.
 */
export function claim(
  context: ReconcileContext,
  { owner, resource, selector, finalizer }: Claimant,
  objects: readonly KubernetesObject[],
  claimed: ResourceName,
  filter: (object: KubernetesObject) => boolean = () => true,
): readonly KubernetesObject[] {
  const mine: KubernetesObject[] = [];
  let mayAdopt: string | undefined;
  let failure: string | undefined;
  for (const object of objects) {
    const controller = controllerOf(object);
    if (controller !== undefined && controller.uid !== uidOf(owner)) continue;
    const matches = selectsObject(selector, object) && filter(object);
    if (controller !== undefined && matches) mine.push(object);
    else if (controller !== undefined) {
      if (!isBeingDeleted(owner)) failure ??= release(context, owner, object, claimed, finalizer);
    } else if (matches && !isBeingDeleted(owner) && !isBeingDeleted(object) && isNear(owner, object)) {
      mayAdopt ??= recheck(context, owner, resource);
      if (mayAdopt !== '') {
        failure ??= `can't adopt ${object.kind} ${namespaceOf(object) ?? ''}/${nameOf(object)} (${uidOf(object)}): ${mayAdopt}`;
        continue;
      }
      const added = finalizer === undefined ? {} : { finalizers: [finalizer] };
      const patched = patchOwners(context, object, claimed, { ...controllerReferenceTo(owner) }, added);
      if (patched.ok) mine.push(patched.object);
      else if (patched.code !== 404) failure ??= patched.message;
    }
  }
  return failure === undefined ? mine : fail(failure);
}

function isNear(owner: KubernetesObject, object: KubernetesObject): boolean {
  return namespaceOf(owner) === undefined || namespaceOf(owner) === namespaceOf(object);
}

/** Why nothing may be adopted; '' where it may. Source: `RecheckDeletionTimestamp`, 1.36. */
function recheck(context: ReconcileContext, owner: KubernetesObject, resource: ResourceName): string {
  const [namespace, name] = [namespaceOf(owner) ?? '', nameOf(owner)];
  const fresh = context.api.call({ verb: 'get', resource, namespace, name });
  const words = "can't recheck DeletionTimestamp: ";
  if (!fresh.ok) return words + fresh.message;
  if (uidOf(fresh.object) !== uidOf(owner))
    return `${words}original ${owner.kind} ${namespace}/${name} is gone: got uid ${uidOf(fresh.object)}, wanted ${uidOf(owner)}`;
  if (!isBeingDeleted(fresh.object)) return '';
  return `${namespace}/${name} has just been deleted at ${stringAt(fresh.object, 'metadata', 'deletionTimestamp') ?? ''}`;
}

function release(
  context: ReconcileContext,
  owner: KubernetesObject,
  object: KubernetesObject,
  resource: ResourceName,
  finalizer: string | undefined,
): string | undefined {
  const gone = finalizer === undefined ? {} : { '$deleteFromPrimitiveList/finalizers': [finalizer] };
  const patched = patchOwners(context, object, resource, { $patch: 'delete', uid: uidOf(owner) }, gone);
  return patched.ok || patched.code === 404 || patched.code === 422 ? undefined : patched.message;
}

function patchOwners(
  context: ReconcileContext,
  object: KubernetesObject,
  resource: ResourceName,
  reference: Readonly<Record<string, string | boolean>>,
  more: JsonObject,
): ReturnType<ReconcileContext['api']['call']> {
  const { apiVersion, kind } = object;
  return context.api.call({
    verb: 'patch',
    resource,
    namespace: namespaceOf(object) ?? '',
    name: nameOf(object),
    options: { patchType: 'strategic' },
    body: { apiVersion, kind, metadata: { uid: uidOf(object), ownerReferences: [reference], ...more } },
  });
}
