import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import type { AdmissionRequest } from '../admission-request.ts';

/** A request as the server makes one of an object; what a test cares for is given. */
export function requestOf(object: KubernetesObject, given: Partial<AdmissionRequest> = {}): AdmissionRequest {
  const kind = groupVersionKindOf(object);
  const definition = BUILT_IN_KINDS.get(kind);
  return {
    operation: given.oldObject === undefined ? 'CREATE' : 'UPDATE',
    kind,
    resource: { group: kind.group, resource: definition.resource },
    subresource: '',
    namespace: definition.scope === 'Cluster' ? '' : (namespaceOf(object) ?? 'default'),
    name: nameOf(object),
    object,
    user: { name: 'admin', groups: ['system:masters', 'system:authenticated'] },
    dryRun: false,
    generateName: (prefix) => `${prefix}abcde`,
    ...given,
  };
}
