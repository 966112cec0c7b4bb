import type { FieldError } from '../../../apimachinery/field-error.ts';
import { validateLegacyCidr, validateLegacyIp } from '../../../apimachinery/ip-validation.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { NONE } from './fields.ts';
import { invalidFor } from './messages.ts';

/**
 * Addresses and networks of fields older than strict reading; `old` are the values that the object had before, which may
 * stay. Source: pkg/apis/core/validation/validation.go `IsValidIPForLegacyField`, 1.36.
 */
export function validateLegacyIpField(
  value: string,
  path: ValidationPath,
  old: readonly string[] = [],
): readonly FieldError[] {
  return old.includes(value) ? NONE : invalidFor(path, value, validateLegacyIp(value));
}

export function validateLegacyCidrField(
  value: string,
  path: ValidationPath,
  old: readonly string[] = [],
): readonly FieldError[] {
  return old.includes(value) ? NONE : invalidFor(path, value, validateLegacyCidr(value));
}
