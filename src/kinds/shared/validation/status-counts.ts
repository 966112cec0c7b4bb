import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { NONE, integerAt, optionalIntegerAt } from './fields.ts';
import { validateNonnegative } from './numbers.ts';

export const STATUS = ValidationPath.of('status');

/** Numbers of a status that are never negative; those that are not written count as 0. */
export function validateCounts(status: JsonValue | undefined, fields: readonly string[]): readonly FieldError[] {
  return fields.flatMap((field) => validateNonnegative(integerAt(status, field), STATUS.child(field)));
}

/** A count of some among all of a status; `limit` is another of its fields, named in the server's words. */
export function validateAtMost(
  status: JsonValue | undefined,
  field: string,
  limit: string,
  words: string,
): readonly FieldError[] {
  const value = integerAt(status, field);
  return value > integerAt(status, limit)
    ? [invalid(STATUS.child(field), value, `cannot be greater than ${words}`)]
    : NONE;
}

/**
 * The counter by which names of what is made are kept apart only grows.
 * Source: pkg/apis/core/validation/validation.go `IsDecremented`, 1.36.
 */
export function validateCollisionCount(
  status: JsonValue | undefined,
  old: JsonValue | undefined,
): readonly FieldError[] {
  const before = optionalIntegerAt(old, 'collisionCount');
  const now = optionalIntegerAt(status, 'collisionCount');
  const isLess = before !== undefined && (now === undefined || now < before);
  return isLess ? [invalid(STATUS.child('collisionCount'), now ?? 0, 'cannot be decremented')] : NONE;
}

/** Of the Pods of a ReplicaSet or ReplicationController some have all labels, are ready, are available: never more than there are. */
export function validateReplicaCounts(status: JsonValue | undefined): readonly FieldError[] {
  return [
    ...validateAtMost(status, 'fullyLabeledReplicas', 'replicas', 'status.replicas'),
    ...validateAtMost(status, 'readyReplicas', 'replicas', 'status.replicas'),
    ...validateAtMost(status, 'availableReplicas', 'replicas', 'status.replicas'),
    ...validateAtMost(status, 'availableReplicas', 'readyReplicas', 'readyReplicas'),
  ];
}
