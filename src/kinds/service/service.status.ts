import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import { textAt } from '../shared/validation/fields.ts';
import { validateServiceLoadBalancer } from '../shared/validation/load-balancer-status.ts';
import { STATUS } from '../shared/validation/status-counts.ts';

/** Source: pkg/apis/core/validation/validation.go `ValidateServiceStatusUpdate`, 1.36. */
export function validateServiceStatus(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const [status, before] = [object, old].map((state) => valueAt(state, 'status', 'loadBalancer'));
  return validateServiceLoadBalancer(status, before, STATUS.child('loadBalancer'), textAt(object, 'spec', 'type'));
}
