import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import { intOrStringOf, intValueOf } from '../../../apimachinery/int-or-string.ts';
import { parseInt64 } from '../../../apimachinery/int64.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { validatePercent } from '../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../base/json.ts';
import { NONE } from './fields.ts';
import { invalidFor } from './messages.ts';
import { validateNonnegative } from './numbers.ts';

/**
 * Counts that may be given as a percentage: `maxUnavailable`, `minAvailable`. A missing one is the number 0.
 * Source: pkg/apis/apps/validation/validation.go, 1.36.
 */
export function validatePositiveIntOrPercent(
  value: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const given = intOrStringOf(value) ?? 0;
  return typeof given === 'string' ? invalidFor(path, given, validatePercent(given)) : validateNonnegative(given, path);
}

export function validateNotMoreThan100Percent(
  value: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const percent = percentOf(value);
  if (percent === undefined || percent <= 100) return NONE;
  return [invalid(path, intOrStringOf(value) ?? 0, 'must not be greater than 100%')];
}

/** The count, or the number before the sign; 0 where the string is neither. */
export function intOrPercentValueOf(value: JsonValue | undefined): number {
  return percentOf(value) ?? intValueOf(intOrStringOf(value) ?? 0);
}

function percentOf(value: JsonValue | undefined): number | undefined {
  if (typeof value !== 'string' || validatePercent(value).length > 0) return undefined;
  return Number(parseInt64(value.slice(0, -1)) ?? 0n);
}
