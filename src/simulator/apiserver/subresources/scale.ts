import { parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { isKubernetesObject, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { formatLabelSelector, labelSelectorFromMap, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { JsonValue } from '../../../base/json.ts';
import { asString, isJsonObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { versionOf } from '../custom-resources/definition.ts';
import { definitionOf, kindsOf } from '../custom-resources/known-kinds.ts';
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
  resources: '*',
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
      const definition = definitionOf(write.server.state, resource);
      const patched = patchedObject(write, scaleOf(current.object, definition));
      return isRefusal(patched) ? patched : scaled(write, patched, current);
    },
  },
};

function scaled(write: WriteRequest, body: KubernetesObject, current: Found): PreparedWrite | Refusal {
  const replicas = numberAt(body, 'spec', 'replicas') ?? 0;
  const { object } = current;
  if (!Number.isInteger(replicas) || replicas < 0) return negativeReplicas(object, replicas);
  const { state } = write.server;
  const served = servedKindOf(object, kindsOf(state));
  if (isVerdict(served)) return badRequest(served.message);
  const definition = definitionOf(state, write.resource);
  const { specPath } = pathsOf(object, definition);
  const changed = withValue(object, specPath, replicas) as KubernetesObject;
  const prepared = finishUpdate(write, { object: changed, served }, current);
  if (isRefusal(prepared)) return prepared;
  return { ...prepared, answer: scaleOf(prepared.value ?? object, definition) };
}

/** Where a kind keeps its replicas; a definition says so for each version. */
function pathsOf(object: KubernetesObject, definition: KubernetesObject | undefined) {
  const entry = definition && versionOf(definition, parseApiVersion(object.apiVersion).version);
  const path = (field: string, otherwise: string): readonly string[] =>
    (stringAt(entry, 'subresources', 'scale', field) ?? otherwise).split('.').slice(1);
  return {
    specPath: path('specReplicasPath', '.spec.replicas'),
    statusPath: path('statusReplicasPath', '.status.replicas'),
    selectorPath: definition === undefined ? undefined : path('labelSelectorPath', ''),
  };
}

function withValue(object: JsonValue | undefined, [first, ...rest]: readonly string[], value: JsonValue): JsonValue {
  if (first === undefined) return value;
  const own = isJsonObject(object) ? object : {};
  return { ...own, [first]: withValue(own[first], rest, value) };
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

/** The Scale of an object; `definition` where its kind is defined by one. */
export function scaleOf(object: KubernetesObject, definition?: KubernetesObject): KubernetesObject {
  const namespace = namespaceOf(object);
  const { uid, resourceVersion, creationTimestamp } = objectAt(object, 'metadata') ?? {};
  const { specPath, statusPath, selectorPath } = pathsOf(object, definition);
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
    spec: { replicas: numberAt(object, ...specPath) ?? 0 },
    status: {
      replicas: numberAt(object, ...statusPath) ?? 0,
      selector: selectorPath === undefined ? selectorOf(object) : (stringAt(object, ...selectorPath) ?? ''),
    },
  });
}

function selectorOf(object: KubernetesObject): string {
  const selector = valueAt(object, 'spec', 'selector');
  const isMap = object.kind === 'ReplicationController';
  return formatLabelSelector(isMap ? labelSelectorFromMap(selector) : parseLabelSelector(selector));
}
