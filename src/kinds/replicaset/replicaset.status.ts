import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import { validateCounts, validateReplicaCounts } from '../shared/validation/status-counts.ts';

const COUNTS = [
  'replicas',
  'fullyLabeledReplicas',
  'readyReplicas',
  'availableReplicas',
  'observedGeneration',
  'terminatingReplicas',
];

/** Source: pkg/apis/apps/validation/validation.go `ValidateReplicaSetStatusUpdate`, 1.36. */
export function validateReplicaSetStatus(object: KubernetesObject): readonly FieldError[] {
  const status = valueAt(object, 'status');
  return [...validateCounts(status, COUNTS), ...validateReplicaCounts(status)];
}
