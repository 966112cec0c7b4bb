import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt, objectAt } from '../../../base/json.ts';
import { release } from '../allocation/allocate.ts';
import { CLEANUP, withConditions } from '../custom-resources/definition.ts';
import { timeOf } from '../../kernel/clock.ts';
import { withMetadata } from '../new-metadata.ts';
import type { ServedResource } from '../served-resources.ts';
import { storageKeyOf } from '../served-resources.ts';
import { conflict, notFound } from '../status.ts';
import type { RequestOptions } from '../../messages.ts';
import type { WriteVerb } from '../write-verbs.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go `Delete`, 1.36. */
export const remove: WriteVerb = ({ server, request, resource, current }) => {
  if (current === undefined) return notFound(resource, request.name ?? '');
  const { object, revision } = current;
  const { options = {} } = request;
  const { uid, resourceVersion } = options.preconditions ?? {};
  const own = nameAt(object, 'metadata', 'uid') ?? '';
  if (uid !== undefined && uid !== own)
    return conflict(
      resource,
      nameOf(object),
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${own}`,
    );
  if (resourceVersion !== undefined && Number(resourceVersion) !== revision)
    return conflict(
      resource,
      nameOf(object),
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${revision}`,
    );
  const key = storageKeyOf(resource, object);
  const base = { key, expectedRevision: revision, code: 200, warnings: [] } as const;
  const marked =
    resource.qualified === 'customresourcedefinitions.apiextensions.k8s.io'
      ? markDefinition(object, server.context.nowMs)
      : markDeleted(object, resource, options, server.context.nowMs);
  if (marked === undefined)
    return { ...base, value: undefined, answer: object, writes: release(server, request, object) };
  if (marked === object) return { ...base, value: object, isUnchanged: true, answer: object };
  return { ...base, value: Object.freeze(marked) };
};

/** The object marked as being deleted; undefined where it goes at once; the same where it is marked already. */
function markDeleted(
  object: KubernetesObject,
  resource: ServedResource,
  { propagationPolicy, gracePeriodSeconds }: RequestOptions,
  nowMs: number,
): KubernetesObject | undefined {
  const grace = gracePeriodOf(object, resource, gracePeriodSeconds);
  const finalizers = finalizersAfter(arrayAt(object, 'metadata', 'finalizers').map(String), propagationPolicy);
  const own = resource.qualified === 'namespaces' ? arrayAt(object, 'spec', 'finalizers').length : 0;
  if (grace === 0 && finalizers.length + own === 0) return undefined;
  const metadata = objectAt(object, 'metadata') ?? {};
  const before = numberAt(metadata, 'deletionGracePeriodSeconds');
  if (nameAt(metadata, 'deletionTimestamp') !== undefined && before !== undefined && grace >= before) return object;
  const marked = own === 0 ? object : terminating(object);
  return withMetadata(marked, {
    ...metadata,
    ...(finalizers.length > 0 ? { finalizers } : {}),
    deletionTimestamp: timeOf(nowMs + grace * 1000),
    deletionGracePeriodSeconds: grace,
  });
}

/**
 * A definition stays until its objects are gone.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition/etcd.go `Delete`, 1.36.
 */
function markDefinition(object: KubernetesObject, nowMs: number): KubernetesObject | undefined {
  const finalizers = arrayAt(object, 'metadata', 'finalizers');
  if (isBeingDeleted(object)) return finalizers.length === 0 ? undefined : object;
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
  return withConditions(withMetadata(object, metadata), [pending], timeOf(nowMs));
}

/** A Namespace that goes says so. Source: pkg/registry/core/namespace/storage/storage.go `Delete`, 1.36. */
function terminating(namespace: KubernetesObject): KubernetesObject {
  return { ...namespace, status: { ...objectAt(namespace, 'status'), phase: 'Terminating' } };
}

/** Only Pods that run somewhere are given time. Source: pkg/registry/core/pod/strategy.go `CheckGracefulDelete`, 1.36. */
function gracePeriodOf(object: KubernetesObject, resource: ServedResource, asked: number | undefined): number {
  if (resource.qualified !== 'pods') return 0;
  const phase = objectAt(object, 'status')?.['phase'];
  if (nameAt(object, 'spec', 'nodeName') === undefined || phase === 'Failed' || phase === 'Succeeded') return 0;
  return asked ?? numberAt(object, 'spec', 'terminationGracePeriodSeconds') ?? 30;
}

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

function finalizersAfter(
  finalizers: readonly string[],
  policy: RequestOptions['propagationPolicy'],
): readonly string[] {
  const others = finalizers.filter((finalizer) => finalizer !== FOREGROUND && finalizer !== ORPHAN);
  if (policy === 'Foreground') return [...others, FOREGROUND];
  if (policy === 'Orphan') return [...others, ORPHAN];
  return policy === 'Background' ? others : finalizers;
}
