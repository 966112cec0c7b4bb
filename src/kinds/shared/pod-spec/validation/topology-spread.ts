import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { duplicate, invalid, required } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { asArray, valueAt } from '../../../../base/json.ts';
import {
  NONE,
  integerAt,
  optionalIntegerAt,
  pointerAt,
  textAt,
  validateEach,
  validateEnum,
} from '../../validation/fields.ts';
import { validateLabelSelector } from '../../validation/label-selector.ts';
import { validatePositive } from '../../validation/numbers.ts';
import { validateLegacyMatchLabelKeys, validateMatchLabelKeys } from './match-label-keys.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';

/**
 * `topologySpreadConstraints` of a Pod.
 * Source: pkg/apis/core/validation/validation.go `validateTopologySpreadConstraints`, 1.36.
 */
export function validateTopologySpreadConstraints(
  constraints: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const list = asArray(constraints);
  return validateEach(constraints, path, (constraint, at, index) => [
    ...validatePositive(integerAt(constraint, 'maxSkew'), at.child('maxSkew')),
    ...(textAt(constraint, 'topologyKey') === '' ? [required(at.child('topologyKey'), 'can not be empty')] : NONE),
    ...validateEnum(textAt(constraint, 'whenUnsatisfiable'), at.child('whenUnsatisfiable'), [
      'DoNotSchedule',
      'ScheduleAnyway',
    ]),
    ...validateNotRepeated(constraint, list.slice(index + 1), at),
    ...validateMinDomains(constraint, at.child('minDomains')),
    ...validatePolicy(constraint, 'nodeAffinityPolicy', at),
    ...validatePolicy(constraint, 'nodeTaintsPolicy', at),
    ...(options.oldPodViolatesMatchLabelKeysValidation
      ? validateLegacyMatchLabelKeys(constraint, at.child('matchLabelKeys'))
      : validateMatchLabelKeys(constraint, at)),
    ...(options.allowInvalidTopologySpreadConstraintLabelSelector
      ? NONE
      : validateLabelSelector(valueAt(constraint, 'labelSelector'), at.child('labelSelector'))),
  ]);
}

function validateNotRepeated(
  constraint: JsonValue,
  rest: readonly JsonValue[],
  path: ValidationPath,
): readonly FieldError[] {
  const own = identity(constraint);
  if (!rest.some((other) => identity(other) === own)) return NONE;
  return [duplicate(path.child('{topologyKey, whenUnsatisfiable}'), own)];
}

/** What two constraints may not have in common, as the server prints it. */
function identity(constraint: JsonValue): string {
  return `{${textAt(constraint, 'topologyKey')}, ${textAt(constraint, 'whenUnsatisfiable')}}`;
}

function validateMinDomains(constraint: JsonValue, path: ValidationPath): readonly FieldError[] {
  const minDomains = optionalIntegerAt(constraint, 'minDomains');
  if (minDomains === undefined) return NONE;
  const errors = validatePositive(minDomains, path);
  const action = textAt(constraint, 'whenUnsatisfiable');
  if (action === 'DoNotSchedule') return errors;
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
  return [...errors, invalid(path, minDomains, detail)];
}

function validatePolicy(constraint: JsonValue, field: string, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(constraint, field) === undefined) return NONE;
  return validateEnum(textAt(constraint, field), path.child(field), ['Honor', 'Ignore']);
}
