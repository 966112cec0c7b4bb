import { isKubernetesObject, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, jsonEqual, nameAt, objectAt } from '../../../base/json.ts';
import { besideUrl } from '../../../kinds/judge-update.ts';
import { otherVersion } from './other-version.ts';
import { judgeRequest, prepareUpdate } from '../judging.ts';
import type { Decoded } from '../field-validation.ts';
import { storageKey, storageKeyOf } from '../served-resources.ts';
import { OBJECT_MODIFIED, badRequest, conflict, isRefusal, notFound, preconditionFailed } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { PreparedWrite } from '../state.ts';
import type { Found, WriteRequest, WriteVerb } from '../write-verbs.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/update.go and registry/generic/registry/store.go, 1.36. */
export const update: WriteVerb = (write) => {
  const { server, request, resource, current } = write;
  const { body } = request;
  if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
  const { name = nameOf(body), namespace = namespaceOf(body) } = request;
  const elsewhere = besideUrl(body, { name, namespace }, resource.namespaced);
  if (elsewhere !== undefined) return badRequest(elsewhere.message);
  if (current === undefined) return otherObject(write, body) ?? notFound(resource, name);
  const stale = staleVersion(write, body, current);
  if (stale !== undefined) return stale;
  const decoded = judgeRequest(server, request, body);
  if (isRefusal(decoded)) return decoded;
  const wrong = otherVersion(request, body);
  if (wrong !== undefined) return wrong;
  return finishUpdate(write, decoded, current);
};

/**
 * 409 where the client says which object it read, and that is another one of the same name, or gone.
 * Source: staging/src/k8s.io/apiserver/pkg/registry/rest/update.go `Preconditions`, 1.36.
 */
export function otherObject({ request, resource, current }: WriteRequest, body: KubernetesObject): Refusal | undefined {
  const read = nameAt(body, 'metadata', 'uid');
  const own = nameAt(current?.object, 'metadata', 'uid') ?? '';
  if (read === undefined || read === own) return undefined;
  const name = request.name ?? nameOf(body);
  const key = storageKey(resource, request.namespace, name);
  return preconditionFailed(resource, key, name, `UID in precondition: ${read}, UID in object meta: ${own}`);
}

/** The same, and 409 where the client says which version it read and that is not the newest. */
export function staleVersion(write: WriteRequest, body: KubernetesObject, current: Found): Refusal | undefined {
  return otherObject({ ...write, current }, body) ?? olderVersion(write, body, current);
}

/** A patch says no more than the version. */
export function olderVersion(
  { resource }: WriteRequest,
  body: KubernetesObject,
  { revision, object }: Found,
): Refusal | undefined {
  const read = nameAt(body, 'metadata', 'resourceVersion');
  return read === undefined || Number(read) === revision
    ? undefined
    : conflict(resource, nameOf(object), OBJECT_MODIFIED);
}

/** Judges the changed object and makes the write; a write that changes nothing is none. */
export function finishUpdate(write: WriteRequest, decoded: Decoded, current: Found): PreparedWrite | Refusal {
  const { server, request, resource } = write;
  const judged = prepareUpdate(server, request, decoded, current.object);
  if (isRefusal(judged)) return judged;
  const { object, warnings, rest } = judged;
  const key = storageKeyOf(resource, object);
  if (isGone(object))
    return { ...rest, key, value: undefined, expectedRevision: current.revision, code: 200, warnings, answer: object };
  const base = {
    key,
    value: Object.freeze(object),
    expectedRevision: current.revision,
    code: 200,
    warnings,
    ...rest,
  } as const;
  if (sameButVersion(object, current.object) && current.isOld !== true)
    return { ...base, isUnchanged: true, answer: current.object };
  return { ...base, isHeartbeat: resource.kind === 'Lease' || resource.qualified === 'events' };
}

/** The last finalizer of an object that is being deleted has gone; of a Namespace, those of its spec too. */
export function isGone(object: KubernetesObject): boolean {
  const metadata = objectAt(object, 'metadata') ?? {};
  const finalizers = metadata['finalizers'];
  if (nameAt(metadata, 'deletionTimestamp') === undefined) return false;
  const own = arrayAt(object, 'spec', 'finalizers').length;
  if (object.kind === 'Namespace' && own > 0) return false;
  const isEmpty = finalizers === undefined || (Array.isArray(finalizers) && finalizers.length === 0);
  return isEmpty && metadata['deletionGracePeriodSeconds'] === 0;
}

export function sameButVersion(a: KubernetesObject, b: KubernetesObject): boolean {
  return jsonEqual(withoutVersion(a), withoutVersion(b));
}

function withoutVersion(object: KubernetesObject): KubernetesObject {
  const { resourceVersion: _, ...metadata } = objectAt(object, 'metadata') ?? {};
  return { ...object, metadata };
}
