import { formatApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { ApiRequest } from '../../messages.ts';
import { badRequest } from '../status.ts';
import type { Refusal } from '../status.ts';

/**
 * An object is sent in the version of the URL.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go, update.go, 1.36.
 */
export function otherVersion(
  { resource: { group, version } }: ApiRequest,
  { apiVersion }: KubernetesObject,
): Refusal | undefined {
  const expected = formatApiVersion(group, version);
  if (apiVersion === expected) return undefined;
  return badRequest(
    `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
  );
}
