import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { NONE, integerAt, optionalIntegerAt, pointerAt, textAt } from '../../validation/fields.ts';
import { validateNonnegative } from '../../validation/numbers.ts';
import type { GracePeriod } from './handlers.ts';
import { LIFECYCLE_HANDLERS, PROBE_HANDLERS, validateHandler } from './handlers.ts';
import { validateStopSignal } from './stop-signal.ts';

/** Numbers of a probe, in the server's order. */
const PROBE_NUMBERS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

/** Probes and hooks of a container. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validateProbesAndLifecycle(
  container: JsonValue,
  path: ValidationPath,
  grace: GracePeriod,
  os: JsonValue | undefined,
): readonly FieldError[] {
  return [
    ...validateLifecycle(pointerAt(container, 'lifecycle'), path.child('lifecycle'), grace, os),
    ...validateProbe(pointerAt(container, 'livenessProbe'), path.child('livenessProbe'), grace, mustSucceedOnce),
    ...validateProbe(pointerAt(container, 'readinessProbe'), path.child('readinessProbe'), grace, hasNoGracePeriod),
    ...validateProbe(pointerAt(container, 'startupProbe'), path.child('startupProbe'), grace, mustSucceedOnce),
  ];
}

/** `validateKind` says what this probe may not have. */
export function validateProbe(
  probe: JsonValue | undefined,
  path: ValidationPath,
  grace: GracePeriod,
  validateKind: (probe: JsonValue, path: ValidationPath) => readonly FieldError[] = () => NONE,
): readonly FieldError[] {
  if (probe === undefined) return NONE;
  const own = optionalIntegerAt(probe, 'terminationGracePeriodSeconds');
  return [
    ...validateHandler(probe, PROBE_HANDLERS, path, grace),
    ...PROBE_NUMBERS.flatMap((field) => validateNonnegative(integerAt(probe, field), path.child(field))),
    ...(own !== undefined && own <= 0
      ? [invalid(path.child('terminationGracePeriodSeconds'), own, 'must be greater than 0')]
      : NONE),
    ...validateKind(probe, path),
  ];
}

function mustSucceedOnce(probe: JsonValue, path: ValidationPath): readonly FieldError[] {
  const threshold = integerAt(probe, 'successThreshold');
  return Number(threshold) === 1 ? NONE : [invalid(path.child('successThreshold'), threshold, 'must be 1')];
}

function hasNoGracePeriod(probe: JsonValue, path: ValidationPath): readonly FieldError[] {
  const own = optionalIntegerAt(probe, 'terminationGracePeriodSeconds');
  if (own === undefined) return NONE;
  return [invalid(path.child('terminationGracePeriodSeconds'), own, 'must not be set for readinessProbes')];
}

function validateLifecycle(
  lifecycle: JsonValue | undefined,
  path: ValidationPath,
  grace: GracePeriod,
  os: JsonValue | undefined,
): readonly FieldError[] {
  if (lifecycle === undefined) return NONE;
  const signal = pointerAt(lifecycle, 'stopSignal');
  return [
    ...['postStart', 'preStop'].flatMap((field) => {
      const hook = pointerAt(lifecycle, field);
      return hook === undefined ? NONE : validateHandler(hook, LIFECYCLE_HANDLERS, path.child(field), grace);
    }),
    ...(signal === undefined
      ? NONE
      : validateStopSignal(textAt(lifecycle, 'stopSignal'), path.child('stopSignal'), os)),
  ];
}
