import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import type { ApiRequest } from '../messages.ts';

/**
 * A request for a certificate says who made it, whatever its sender wrote there.
 * Source: pkg/registry/certificates/certificates/strategy.go `csrStrategy.PrepareForCreate`, 1.36.2.
 */
export function requestedBy(object: KubernetesObject, { resource, user }: ApiRequest): KubernetesObject {
  if (resource.group !== 'certificates.k8s.io' || resource.plural !== 'certificatesigningrequests') return object;
  const { username: _, uid: __, groups: ___, extra: ____, ...spec }: JsonObject = objectAt(object, 'spec') ?? {};
  return {
    ...object,
    spec: { ...spec, username: user.name, ...(user.groups.length === 0 ? {} : { groups: user.groups }) },
  };
}
