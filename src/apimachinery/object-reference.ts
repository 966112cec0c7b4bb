import { nameAt } from '../base/json.ts';
import type { JsonObject } from '../base/json.ts';
import type { KubernetesObject } from './object.ts';
import { nameOf, namespaceOf } from './object.ts';

/**
 * An `ObjectReference` to a version of an object, as Events and volumes hold it.
 * Source: staging/src/k8s.io/client-go/tools/reference/ref.go `GetReference`, 1.36.
 */
export function objectReferenceTo(object: KubernetesObject): JsonObject {
  const namespace = namespaceOf(object);
  return {
    kind: object.kind,
    ...(namespace === undefined ? {} : { namespace }),
    name: nameOf(object),
    uid: nameAt(object, 'metadata', 'uid') ?? '',
    apiVersion: object.apiVersion,
    resourceVersion: nameAt(object, 'metadata', 'resourceVersion') ?? '',
  };
}
