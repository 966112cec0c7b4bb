import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import { validateCounts } from '../shared/validation/status-counts.ts';

const COUNTS = ['currentReplicas', 'desiredReplicas'];

/** Source: pkg/apis/autoscaling/validation/validation.go `ValidateHorizontalPodAutoscalerStatusUpdate`, 1.36. */
export function validateHorizontalPodAutoscalerStatus(object: KubernetesObject): readonly FieldError[] {
  const status = valueAt(object, 'status');
  return [...validateCounts(status, COUNTS)];
}
