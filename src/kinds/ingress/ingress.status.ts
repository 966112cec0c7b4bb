import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import { validateLoadBalancerAddresses } from '../shared/validation/load-balancer-status.ts';
import { STATUS } from '../shared/validation/status-counts.ts';

/** Source: pkg/apis/networking/validation/validation.go `ValidateIngressStatusUpdate`, 1.36. */
export function validateIngressStatus(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const [status, before] = [object, old].map((state) => valueAt(state, 'status', 'loadBalancer'));
  return validateLoadBalancerAddresses(status, before, STATUS.child('loadBalancer'));
}
