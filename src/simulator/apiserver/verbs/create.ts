import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isKubernetesObject, nameOf } from '../../../apimachinery/object.ts';
import { nameAt } from '../../../base/json.ts';
import { judgeRequest, prepareCreate } from '../judging.ts';
import { withCreationMetadata, withMetadataField } from '../new-metadata.ts';
import { storageKeyOf } from '../served-resources.ts';
import { alreadyExists, badRequest, isRefusal } from '../status.ts';
import type { WriteVerb } from '../write-verbs.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go and registry/generic/registry/store.go, 1.36. */
export const create: WriteVerb = ({ server, request, resource, current }) => {
  const { body } = request;
  if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
  if (current !== undefined) return alreadyExists(resource, nameOf(current.object));
  const decoded = judgeRequest(server, inNamespace(body, resource.namespaced ? request.namespace : undefined));
  if (isRefusal(decoded)) return decoded;
  const named = withCreationMetadata(decoded.object, server.context);
  const prepared = prepareCreate(server, request, decoded.served, named);
  if (isRefusal(prepared)) return prepared;
  const { object, warnings, writes } = prepared;
  const ttlSeconds = resource.qualified === 'events' ? server.context.numbers.apiServer.eventTtlSeconds : undefined;
  return {
    key: storageKeyOf(resource, object),
    value: Object.freeze(object),
    expectedRevision: 0,
    code: 201,
    warnings,
    writes,
    isHeartbeat: resource.qualified === 'events' || resource.kind === 'Lease',
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
  };
};

function inNamespace(object: KubernetesObject, namespace: string | undefined): KubernetesObject {
  if (namespace === undefined || nameAt(object, 'metadata', 'namespace') !== undefined) return object;
  return withMetadataField(object, 'namespace', namespace);
}
