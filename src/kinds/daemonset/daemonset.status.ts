import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import { validateCollisionCount, validateCounts } from '../shared/validation/status-counts.ts';

const COUNTS = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'observedGeneration',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'collisionCount',
];

/** Source: pkg/apis/apps/validation/validation.go `ValidateDaemonSetStatusUpdate`, 1.36. */
export function validateDaemonSetStatus(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const status = valueAt(object, 'status');
  return [...validateCounts(status, COUNTS), ...validateCollisionCount(status, valueAt(old, 'status'))];
}
