import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { stringMapAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt } from '../../validation/fields.ts';
import { validateLocalDescendingPath } from '../../validation/paths.ts';
import { showSeccompProfile } from './internal-form.ts';
import { visitContainers } from './visit-containers.ts';

/** Profiles of seccomp and AppArmor. Source: pkg/apis/core/validation/validation.go, 1.36. */
export const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'] as const;

export function validateSeccompProfile(profile: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (profile === undefined || profile === null) return NONE;
  const type = textAt(profile, 'type');
  return [
    ...validateType(type, path.child('type')),
    ...validateLocalhostProfile(profile, type === 'Localhost', path.child('localhostProfile')),
  ];
}

function validateType(type: string, path: ValidationPath): readonly FieldError[] {
  if ((PROFILE_TYPES as readonly string[]).includes(type)) return NONE;
  if (type === '') return [required(path, 'type is required when seccompProfile is set')];
  return [notSupported(path, type, PROFILE_TYPES)];
}

function validateLocalhostProfile(
  profile: JsonValue,
  isLocalhost: boolean,
  path: ValidationPath,
): readonly FieldError[] {
  const written = pointerAt(profile, 'localhostProfile') !== undefined;
  if (isLocalhost) {
    if (!written) return [required(path, 'must be set when seccomp type is Localhost')];
    return validateLocalDescendingPath(textAt(profile, 'localhostProfile'), path);
  }
  if (!written) return NONE;
  return [invalid(path, showSeccompProfile(profile), 'can only be set when seccomp type is Localhost')];
}

export const POD_SECCOMP_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
export const CONTAINER_SECCOMP_ANNOTATION_PREFIX = 'container.seccomp.security.alpha.kubernetes.io/';
const LOCALHOST_PREFIX = 'localhost/';

/** The annotations that came before the field. */
export function validateSeccompAnnotations(
  annotations: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const entries = stringMapAt(annotations);
  const forPod = entries.get(POD_SECCOMP_ANNOTATION);
  return [
    ...(forPod === undefined ? NONE : validateAnnotation(forPod, path.child(POD_SECCOMP_ANNOTATION))),
    ...[...entries]
      .filter(([key]) => key.startsWith(CONTAINER_SECCOMP_ANNOTATION_PREFIX))
      .flatMap(([key, profile]) => validateAnnotation(profile, path.child(key))),
  ];
}

function validateAnnotation(profile: string, path: ValidationPath): readonly FieldError[] {
  if (profile === 'runtime/default' || profile === 'docker/default' || profile === 'unconfined') return NONE;
  if (profile.startsWith(LOCALHOST_PREFIX)) {
    return validateLocalDescendingPath(profile.slice(LOCALHOST_PREFIX.length), path);
  }
  return [invalid(path, profile, 'must be a valid seccomp profile')];
}

/** Annotation and field must say the same where both are there. */
export function validateSeccompAnnotationsAndFields(
  metadata: JsonValue | undefined,
  spec: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const annotations = stringMapAt(metadata, 'annotations');
  if (annotations.size === 0) return NONE;
  const match = (key: string, context: JsonValue | undefined, contextPath: ValidationPath) =>
    validateMatch(annotations.get(key), pointerAt(context, 'seccompProfile'), contextPath.child('seccompProfile'));
  return [
    ...match(POD_SECCOMP_ANNOTATION, pointerAt(spec, 'securityContext'), path.child('securityContext')),
    ...visitContainers(spec, path, (container, containerPath) =>
      match(
        CONTAINER_SECCOMP_ANNOTATION_PREFIX + textAt(container, 'name'),
        pointerAt(container, 'securityContext'),
        containerPath.child('securityContext'),
      ),
    ),
  ];
}

function validateMatch(
  annotation: string | undefined,
  profile: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  if (annotation === undefined || profile === undefined) return NONE;
  const mustMatch = [forbidden(path.child('type'), 'seccomp type in annotation and field must match')];
  switch (textAt(profile, 'type')) {
    case 'Unconfined':
      return annotation === 'unconfined' ? NONE : mustMatch;
    case 'RuntimeDefault':
      return annotation === 'runtime/default' || annotation === 'docker/default' ? NONE : mustMatch;
    case 'Localhost':
      if (!annotation.startsWith(LOCALHOST_PREFIX)) return mustMatch;
      if (annotation.slice(LOCALHOST_PREFIX.length) === pointerAt(profile, 'localhostProfile')) return NONE;
      return [forbidden(path.child('localhostProfile'), 'seccomp profile in annotation and field must match')];
    default:
      return NONE;
  }
}
