import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import { validateUserId } from '../../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt, validateEnum } from '../../validation/fields.ts';
import { validateAppArmorProfile } from './app-armor.ts';
import { showSecurityContext } from './internal-form.ts';
import { validateSeccompProfile } from './seccomp.ts';
import { validateWindowsOptions } from './windows-options.ts';

/** `securityContext` of a container. Source: pkg/apis/core/validation/validation.go `ValidateSecurityContext`, 1.36. */
export function validateSecurityContext(
  context: JsonValue | undefined,
  path: ValidationPath,
  hostUsers: boolean,
): readonly FieldError[] {
  if (context === undefined || context === null) return NONE;
  return [
    ...validateId(context, 'runAsUser', path),
    ...validateId(context, 'runAsGroup', path),
    ...validateProcMount(context, path.child('procMount'), hostUsers),
    ...validateSeccompProfile(valueAt(context, 'seccompProfile'), path.child('seccompProfile')),
    ...validateEscalation(context, path),
    ...validateWindowsOptions(valueAt(context, 'windowsOptions'), path.child('windowsOptions')),
    ...validateAppArmorProfile(valueAt(context, 'appArmorProfile'), path.child('appArmorProfile')),
  ];
}

/** A user or group id behind a pointer. */
export function validateId(context: JsonValue, field: string, path: ValidationPath): readonly FieldError[] {
  const id = optionalIntegerAt(context, field);
  return id === undefined ? NONE : validateUserId(id).map((message) => invalid(path.child(field), id, message));
}

function validateProcMount(context: JsonValue, path: ValidationPath, hostUsers: boolean): readonly FieldError[] {
  if (pointerAt(context, 'procMount') === undefined) return NONE;
  const mount = textAt(context, 'procMount');
  if (mount === 'Unmasked' && hostUsers) return [invalid(path, mount, '`hostUsers` must be false to use `Unmasked`')];
  return validateEnum(mount, path, ['Default', 'Unmasked']);
}

function validateEscalation(context: JsonValue, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(context, 'allowPrivilegeEscalation') !== false) return NONE;
  const refuse = (contradiction: string) =>
    invalid(
      path,
      showSecurityContext(context),
      `cannot set \`allowPrivilegeEscalation\` to false and ${contradiction}`,
    );
  return [
    ...(pointerAt(context, 'privileged') === true ? [refuse('`privileged` to true')] : NONE),
    ...arrayAt(context, 'capabilities', 'add')
      .filter((capability) => capability === 'CAP_SYS_ADMIN')
      .map(() => refuse('`capabilities.Add` CAP_SYS_ADMIN')),
  ];
}
