import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../apimachinery/field-error.ts';
import { validateLabelValue } from '../../../apimachinery/label-names.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, valueAt } from '../../../base/json.ts';
import { validateDeviceSelectors } from './device-config.ts';
import { NONE, integerAt, pointerAt, textAt, validateEach, validateEnum, validateRequiredEnum } from './fields.ts';
import { validateLimitedSet } from './limited-list.ts';
import { invalidFor, validateDnsLabel, validateDnsSubdomain, validateLabelName } from './messages.ts';

const MAX_ALTERNATIVES = 8;
const EITHER = 'exactly one of `exactly` or `firstAvailable` is required';

export const DEVICE_TAINT_EFFECTS = ['NoExecute', 'NoSchedule', 'None'] as const;

/** One request of a claim. Source: pkg/apis/resource/validation/validation.go `validateDeviceRequest`, 1.36. */
export function validateDeviceRequest(request: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...validateDnsLabel(textAt(request, 'name'), path.child('name')), ...validateForm(request, path)];
}

function validateForm(request: JsonValue, path: ValidationPath): readonly FieldError[] {
  const exactly = pointerAt(request, 'exactly');
  const hasAlternatives = arrayAt(request, 'firstAvailable').length > 0;
  if (exactly !== undefined && hasAlternatives) {
    return [invalid(path, null, `${EITHER}, but multiple fields are set`)];
  }
  if (exactly !== undefined) return validateDevices(exactly, path.child('exactly'));
  if (!hasAlternatives) return [required(path, EITHER)];
  return validateLimitedSet(
    valueAt(request, 'firstAvailable'),
    path.child('firstAvailable'),
    MAX_ALTERNATIVES,
    (alternative, at) => [
      ...validateDnsLabel(textAt(alternative, 'name'), at.child('name')),
      ...validateDevices(alternative, at),
    ],
    (alternative) => textAt(alternative, 'name'),
  );
}

/** What an exact request and an alternative have in common. */
function validateDevices(request: JsonValue, path: ValidationPath): readonly FieldError[] {
  const className = textAt(request, 'deviceClassName');
  const classPath = path.child('deviceClassName');
  return [
    ...(className === '' ? [required(classPath)] : validateDnsSubdomain(className, classPath)),
    ...validateDeviceSelectors(request, path),
    ...validateCount(request, path),
    ...validateEach(valueAt(request, 'tolerations'), path.child('tolerations'), validateToleration),
  ];
}

function validateCount(request: JsonValue, path: ValidationPath): readonly FieldError[] {
  const mode = textAt(request, 'allocationMode');
  const count = integerAt(request, 'count');
  const countPath = path.child('count');
  switch (mode) {
    case 'All': {
      const isUnset = Number(count) === 0;
      return isUnset ? NONE : [invalid(countPath, count, "must not be specified when allocationMode is 'All'")];
    }
    case 'ExactCount':
      return count > 0 ? NONE : [invalid(countPath, count, 'must be greater than zero')];
    default:
      return validateEnum(mode, path.child('allocationMode'), ['All', 'ExactCount']);
  }
}

function validateToleration(toleration: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [key, effect] = [textAt(toleration, 'key'), textAt(toleration, 'effect')];
  const [operator, value] = [textAt(toleration, 'operator'), textAt(toleration, 'value')];
  const valuePath = path.child('value');
  return [
    ...(key === '' ? NONE : validateLabelName(key, path.child('key'))),
    ...validateRequiredEnum(operator, path.child('operator'), ['Equal', 'Exists']),
    ...(operator === 'Exists' && value !== ''
      ? [invalid(valuePath, value, 'must be empty for operator `Exists`')]
      : NONE),
    ...(operator === 'Equal' ? invalidFor(valuePath, value, validateLabelValue(value)) : NONE),
    ...(effect === '' ? NONE : validateEnum(effect, path.child('effect'), DEVICE_TAINT_EFFECTS)),
  ];
}
