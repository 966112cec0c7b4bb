import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, isKubernetesObject, nameOf } from '../../../apimachinery/object.ts';
import { nameAt } from '../../../base/json.ts';
import { onceIn } from '../admission.ts';
import { isTrueOf } from '../custom-resources/definition.ts';
import { definitionOf } from '../custom-resources/known-kinds.ts';
import { judgeRequest, prepareCreate } from '../judging.ts';
import { withCreationMetadata, withMetadataField } from '../new-metadata.ts';
import { otherVersion } from './other-version.ts';
import { storageKeyOf } from '../served-resources.ts';
import type { ServedResource } from '../served-resources.ts';
import { alreadyExists, badRequest, isRefusal } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { Server } from '../state.ts';
import type { WriteVerb } from '../write-verbs.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/registry/rest/meta.go, 1.36. */
const OTHER_NAMESPACE = 'the namespace of the provided object does not match the namespace sent on the request';

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go and registry/generic/registry/store.go, 1.36. */
export const create: WriteVerb = ({ server, request, resource, current, attempt }) => {
  const { body } = request;
  if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
  const namespace = nameAt(body, 'metadata', 'namespace');
  if (resource.namespaced && namespace !== undefined && namespace !== (request.namespace ?? namespace))
    return badRequest(OTHER_NAMESPACE);
  const refused = refusedByDefinition(server, resource, body);
  if (refused !== undefined) return refused;
  if (current !== undefined && (!isNamedByServer(body) || attempt >= MOST_NAMES))
    return isThere(resource, body, current.object);
  const decoded = judgeRequest(server, request, inNamespace(body, resource.namespaced ? request.namespace : undefined));
  if (isRefusal(decoded)) return decoded;
  const wrong = otherVersion(request, body);
  if (wrong !== undefined) return wrong;
  const named = onceIn(server, 'named', () => withCreationMetadata(decoded.object, server.context));
  const prepared = prepareCreate(server, request, decoded.served, named);
  if (isRefusal(prepared)) return prepared;
  const { object, warnings, rest } = prepared;
  const ttlSeconds = resource.qualified === 'events' ? server.context.numbers.apiServer.eventTtlSeconds : undefined;
  return {
    key: storageKeyOf(resource, object),
    value: Object.freeze(object),
    expectedRevision: 0,
    code: 201,
    warnings,
    ...rest,
    isHeartbeat: resource.qualified === 'events' || resource.kind === 'Lease',
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
  };
};

/** How often the server looks for a name that is free. Source: store.go `maxNameGenerationCreateAttempts`, 1.36. */
const MOST_NAMES = 8;

function isNamedByServer(body: KubernetesObject): boolean {
  return nameAt(body, 'metadata', 'name') === undefined && nameAt(body, 'metadata', 'generateName') !== undefined;
}

/** Source: store.go `create`, and registry/rest/create.go `CheckGeneratedNameError`, 1.36. */
function isThere(resource: ServedResource, body: KubernetesObject, there: KubernetesObject): Refusal {
  const refusal = alreadyExists(resource, nameOf(there));
  const message =
    nameAt(body, 'metadata', 'generateName') !== undefined
      ? `${refusal.message}, the server was not able to generate a unique name for the object`
      : refusal.message;
  return { ...refusal, message: isBeingDeleted(there) ? `object is being deleted: ${message}` : message };
}

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go `forbidCreateAdmission`, 1.36. */
function refusedByDefinition(server: Server, resource: ServedResource, body: KubernetesObject): Refusal | undefined {
  const definition = definitionOf(server.state, resource);
  if (definition === undefined || !isTrueOf(definition, 'Terminating')) return undefined;
  const message = `${resource.qualified} "${nameOf(body)}" is forbidden: create not allowed while custom resource definition is terminating`;
  return { code: 403, reason: 'Forbidden', message };
}

function inNamespace(object: KubernetesObject, namespace: string | undefined): KubernetesObject {
  if (namespace === undefined || nameAt(object, 'metadata', 'namespace') !== undefined) return object;
  return withMetadataField(object, 'namespace', namespace);
}
