import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid, notFound, tooLong } from '../../../../apimachinery/field-error.ts';
import { byteLength } from '../../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt } from '../../../../base/json.ts';
import { NONE, isTrueAt, pointerAt, textAt, validateEach } from '../../validation/fields.ts';
import { validateDnsSubdomain } from '../../validation/messages.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { visitContainers } from './visit-containers.ts';

const WITHOUT_HOST_USERS = 'when `hostUsers` is false';

/** What a Pod with users of its own cannot have. Source: pkg/apis/core/validation/validation.go `validateHostUsers`, 1.36. */
export function validateHostUsers(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  if (pointerAt(spec, 'hostUsers') !== false) return NONE;
  const errors: FieldError[] = [];
  if (!options.allowUserNamespacesHostNetworkSupport && isTrueAt(spec, 'hostNetwork')) {
    errors.push(forbidden(path.child('hostNetwork'), WITHOUT_HOST_USERS));
  }
  if (isTrueAt(spec, 'hostPID')) errors.push(forbidden(path.child('HostPID'), WITHOUT_HOST_USERS));
  if (isTrueAt(spec, 'hostIPC')) errors.push(forbidden(path.child('HostIPC'), WITHOUT_HOST_USERS));
  if (options.allowUserNamespacesWithVolumeDevices) return errors;
  return [
    ...errors,
    ...visitContainers(spec, path, (container, containerPath) =>
      arrayAt(container, 'volumeDevices').length > 0
        ? [forbidden(containerPath.child('volumeDevices'), WITHOUT_HOST_USERS)]
        : NONE,
    ),
  ];
}

const HOSTNAME_MAX_BYTES = 64;

/** `hostnameOverride`, beta and on since 1.35. */
export function validateHostnameOverride(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(spec, 'hostnameOverride') === undefined) return NONE;
  const name = textAt(spec, 'hostnameOverride');
  const errors: FieldError[] = [];
  if (isTrueAt(spec, 'setHostnameAsFQDN')) {
    errors.push(forbidden(path, 'may not be specified when setHostnameAsFQDN is true'));
  }
  if (isTrueAt(spec, 'hostNetwork')) errors.push(forbidden(path, 'may not be specified when hostNetwork is true'));
  if (byteLength(name) > HOSTNAME_MAX_BYTES) errors.push(tooLong(path, HOSTNAME_MAX_BYTES));
  return [...errors, ...validateDnsSubdomain(name, path)];
}

/** Variables read from a file need an emptyDir to hold it. */
export function validateFileKeyRefVolumes(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return visitContainers(spec, path, (container, containerPath) =>
    validateEach(arrayAt(container, 'env'), containerPath.child('env'), (variable, variablePath) => {
      const reference = pointerAt(variable, 'valueFrom', 'fileKeyRef');
      if (reference === undefined) return NONE;
      const name = textAt(reference, 'volumeName');
      const namePath = variablePath.child('valueFrom', 'fileKeyRef', 'volumeName');
      const volume = arrayAt(spec, 'volumes').findLast((candidate) => textAt(candidate, 'name') === name);
      if (volume === undefined) return [notFound(namePath, name)];
      if (pointerAt(volume, 'emptyDir') !== undefined) return NONE;
      return [invalid(namePath, name, 'referenced volume must be of type emptyDir')];
    }),
  );
}
