import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import { validateCounts, validateReplicaCounts } from '../shared/validation/status-counts.ts';

const COUNTS = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'observedGeneration'];

/** Source: pkg/apis/core/validation/validation.go `ValidateReplicationControllerStatusUpdate`, 1.36. */
export function validateReplicationControllerStatus(object: KubernetesObject): readonly FieldError[] {
  const status = valueAt(object, 'status');
  return [...validateCounts(status, COUNTS), ...validateReplicaCounts(status)];
}
