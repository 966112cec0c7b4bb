import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import { validateAtMost, validateCollisionCount, validateCounts } from '../shared/validation/status-counts.ts';

const COUNTS = [
  'observedGeneration',
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'terminatingReplicas',
  'collisionCount',
];

/** Source: pkg/apis/apps/validation/validation.go `ValidateDeploymentStatusUpdate`, 1.36. */
export function validateDeploymentStatus(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const status = valueAt(object, 'status');
  return [
    ...validateCounts(status, COUNTS),
    ...validateAtMost(status, 'updatedReplicas', 'replicas', 'status.replicas'),
    ...validateAtMost(status, 'readyReplicas', 'replicas', 'status.replicas'),
    ...validateAtMost(status, 'availableReplicas', 'replicas', 'status.replicas'),
    ...validateAtMost(status, 'availableReplicas', 'readyReplicas', 'readyReplicas'),
    ...validateCollisionCount(status, valueAt(old, 'status')),
  ];
}
