import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required, tooLong } from '../../../../apimachinery/field-error.ts';
import { quoteString } from '../../../../apimachinery/quoted-string.ts';
import { byteLength } from '../../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { stringMapAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt } from '../../validation/fields.ts';
import { PROFILE_TYPES } from './seccomp.ts';
import { allContainers, visitContainers } from './visit-containers.ts';

const NEEDS_PROFILE = 'must be set when AppArmor type is Localhost';
/** The longest path, less one. */
const PROFILE_MAX_BYTES = 4095;

/** Source: pkg/apis/core/validation/validation.go `ValidateAppArmorProfileField`, 1.36. */
export function validateAppArmorProfile(profile: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (profile === undefined || profile === null) return NONE;
  const type = textAt(profile, 'type');
  const written = pointerAt(profile, 'localhostProfile') !== undefined;
  const name = textAt(profile, 'localhostProfile');
  const profilePath = path.child('localhostProfile');
  switch (type) {
    case 'Localhost':
      return written ? validateLocalhost(name, profilePath) : [required(profilePath, NEEDS_PROFILE)];
    case 'RuntimeDefault':
    case 'Unconfined':
      return written ? [invalid(profilePath, name, 'can only be set when AppArmor type is Localhost')] : NONE;
    case '':
      return [required(path.child('type'), 'type is required when appArmorProfile is set')];
    default:
      return [notSupported(path.child('type'), type, PROFILE_TYPES)];
  }
}

function validateLocalhost(name: string, path: ValidationPath): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (name.trim() !== name) errors.push(invalid(path, name, 'must not be padded with whitespace'));
  else if (name === '') errors.push(required(path, NEEDS_PROFILE));
  if (byteLength(name) > PROFILE_MAX_BYTES) errors.push(tooLong(path, PROFILE_MAX_BYTES));
  return errors;
}

export const APP_ARMOR_ANNOTATION_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';
const LOCALHOST_PREFIX = 'localhost/';

/** The annotations that came before the field, one a container. */
export function validateAppArmorAnnotations(
  annotations: JsonValue | undefined,
  spec: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  return [...stringMapAt(annotations)].flatMap(([key, profile]) => {
    if (!key.startsWith(APP_ARMOR_ANNOTATION_PREFIX)) return NONE;
    const name = key.slice(APP_ARMOR_ANNOTATION_PREFIX.length);
    const known = allContainers(spec).some((container) => textAt(container, 'name') === name);
    return [
      ...(known ? NONE : [invalid(path.key(key), name, 'container not found')]),
      ...(isProfile(profile)
        ? NONE
        : [invalid(path.key(key), profile, `invalid AppArmor profile name: ${quoteString(profile)}`)]),
    ];
  });
}

function isProfile(profile: string): boolean {
  return ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith(LOCALHOST_PREFIX);
}

/** On create annotation and field must say the same where both are there. */
export function validateAppArmorAnnotationsAndFields(
  metadata: JsonValue | undefined,
  spec: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const annotations = stringMapAt(metadata, 'annotations');
  if (annotations.size === 0 || textAt(spec, 'os', 'name') === 'windows') return NONE;
  const ofPod = pointerAt(spec, 'securityContext', 'appArmorProfile');
  return visitContainers(spec, path, (container, containerPath) => {
    const profile = pointerAt(container, 'securityContext', 'appArmorProfile') ?? ofPod;
    const annotation = annotations.get(APP_ARMOR_ANNOTATION_PREFIX + textAt(container, 'name'));
    if (profile === undefined || annotation === undefined) return NONE;
    return validateMatch(annotation, profile, containerPath.child('securityContext', 'appArmorProfile'));
  });
}

function validateMatch(annotation: string, profile: JsonValue, path: ValidationPath): readonly FieldError[] {
  const mustMatch = [forbidden(path.child('type'), 'apparmor type in annotation and field must match')];
  switch (textAt(profile, 'type')) {
    case 'Unconfined':
      return annotation === 'unconfined' ? NONE : mustMatch;
    case 'RuntimeDefault':
      return annotation === 'runtime/default' ? NONE : mustMatch;
    case 'Localhost':
      if (!annotation.startsWith(LOCALHOST_PREFIX)) return mustMatch;
      if (annotation.slice(LOCALHOST_PREFIX.length) === pointerAt(profile, 'localhostProfile')) return NONE;
      return [forbidden(path.child('localhostProfile'), 'apparmor profile in annotation and field must match')];
    default:
      return NONE;
  }
}
