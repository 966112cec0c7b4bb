import type { JsonValue } from '../base/json.ts';
import { arrayAt, booleanAt, stringAt } from '../base/json.ts';
import { parseApiVersion } from '../apimachinery/group-version-kind.ts';
import { semanticEqual } from '../kinds/shared/validation/semantic-equal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { isFor } from './admission-request.ts';
import type { Answer } from './answer.ts';
import { forbidden } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';

/**
 * Who says that an object goes with its owner may delete it, and who holds an owner up may change its finalizers. Off by
 * default. What an authorizer has to say of its reasons is not told.
 * Source: plugin/pkg/admission/gc/gc_admission.go, 1.36.
 */
export const ownerReferencesPermissionEnforcement: AdmissionPlugin = {
  name: 'OwnerReferencesPermissionEnforcement',
  operations: ['CREATE', 'UPDATE'],
  validate(request, cluster) {
    const { object, oldObject, operation, user, namespace, name } = request;
    if (object === undefined || isFor(request, 'pods', 'status')) return undefined;
    const [owners, before] = [ownersOf(object), ownersOf(oldObject)];
    if (semanticEqual(owners, before)) return undefined;
    const { group, resource } = request.resource;
    const { subresource } = request;
    const mayDelete = (): boolean =>
      cluster.authorize(user, { verb: 'delete', group, resource, subresource, namespace, name });
    if (operation !== 'CREATE' && !mayDelete())
      return forbidden(request, "cannot set an ownerRef on a resource you can't delete: , <nil>", { field: FIELD });
    return refusalOfBlocking(request, cluster, newlyBlocking(owners, before));
  },
};

const FIELD = ['metadata', 'ownerReferences'];

function ownersOf(object: unknown): readonly JsonValue[] {
  return arrayAt(object, ...FIELD);
}

/** Owners that cannot go before the object does, and could. */
function newlyBlocking(owners: readonly JsonValue[], before: readonly JsonValue[]): readonly JsonValue[] {
  const byUid = new Map(before.map((owner) => [stringAt(owner, 'uid') ?? '', owner]));
  return owners.filter(
    (owner) =>
      booleanAt(owner, 'blockOwnerDeletion') === true &&
      booleanAt(byUid.get(stringAt(owner, 'uid') ?? ''), 'blockOwnerDeletion') !== true,
  );
}

function refusalOfBlocking(request: AdmissionRequest, cluster: ClusterView, blocking: readonly JsonValue[]): Answer {
  const { user, namespace } = request;
  const subresource = 'finalizers';
  const anything = { verb: 'update', group: '*', resource: '*', subresource, name: '*' };
  if (blocking.length === 0 || cluster.authorize(user, anything)) return undefined;
  for (const owner of blocking) {
    const [apiVersion, kind] = [stringAt(owner, 'apiVersion') ?? '', stringAt(owner, 'kind') ?? ''];
    const gvk = { ...parseApiVersion(apiVersion), kind };
    const served = cluster.resourcesOf(gvk);
    if (served.length === 0) {
      const known = `no matches for kind "${kind}" in version "${apiVersion}"`;
      const words = `cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion ${apiVersion} Kind ${kind}: ${known}`;
      return forbidden(request, words, { field: FIELD });
    }
    for (const { group, resource, scope } of served) {
      const name = stringAt(owner, 'name') ?? '';
      const attributes = { verb: 'update', group, resource, subresource, name };
      if (cluster.authorize(user, scope === 'Namespaced' ? { ...attributes, namespace } : attributes)) continue;
      const words =
        "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: , <nil>";
      return forbidden(request, words, { field: FIELD });
    }
  }
  return undefined;
}
