import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import type { Reference, ReferenceType } from '../../reference.ts';
import { GATEWAY, SERVICE, objectReference } from './object-reference.ts';

/** What a route points at: the Gateways it attaches to, the backends of its rules, and what its filters use. */
export function routeReferences(route: KubernetesObject): readonly Reference[] {
  const rules = arrayAt(route, 'spec', 'rules');
  return [
    ...parentReferences(route, ['spec', 'parentRefs']),
    ...rules.flatMap((rule, at) => {
      const path = ['spec', 'rules', at];
      return [
        ...arrayAt(rule, 'backendRefs').flatMap((backend, index) => [
          ...backendReference(route, 'backend', [...path, 'backendRefs', index]),
          ...filterReferences(route, arrayAt(backend, 'filters'), [...path, 'backendRefs', index, 'filters']),
        ]),
        ...filterReferences(route, arrayAt(rule, 'filters'), [...path, 'filters']),
      ];
    }),
  ];
}

/** A parent may be narrowed to one listener, by name (`sectionName`, told as the reference's key) or by port. */
function parentReferences(route: KubernetesObject, list: Path): readonly Reference[] {
  return arrayAt(route, ...list).flatMap((parent, index) => {
    const key = nameAt(parent, 'sectionName');
    const port = numberAt(parent, 'port');
    const details = { ...(key !== undefined && { key }), ...(port !== undefined && { port }) };
    return objectReference(route, 'parent', [...list, index], GATEWAY, details);
  });
}

function backendReference(route: KubernetesObject, type: ReferenceType, path: Path): readonly Reference[] {
  const port = numberAt(route, ...path, 'port');
  return objectReference(route, type, path, SERVICE, port === undefined ? {} : { port });
}

/** `extensionRef` always names its group and kind, and an object of the route's namespace. */
function filterReferences(route: KubernetesObject, filters: readonly unknown[], path: Path): readonly Reference[] {
  return filters.flatMap((_, index) => [
    ...backendReference(route, 'mirror', [...path, index, 'requestMirror', 'backendRef']),
    ...objectReference(route, 'extension', [...path, index, 'extensionRef'], undefined),
    ...backendReference(route, 'extension', [...path, index, 'externalAuth', 'backendRef']),
  ]);
}
