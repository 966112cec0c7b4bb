import type { GroupKind } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import type { Reference, ReferenceType } from '../../reference.ts';
import { scopeOfKind } from '../kind-scope.ts';
import { nameReference, namespaceOrDefault } from '../name-reference.ts';
import type { ReferenceDetails } from '../name-reference.ts';

export const GATEWAY_API = 'gateway.networking.k8s.io';
export const GATEWAY: GroupKind = { group: GATEWAY_API, kind: 'Gateway' };
export const SERVICE: GroupKind = { group: '', kind: 'Service' };

/**
 * The reference of `{group, kind, namespace, name}` at a path, as the Gateway API writes them everywhere: a missing
 * group or kind means the usual one, an empty group the core group, a missing namespace the object's own.
 * Source: gateway-api apis/v1/shared_types.go and object_reference_types.go, 1.4.
 */
export function objectReference(
  object: KubernetesObject,
  type: ReferenceType,
  path: Path,
  usual: GroupKind | undefined,
  details: ReferenceDetails = {},
): readonly Reference[] {
  const kind = nameAt(object, ...path, 'kind') ?? usual?.kind;
  const group = stringAt(object, ...path, 'group') ?? usual?.group;
  if (kind === undefined || group === undefined) return [];
  const field = [...path, 'name'];
  if (scopeOfKind(group, kind) === 'Cluster')
    return nameReference(object, type, field, { group, kind, namespace: '' }, details);
  const written = nameAt(object, ...path, 'namespace');
  if (written === undefined) {
    return nameReference(object, type, field, { group, kind, namespace: namespaceOrDefault(object) }, details);
  }
  const namespaceField = [...path, 'namespace'];
  return nameReference(object, type, field, { group, kind, namespace: written }, { ...details, namespaceField });
}
