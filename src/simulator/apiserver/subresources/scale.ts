import { isKubernetesObject, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { formatLabelSelector, labelSelectorFromMap, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import { asString, numberAt, objectAt, valueAt } from '../../../base/json.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { badRequest, isRefusal, notFound } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { PreparedWrite } from '../state.ts';
import type { Subresource } from '../subresources.ts';
import { patchedObject } from '../verbs/patch.ts';
import { finishUpdate, staleVersion } from '../verbs/update.ts';
import type { Found, WriteRequest } from '../write-verbs.ts';

/**
 * The replicas of a workload as an object of its own.
 * Source: pkg/registry/apps/deployment/storage/storage.go `ScaleREST` and its like, 1.36.
 */
export const scale: Subresource = {
  subresource: 'scale',
  resources: ['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'replicationcontrollers'],
  read: scaleOf,
  verbs: {
    update(write) {
      const { request, resource, current } = write;
      if (!isKubernetesObject(request.body)) return badRequest('no object in the body of the request');
      if (current === undefined) return notFound(resource, request.name ?? '');
      return staleVersion(write, request.body, current) ?? scaled(write, request.body, current);
    },
    patch(write) {
      const { request, resource, current } = write;
      if (current === undefined) return notFound(resource, request.name ?? '');
      const patched = patchedObject(write, scaleOf(current.object));
      return isRefusal(patched) ? patched : scaled(write, patched, current);
    },
  },
};

function scaled(write: WriteRequest, body: KubernetesObject, current: Found): PreparedWrite | Refusal {
  const replicas = numberAt(body, 'spec', 'replicas') ?? 0;
  const { object } = current;
  if (!Number.isInteger(replicas) || replicas < 0) return negativeReplicas(object, replicas);
  const served = servedKindOf(object, write.server.state.settings.kinds);
  if (isVerdict(served)) return badRequest(served.message);
  const changed: KubernetesObject = { ...object, spec: { ...objectAt(object, 'spec'), replicas } };
  const prepared = finishUpdate(write, { object: changed, served }, current);
  if (isRefusal(prepared)) return prepared;
  return { ...prepared, answer: scaleOf(prepared.value ?? object) };
}

/** Source: pkg/apis/autoscaling/validation/validation.go `ValidateScale`, 1.36. */
function negativeReplicas(object: KubernetesObject, replicas: number): Refusal {
  const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
  return {
    code: 422,
    reason: 'Invalid',
    message: `Scale.autoscaling "${nameOf(object)}" is invalid: spec.replicas: ${message}`,
    details: {
      name: nameOf(object),
      group: 'autoscaling',
      kind: 'Scale',
      causes: [{ reason: 'FieldValueInvalid', message, field: 'spec.replicas' }],
    },
  };
}

/** The Scale of an object. */
export function scaleOf(object: KubernetesObject): KubernetesObject {
  const namespace = namespaceOf(object);
  const { uid, resourceVersion, creationTimestamp } = objectAt(object, 'metadata') ?? {};
  const selector = valueAt(object, 'spec', 'selector');
  const isMap = object.kind === 'ReplicationController';
  const labels = formatLabelSelector(isMap ? labelSelectorFromMap(selector) : parseLabelSelector(selector));
  return Object.freeze({
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name: nameOf(object),
      ...(namespace === undefined ? {} : { namespace }),
      uid: asString(uid) ?? '',
      resourceVersion: asString(resourceVersion) ?? '',
      creationTimestamp: asString(creationTimestamp) ?? '',
    },
    spec: { replicas: numberAt(object, 'spec', 'replicas') ?? 0 },
    status: { replicas: numberAt(object, 'status', 'replicas') ?? 0, selector: labels },
  });
}
