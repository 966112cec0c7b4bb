import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import type { Reference, ReferenceType } from '../../reference.ts';
import { namespaceOrDefault, referenceTo } from '../name-reference.ts';
import type { ReferenceDetails } from '../name-reference.ts';
import { serviceOfHostIn } from '../service-dns.ts';

export const ISTIO = 'networking.istio.io';
export const ISTIO_VERSIONS = ['v1beta1', 'v1alpha3'].map((version) => ({ group: ISTIO, version }));

/**
 * The Service that a host of Istio means: a short name is one of the object's own namespace, a full name says which.
 * Every other host is a name outside, perhaps of a ServiceEntry; a wildcard is no single target.
 */
export function hostReference(
  object: KubernetesObject,
  type: ReferenceType,
  field: Path,
  details: ReferenceDetails = {},
): readonly Reference[] {
  const host = nameAt(object, ...field);
  if (host === undefined || host.includes('*')) return [];
  const service = serviceOfHostIn(host, namespaceOrDefault(object));
  if (!service) return [{ type, field, target: { by: 'external', what: 'dnsName', value: host } }];
  const target = { group: '', kind: 'Service', namespace: service.namespace, name: service.name };
  return [
    referenceTo(
      type,
      field,
      target,
      service.format === '{name}' ? details : { ...details, nameFormat: service.format },
    ),
  ];
}
