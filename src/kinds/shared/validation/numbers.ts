import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import { formatQuantity, signOfQuantity } from '../../../apimachinery/quantity.ts';
import type { Quantity } from '../../../apimachinery/quantity.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';

/**
 * Numbers that must not be negative, or must be positive.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/validation/generic.go and pkg/apis/core/validation/validation.go, 1.36.
 */
export const IS_NEGATIVE = 'must be greater than or equal to 0';
export const IS_NOT_POSITIVE = 'must be greater than zero';

export function validateNonnegative(value: number | bigint, path: ValidationPath): readonly FieldError[] {
  return value < 0 ? [invalid(path, value, IS_NEGATIVE)] : [];
}

export function validatePositive(value: number | bigint, path: ValidationPath): readonly FieldError[] {
  return value <= 0 ? [invalid(path, value, IS_NOT_POSITIVE)] : [];
}

export function validateNonnegativeQuantity(value: Quantity, path: ValidationPath): readonly FieldError[] {
  return signOfQuantity(value) < 0 ? [invalid(path, formatQuantity(value), IS_NEGATIVE)] : [];
}

export function validatePositiveQuantity(value: Quantity, path: ValidationPath): readonly FieldError[] {
  return signOfQuantity(value) <= 0 ? [invalid(path, formatQuantity(value), IS_NOT_POSITIVE)] : [];
}
