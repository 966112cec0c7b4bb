import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt, objectAt } from '../../../base/json.ts';
import { admitDelete } from '../admission.ts';
import { release } from '../allocation/allocate.ts';
import { CLEANUP, withConditions } from '../custom-resources/definition.ts';
import { timeOf } from '../../kernel/clock.ts';
import { withMetadata } from '../new-metadata.ts';
import type { ServedResource } from '../served-resources.ts';
import { storageKeyOf } from '../served-resources.ts';
import { conflict, isRefusal, notFound } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { RequestOptions } from '../../messages.ts';
import type { Found, WriteRequest, WriteVerb } from '../write-verbs.ts';
import { deletionOf, markAsDeleting } from './deletion.ts';
import type { CollectionPolicy, Deletion } from './deletion.ts';
import { sameButVersion } from './update.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go `Delete`, 1.36. */
export const remove: WriteVerb = (write) => {
  const { server, request, resource, current } = write;
  if (current === undefined) return notFound(resource, request.name ?? '');
  const { object, revision } = current;
  const refused = preconditionError(write, current);
  if (refused !== undefined) return refused;
  const admitted = admitDelete(server, request, object);
  if (isRefusal(admitted)) return admitted;
  const key = storageKeyOf(resource, object);
  const base = { key, expectedRevision: revision, code: 200, warnings: admitted.warnings } as const;
  const deletion = deletionFor(object, resource, request.options ?? {}, server.context.nowMs);
  if (deletion.type === 'gone') return { ...base, value: undefined, answer: object, ...release(request, object) };
  const isSame = deletion.type === 'unchanged' || sameButVersion(deletion.object, object);
  if (isSame) return { ...base, value: object, isUnchanged: true, answer: object };
  return { ...base, value: Object.freeze(deletion.object) };
};

/** Source: staging/src/k8s.io/apiserver/pkg/registry/rest/delete.go `BeforeDelete`, 1.36. */
export function preconditionError(
  { request, resource }: WriteRequest,
  { object, revision }: Found,
): Refusal | undefined {
  const { uid, resourceVersion } = request.options?.preconditions ?? {};
  const { group, kind } = resource;
  const named = { ...resource, plural: kind, qualified: group === '' ? kind : `${kind}.${group}` };
  const own = nameAt(object, 'metadata', 'uid') ?? '';
  if (uid !== undefined && uid !== own)
    return conflict(
      named,
      nameOf(object),
      `the UID in the precondition (${uid}) does not match the UID in record (${own}). The object might have been deleted and then recreated`,
    );
  if (resourceVersion !== undefined && Number(resourceVersion) !== revision)
    return conflict(
      named,
      nameOf(object),
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${revision}). The object might have been modified`,
    );
  return undefined;
}

function deletionFor(
  object: KubernetesObject,
  resource: ServedResource,
  options: RequestOptions,
  nowMs: number,
): Deletion {
  const { qualified } = resource;
  const policy = POLICIES[qualified] ?? 'delete';
  if (qualified === 'customresourcedefinitions.apiextensions.k8s.io') return markDefinition(object, nowMs);
  if (qualified === 'pods') return deletionOf(object, options, policy, (asked) => gracePeriodOf(object, asked), nowMs);
  const deletion = deletionOf(object, options, policy, undefined, nowMs);
  if (qualified !== 'namespaces' || arrayAt(object, 'spec', 'finalizers').length === 0) return deletion;
  // A Namespace has finalizers of its own besides.
  const marked = deletion.type === 'marked' ? deletion.object : markAsDeleting(object, nowMs);
  return { type: 'marked', object: terminating(marked) };
}

/** Kinds that do not delete their dependents by default. Source: `DefaultGarbageCollectionPolicy` of the strategies, 1.36. */
const POLICIES: Readonly<Record<string, CollectionPolicy>> = {
  events: 'unsupported',
  'events.events.k8s.io': 'unsupported',
  'jobs.batch': 'orphan',
  replicationcontrollers: 'orphan',
};

/**
 * A definition stays until its objects are gone.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition/etcd.go `Delete`, 1.36.
 */
function markDefinition(object: KubernetesObject, nowMs: number): Deletion {
  const finalizers = arrayAt(object, 'metadata', 'finalizers');
  if (isBeingDeleted(object)) return { type: finalizers.length === 0 ? 'gone' : 'unchanged' };
  const metadata = {
    ...objectAt(object, 'metadata'),
    deletionTimestamp: timeOf(nowMs),
    deletionGracePeriodSeconds: 0,
    finalizers: finalizers.includes(CLEANUP) ? finalizers : [...finalizers, CLEANUP],
  };
  const pending = {
    type: 'Terminating',
    status: 'True',
    reason: 'InstanceDeletionPending',
    message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  } as const;
  return { type: 'marked', object: withConditions(withMetadata(object, metadata), [pending], timeOf(nowMs)) };
}

/** A Namespace that goes says so. Source: pkg/registry/core/namespace/storage/storage.go `Delete`, 1.36. */
function terminating(namespace: KubernetesObject): KubernetesObject {
  return { ...namespace, status: { ...objectAt(namespace, 'status'), phase: 'Terminating' } };
}

/** Only Pods that run somewhere are given time. Source: pkg/registry/core/pod/strategy.go `CheckGracefulDelete`, 1.36. */
function gracePeriodOf(pod: KubernetesObject, asked: number | undefined): number {
  const phase = objectAt(pod, 'status')?.['phase'];
  if (nameAt(pod, 'spec', 'nodeName') === undefined || phase === 'Failed' || phase === 'Succeeded') return 0;
  const seconds = asked ?? numberAt(pod, 'spec', 'terminationGracePeriodSeconds') ?? 0;
  return seconds < 0 ? 1 : seconds;
}
