import { ipWarnings } from '../../apimachinery/ip-validation.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt } from '../../base/json.ts';
import { textAt } from './validation/fields.ts';

/**
 * Addresses of load balancers that are written otherwise than is the rule.
 * Source: `WarningsOnUpdate` of the status strategies, pkg/registry/core/service/strategy.go and
 * pkg/registry/networking/ingress/strategy.go, 1.36.2.
 */
export function loadBalancerWarnings(object: KubernetesObject): readonly string[] {
  return addressWarnings(object, ['loadBalancer', 'ingress'], '');
}

/** The same of a Pod. Source: pkg/registry/core/pod/strategy.go, 1.36.2. */
export function podStatusWarnings(pod: KubernetesObject): readonly string[] {
  return [...addressWarnings(pod, ['podIPs'], '.ip'), ...addressWarnings(pod, ['hostIPs'], '.ip')];
}

function addressWarnings(object: KubernetesObject, list: readonly string[], field: string): readonly string[] {
  return arrayAt(object, 'status', ...list).flatMap((item, index) =>
    ipWarnings(`status.${list.join('.')}[${index}]${field}`, textAt(item, 'ip')),
  );
}
