import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { intOrStringOf } from '../../apimachinery/int-or-string.ts';
import { parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { podTemplateValidationOptions } from '../shared/pod-spec/validation/pod-validation-options-of.ts';
import { NONE, integerAt, optionalIntegerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import {
  intOrPercentValueOf,
  validateNotMoreThan100Percent,
  validatePositiveIntOrPercent,
} from '../shared/validation/int-or-percent.ts';
import { validateNonnegative } from '../shared/validation/numbers.ts';
import { validateReplicaTemplate } from '../shared/validation/replica-template.ts';
import { shownLabelSelector } from '../shared/validation/shown-values.ts';
import { validateRequiredSelector } from '../shared/validation/workload.ts';

/** Source: pkg/apis/apps/validation/validation.go `ValidateDeploymentSpec`, 1.36. */
export function validateDeploymentSpec(
  spec: JsonValue | undefined,
  path: ValidationPath,
  { oldTemplate, rollbackTo }: { readonly oldTemplate?: JsonValue | undefined; readonly rollbackTo?: bigint } = {},
): readonly FieldError[] {
  const selector = parseLabelSelector(valueAt(spec, 'selector'));
  const selectorPath = path.child('selector');
  return [
    ...validateNonnegative(integerAt(spec, 'replicas'), path.child('replicas')),
    ...validateRequiredSelector(spec, selectorPath, 'deployment'),
    ...(selector.invalid
      ? [invalid(selectorPath, shownLabelSelector(valueAt(spec, 'selector')), 'invalid label selector')]
      : validateReplicaTemplate(
          valueAt(spec, 'template'),
          selector,
          path.child('template'),
          podTemplateValidationOptions(oldTemplate),
        )),
    ...validateStrategy(valueAt(spec, 'strategy'), path.child('strategy')),
    ...validateNonnegative(integerAt(spec, 'minReadySeconds'), path.child('minReadySeconds')),
    ...validateNonnegative(integerAt(spec, 'revisionHistoryLimit'), path.child('revisionHistoryLimit')),
    ...(rollbackTo === undefined ? NONE : validateNonnegative(rollbackTo, path.child('rollback', 'version'))),
    ...validateProgressDeadline(spec, path.child('progressDeadlineSeconds')),
  ];
}

function validateProgressDeadline(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const deadline = optionalIntegerAt(spec, 'progressDeadlineSeconds');
  if (deadline === undefined) return NONE;
  const early = deadline <= integerAt(spec, 'minReadySeconds');
  return [
    ...validateNonnegative(deadline, path),
    ...(early ? [invalid(path, deadline, 'must be greater than minReadySeconds')] : NONE),
  ];
}

function validateStrategy(strategy: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const rollingUpdate = pointerAt(strategy, 'rollingUpdate');
  const rollingPath = path.child('rollingUpdate');
  const type = textAt(strategy, 'type');
  switch (type) {
    case 'Recreate':
      if (rollingUpdate === undefined) return NONE;
      return [forbidden(rollingPath, "may not be specified when strategy `type` is 'Recreate'")];
    case 'RollingUpdate':
      if (rollingUpdate === undefined) return [required(rollingPath, 'this should be defaulted and never be nil')];
      return validateRollingUpdate(rollingUpdate, rollingPath);
    default: {
      const shown = { Type: type, RollingUpdate: shownRollingUpdate(rollingUpdate) };
      return [notSupported(path, shown, ['Recreate', 'RollingUpdate'])];
    }
  }
}

function validateRollingUpdate(rollingUpdate: JsonValue, path: ValidationPath): readonly FieldError[] {
  const maxUnavailable = valueAt(rollingUpdate, 'maxUnavailable');
  const maxSurge = valueAt(rollingUpdate, 'maxSurge');
  const unavailablePath = path.child('maxUnavailable');
  const stuck = intOrPercentValueOf(maxUnavailable) === 0 && intOrPercentValueOf(maxSurge) === 0;
  return [
    ...validatePositiveIntOrPercent(maxUnavailable, unavailablePath),
    ...validatePositiveIntOrPercent(maxSurge, path.child('maxSurge')),
    ...(stuck
      ? [invalid(unavailablePath, intOrStringOf(maxUnavailable) ?? 0, 'may not be 0 when `maxSurge` is 0')]
      : NONE),
    ...validateNotMoreThan100Percent(maxUnavailable, unavailablePath),
  ];
}

function shownRollingUpdate(rollingUpdate: JsonValue | undefined): JsonValue {
  if (rollingUpdate === undefined) return null;
  return {
    MaxUnavailable: intOrStringOf(valueAt(rollingUpdate, 'maxUnavailable')) ?? 0,
    MaxSurge: intOrStringOf(valueAt(rollingUpdate, 'maxSurge')) ?? 0,
  };
}
