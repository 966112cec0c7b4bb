import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, valueAt } from '../../../base/json.ts';
import { MAX_DEVICE_LIST, validateDeviceConfiguration } from './device-config.ts';
import { validateDeviceFullyQualifiedName } from './device-names.ts';
import { validateDeviceRequest } from './device-request.ts';
import { NONE, pointerAt, textAt } from './fields.ts';
import { validateLimitedList, validateLimitedSet } from './limited-list.ts';
import { validateDnsLabel } from './messages.ts';

const NO_SUCH_REQUEST =
  "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

/**
 * `spec.devices` of a ResourceClaim, or of the claims of a template.
 * Source: pkg/apis/resource/validation/validation.go `validateDeviceClaim`, 1.36.
 */
export function validateDeviceClaim(devices: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const names = deviceRequestNames(devices);
  return [
    ...validateLimitedSet(
      valueAt(devices, 'requests'),
      path.child('requests'),
      MAX_DEVICE_LIST,
      validateDeviceRequest,
      (request) => textAt(request, 'name'),
    ),
    ...validateLimitedList(
      valueAt(devices, 'constraints'),
      path.child('constraints'),
      MAX_DEVICE_LIST,
      (constraint, at) => validateConstraint(constraint, at, names),
    ),
    ...validateLimitedList(valueAt(devices, 'config'), path.child('config'), MAX_DEVICE_LIST, (config, at) => [
      ...validateDeviceRequestNames(config, at, names),
      ...validateDeviceConfiguration(config, at),
    ]),
  ];
}

/** What a constraint or a configuration may name: requests, and their alternatives behind a slash. */
export function deviceRequestNames(devices: JsonValue | undefined): ReadonlySet<string> {
  const requests = arrayAt(devices, 'requests');
  // Of two requests of one name, the last counts.
  const byName = new Map(requests.map((request) => [textAt(request, 'name'), request]));
  return new Set(
    [...byName].flatMap(([name, request]) => [
      name,
      ...arrayAt(request, 'firstAvailable').map((alternative) => `${name}/${textAt(alternative, 'name')}`),
    ]),
  );
}

/** `requests` of a constraint or a configuration. */
export function validateDeviceRequestNames(
  owner: JsonValue,
  path: ValidationPath,
  names: ReadonlySet<string>,
): readonly FieldError[] {
  return validateLimitedSet(
    valueAt(owner, 'requests'),
    path.child('requests'),
    MAX_DEVICE_LIST,
    (item, at) => validateDeviceRequestName(nameOfItem(item), at, names),
    nameOfItem,
  );
}

const nameOfItem = (item: JsonValue): string => (typeof item === 'string' ? item : '');

export function validateDeviceRequestName(
  name: string,
  path: ValidationPath,
  names: ReadonlySet<string>,
): readonly FieldError[] {
  const segments = name.split('/');
  if (segments.length > 2) return [invalid(path, name, NO_SUCH_REQUEST)];
  return [
    ...segments.flatMap((segment) => validateDnsLabel(segment, path)),
    ...(names.has(name) ? NONE : [invalid(path, name, NO_SUCH_REQUEST)]),
  ];
}

function validateConstraint(
  constraint: JsonValue,
  path: ValidationPath,
  names: ReadonlySet<string>,
): readonly FieldError[] {
  const field = ['matchAttribute', 'distinctAttribute'].find((name) => pointerAt(constraint, name) !== undefined);
  const missing = 'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set';
  return [
    ...validateDeviceRequestNames(constraint, path, names),
    ...(field === undefined
      ? [required(path, missing)]
      : validateDeviceFullyQualifiedName(textAt(constraint, field), path.child(field))),
  ];
}
