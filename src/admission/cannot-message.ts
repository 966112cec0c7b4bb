import type { UserInfo } from './admission-request.ts';
import type { AuthorizationAttributes } from './cluster-view.ts';

/**
 * Who cannot do what, in the server's words.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go `forbiddenMessage`, 1.36.
 */
export function cannotMessage(
  { name }: UserInfo,
  { verb, path, group, resource, subresource, namespace }: AuthorizationAttributes,
): string {
  if (path !== undefined) return `User "${name}" cannot ${verb} path "${path}"`;
  const whole = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return `User "${name}" cannot ${verb} resource "${whole}" in API group "${group}" ${where}`;
}
