import { BUILT_IN_RESOURCES } from '../../openapi/resource.ts';
import type { Resource } from '../../openapi/resource.ts';

const byGroupAndPlural = new Map(
  BUILT_IN_RESOURCES.map((resource) => [`${resource.group}/${resource.plural}`, resource]),
);

/** The built-in kind behind a resource as RBAC rules name it; a subresource (`pods/log`) is named as its object is. */
export function kindOfResource(group: string, resource: string): Resource | undefined {
  const slash = resource.indexOf('/');
  return byGroupAndPlural.get(`${group}/${slash < 0 ? resource : resource.slice(0, slash)}`);
}
