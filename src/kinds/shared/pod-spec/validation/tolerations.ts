import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid, notSupported } from '../../../../apimachinery/field-error.ts';
import { parseInt64 } from '../../../../apimachinery/int64.ts';
import { validateLabelValue } from '../../../../apimachinery/label-names.ts';
import { quoteString } from '../../../../apimachinery/quoted-string.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import { validateDecimalInteger } from '../../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, validateEach, validateEnum } from '../../validation/fields.ts';
import { invalidFor, validateLabelName } from '../../validation/messages.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';

export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/** `tolerations`. Source: pkg/apis/core/validation/validation.go `ValidateTolerations`, 1.36. */
export function validateTolerations(
  tolerations: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  return validateEach(tolerations, path, (toleration, at) => {
    const [key, operator, effect] = ['key', 'operator', 'effect'].map((field) => textAt(toleration, field)) as [
      string,
      string,
      string,
    ];
    return [
      ...(key === '' ? validateEmptyKey(operator, at) : validateLabelName(key, at.child('key'))),
      ...(pointerAt(toleration, 'tolerationSeconds') !== undefined && effect !== 'NoExecute'
        ? [invalid(at.child('effect'), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")]
        : NONE),
      ...validateOperator(operator, textAt(toleration, 'value'), at, options),
      ...(effect === '' ? NONE : validateEnum(effect, at.child('effect'), TAINT_EFFECTS)),
    ];
  });
}

function validateEmptyKey(operator: string, path: ValidationPath): readonly FieldError[] {
  if (operator === 'Exists') return NONE;
  const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
  return [invalid(path.child('operator'), operator, detail)];
}

function validateOperator(
  operator: string,
  value: string,
  path: ValidationPath,
  { allowTaintTolerationComparisonOperators }: PodValidationOptions,
): readonly FieldError[] {
  const operatorPath = path.child('operator');
  switch (operator) {
    case 'Equal':
    case '': {
      const messages = validateLabelValue(value);
      return messages.length === 0 ? NONE : [invalid(operatorPath, value, messages.join(';'))];
    }
    case 'Exists':
      return value === '' ? NONE : [invalid(operatorPath, value, "value must be empty when `operator` is 'Exists'")];
    case 'Lt':
    case 'Gt':
      if (allowTaintTolerationComparisonOperators) return validateLimit(value, path.child('value'));
      return [notSupported(operatorPath, operator, ['Equal', 'Exists', 'Lt', 'Gt'])];
    default:
      return [notSupported(operatorPath, operator, ['Equal', 'Exists'])];
  }
}

function validateLimit(value: string, path: ValidationPath): readonly FieldError[] {
  const errors = invalidFor(path, value, validateDecimalInteger(value));
  if (parseInt64(value) !== undefined) return errors;
  const reason = /^[+-]?[0-9]+$/.test(value) ? 'value out of range' : 'invalid syntax';
  return [...errors, invalid(path, value, `strconv.ParseInt: parsing ${quoteString(value)}: ${reason}`)];
}
