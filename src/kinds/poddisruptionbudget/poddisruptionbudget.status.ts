import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import { validateConditions } from '../shared/validation/conditions.ts';
import { STATUS, validateCounts } from '../shared/validation/status-counts.ts';

/** Source: pkg/apis/policy/validation/validation.go `ValidatePodDisruptionBudgetStatusUpdate`, 1.36. */
export function validatePodDisruptionBudgetStatus(object: KubernetesObject): readonly FieldError[] {
  const status = valueAt(object, 'status');
  return [
    ...validateConditions(valueAt(status, 'conditions'), STATUS.child('conditions')),
    ...validateCounts(status, ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods']),
  ];
}
