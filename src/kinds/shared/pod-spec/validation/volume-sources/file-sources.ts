import type { FieldError } from '../../../../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../../../../apimachinery/field-error.ts';
import { quantityOf, signOfQuantity } from '../../../../../apimachinery/quantity.ts';
import type { ValidationPath } from '../../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../../base/json.ts';
import {
  NONE,
  optionalIntegerAt,
  pointerAt,
  requireText,
  textAt,
  validateEach,
  validateEnum,
} from '../../../validation/fields.ts';
import {
  validateLocalDescendingPath,
  validateLocalNonReservedPath,
  validateNoBacksteps,
} from '../../../validation/paths.ts';
import { validatePullPolicy } from '../container-common.ts';
import { validateObjectFieldSelector, validateResourceFieldSelector } from '../field-selectors.ts';
import type { PodValidationOptions } from '../pod-validation-options.ts';

/** Sources of files that the kubelet puts there itself. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validateEmptyDir(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const limit = quantityOf(valueAt(source, 'sizeLimit'));
  if (limit === undefined || signOfQuantity(limit) >= 0) return NONE;
  return [forbidden(path.child('sizeLimit'), 'SizeLimit field must be a valid resource quantity')];
}

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
] as const;

export function validateHostPath(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const target = textAt(source, 'path');
  if (target === '') return [required(path.child('path'))];
  return [
    ...validateNoBacksteps(target, path.child('path')),
    ...validateEnum(textAt(source, 'type'), path.child('type'), HOST_PATH_TYPES),
  ];
}

export function validateGitRepo(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...requireText(source, 'repository', path),
    ...validateLocalDescendingPath(textAt(source, 'directory'), path.child('directory')),
  ];
}

const FILE_MODE_MAX = 0o777;

export function validateFileMode(source: JsonValue, field: string, path: ValidationPath): readonly FieldError[] {
  const mode = optionalIntegerAt(source, field);
  if (mode === undefined || (mode >= 0 && mode <= FILE_MODE_MAX)) return NONE;
  return [invalid(path.child(field), mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}

export function validateSecret(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...requireText(source, 'secretName', path), ...validateModeAndItems(source, path)];
}

export function validateConfigMap(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...requireText(source, 'name', path), ...validateModeAndItems(source, path)];
}

function validateModeAndItems(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...validateFileMode(source, 'defaultMode', path),
    ...validateEach(valueAt(source, 'items'), path.child('items'), validateKeyToPath),
  ];
}

export function validateKeyToPath(item: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...requireText(item, 'key', path),
    ...requireText(item, 'path', path),
    ...validateLocalNonReservedPath(textAt(item, 'path'), path.child('path')),
    ...validateFileMode(item, 'mode', path),
  ];
}

/** Errors about an item name the source: upstream does not say which item it was. */
export function validateDownwardApi(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...validateFileMode(source, 'defaultMode', path),
    ...arrayAt(source, 'items').flatMap((item) => validateDownwardApiFile(item, path)),
  ];
}

/** In the order of the alphabet, as the server lists them. */
const VOLUME_FIELD_PATHS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
] as const;

export function validateDownwardApiFile(item: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...requireText(item, 'path', path),
    ...validateLocalNonReservedPath(textAt(item, 'path'), path.child('path')),
    ...validateReference(item, path),
    ...validateFileMode(item, 'mode', path),
  ];
}

function validateReference(item: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [field, resource] = [pointerAt(item, 'fieldRef'), pointerAt(item, 'resourceFieldRef')];
  if (field === undefined) {
    if (resource === undefined) return [required(path, 'one of fieldRef and resourceFieldRef is required')];
    return validateResourceFieldSelector(resource, path.child('resourceFieldRef'), 'volume');
  }
  const errors = validateObjectFieldSelector(field, VOLUME_FIELD_PATHS, path.child('fieldRef'));
  if (resource === undefined) return errors;
  return [...errors, invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously')];
}

/** An image as a volume; only a template may leave the image out. */
export function validateImage(
  source: JsonValue,
  path: ValidationPath,
  { resourceIsPod }: PodValidationOptions,
): readonly FieldError[] {
  return [
    ...(resourceIsPod ? requireText(source, 'reference', path) : NONE),
    ...validatePullPolicy(textAt(source, 'pullPolicy'), path.child('pullPolicy')),
  ];
}
