import type { FieldError } from '../../../../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../../base/json.ts';
import { valueAt } from '../../../../../base/json.ts';
import { NONE, integerAt, pointerAt, requireText, textAt, validateEach } from '../../../validation/fields.ts';
import { validateLocalNonReservedPath } from '../../../validation/paths.ts';
import type { PodValidationOptions } from '../pod-validation-options.ts';
import { validateDownwardApiFile, validateFileMode, validateKeyToPath } from './file-sources.ts';

const MIN_EXPIRATION_SECONDS = 600;
const MAX_EXPIRATION_SECONDS = 2 ** 32;

/**
 * Several sources in one directory. `clusterTrustBundle` and `podCertificate` are behind gates that are off in 1.36: they
 * are dropped before validation. Source: pkg/apis/core/validation/validation.go `validateProjectionSources`, 1.36.
 */
export function validateProjected(
  projected: JsonValue,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const taken = new Set<string>();
  return [
    ...validateFileMode(projected, 'defaultMode', path),
    ...validateEach(valueAt(projected, 'sources'), path.child('sources'), (source, sourcePath) => [
      ...validateItems(source, 'secret', sourcePath, path, taken),
      ...validateItems(source, 'configMap', sourcePath, path, taken),
      ...validateDownwardApi(source, sourcePath, path, taken),
      ...validateToken(source, sourcePath, path, options),
      ...validateOneSource(source, sourcePath),
    ]),
  ];
}

const SOURCE_FIELDS = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'] as const;

function validateOneSource(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const count = SOURCE_FIELDS.filter((field) => pointerAt(source, field) !== undefined).length;
  return count > 1 ? [forbidden(path, 'may not specify more than 1 volume type per source')] : NONE;
}

/** Errors about files in each other's way name the volume's source. */
function takePath(file: string, shown: string, taken: Set<string>, path: ValidationPath): readonly FieldError[] {
  if (file === '') return NONE;
  if (taken.has(file)) return [invalid(path, shown, 'conflicting duplicate paths')];
  taken.add(file);
  return NONE;
}

function validateItems(
  source: JsonValue,
  field: 'secret' | 'configMap',
  path: ValidationPath,
  volumePath: ValidationPath,
  taken: Set<string>,
): readonly FieldError[] {
  const projection = pointerAt(source, field);
  if (projection === undefined) return NONE;
  const name = textAt(projection, 'name');
  return [
    ...requireText(projection, 'name', path.child(field)),
    ...validateEach(valueAt(projection, 'items'), path.child(field, 'items'), (item, itemPath) => [
      ...validateKeyToPath(item, itemPath),
      ...takePath(textAt(item, 'path'), name, taken, volumePath),
    ]),
  ];
}

function validateDownwardApi(
  source: JsonValue,
  path: ValidationPath,
  volumePath: ValidationPath,
  taken: Set<string>,
): readonly FieldError[] {
  const projection = pointerAt(source, 'downwardAPI');
  if (projection === undefined) return NONE;
  return validateEach(valueAt(projection, 'items'), path, (item) => {
    const file = textAt(item, 'path');
    return [...validateDownwardApiFile(item, path.child('downwardAPI')), ...takePath(file, file, taken, volumePath)];
  });
}

/** A token may stand in the way of another file: upstream does not look. */
function validateToken(
  source: JsonValue,
  path: ValidationPath,
  volumePath: ValidationPath,
  { allowNonLocalProjectedTokenPath }: PodValidationOptions,
): readonly FieldError[] {
  const token = pointerAt(source, 'serviceAccountToken');
  if (token === undefined) return NONE;
  return [
    ...validateExpiration(
      integerAt(token, 'expirationSeconds'),
      path.child('serviceAccountToken', 'expirationSeconds'),
    ),
    ...validateTokenPath(textAt(token, 'path'), volumePath.child('path'), allowNonLocalProjectedTokenPath ?? false),
  ];
}

function validateExpiration(seconds: number | bigint, path: ValidationPath): readonly FieldError[] {
  if (seconds < MIN_EXPIRATION_SECONDS) {
    return [invalid(path, seconds, 'may not specify a duration less than 10 minutes')];
  }
  if (seconds <= MAX_EXPIRATION_SECONDS) return NONE;
  return [invalid(path, seconds, 'may not specify a duration larger than 2^32 seconds')];
}

function validateTokenPath(file: string, path: ValidationPath, allowNonLocal: boolean): readonly FieldError[] {
  if (file === '') return [required(path)];
  return allowNonLocal ? NONE : validateLocalNonReservedPath(file, path);
}
