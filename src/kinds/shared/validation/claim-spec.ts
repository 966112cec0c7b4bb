import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../../apimachinery/field-error.ts';
import { validateDns1123Label, validateDns1123Subdomain } from '../../../apimachinery/names.ts';
import { quantityOf } from '../../../apimachinery/quantity.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { NONE, pointerAt, requireText, textAt, textsAt, validateEnum } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { invalidFor } from './messages.ts';
import { validatePositiveQuantity } from './numbers.ts';

/** What an update lets pass because the claim had it before. */
export interface ClaimSpecOptions {
  readonly allowInvalidLabelValueInSelector?: boolean;
  readonly allowInvalidApiGroupInDataSource?: boolean;
}

export const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'] as const;
export const VOLUME_MODES = ['Block', 'Filesystem'] as const;

/**
 * The spec of a PersistentVolumeClaim: its own, in a template of a StatefulSet, in an ephemeral volume.
 * Source: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeClaimSpec`, 1.36.
 */
export function validateClaimSpec(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: ClaimSpecOptions = {},
): readonly FieldError[] {
  const modes = textsAt(spec, 'accessModes');
  const modesPath = path.child('accessModes');
  return [
    ...(modes.length === 0 ? [required(modesPath, 'at least 1 access mode is required')] : NONE),
    ...validateLabelSelector(valueAt(spec, 'selector'), path.child('selector'), {
      allowInvalidLabelValue: options.allowInvalidLabelValueInSelector ?? false,
    }),
    ...validateAccessModes(modes, modesPath),
    ...validateStorage(spec, path.child('resources').key('storage')),
    ...validateClassName(spec, 'storageClassName', path),
    ...(pointerAt(spec, 'volumeMode') === undefined
      ? NONE
      : validateEnum(textAt(spec, 'volumeMode'), path.child('volumeMode'), VOLUME_MODES)),
    ...validateDataSources(spec, path, options),
    ...validateClassName(spec, 'volumeAttributesClassName', path),
  ];
}

function validateAccessModes(modes: readonly string[], path: ValidationPath): readonly FieldError[] {
  const errors = modes.flatMap((mode) => validateEnum(mode, path, ACCESS_MODES));
  const others = ACCESS_MODES.some((mode) => mode !== 'ReadWriteOncePod' && modes.includes(mode));
  if (!modes.includes('ReadWriteOncePod') || !others) return errors;
  return [...errors, forbidden(path, 'may not use ReadWriteOncePod with other access modes')];
}

function validateStorage(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const storage = quantityOf(valueAt(spec, 'resources', 'requests', 'storage'));
  return storage === undefined ? [required(path)] : validatePositiveQuantity(storage, path);
}

function validateClassName(spec: JsonValue | undefined, field: string, path: ValidationPath): readonly FieldError[] {
  const name = textAt(spec, field);
  return name === '' ? NONE : invalidFor(path.child(field), name, validateDns1123Subdomain(name));
}

/** The server prints a path here instead of a value, and its path prints as an empty struct. */
const PATH_AS_VALUE = {};

function validateDataSources(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: ClaimSpecOptions,
): readonly FieldError[] {
  const [source, reference] = [pointerAt(spec, 'dataSource'), pointerAt(spec, 'dataSourceRef')];
  const namespace = textAt(reference, 'namespace');
  const errors = [
    ...(source === undefined ? NONE : validateDataSource(source, path.child('dataSource'), options)),
    ...(reference === undefined ? NONE : validateDataSource(reference, path.child('dataSourceRef'), options)),
    ...(namespace === ''
      ? NONE
      : invalidFor(path.child('dataSourceRef', 'namespace'), namespace, validateDns1123Label(namespace))),
  ];
  if (source === undefined || reference === undefined) return errors;
  if (namespace !== '') {
    errors.push(invalid(path, PATH_AS_VALUE, 'may not be specified when dataSourceRef.namespace is specified'));
  } else if (!sameSource(source, reference)) errors.push(invalid(path, PATH_AS_VALUE, 'must match dataSourceRef'));
  return errors;
}

function sameSource(source: JsonValue, reference: JsonValue): boolean {
  return (
    pointerAt(source, 'apiGroup') === pointerAt(reference, 'apiGroup') &&
    textAt(source, 'kind') === textAt(reference, 'kind') &&
    textAt(source, 'name') === textAt(reference, 'name')
  );
}

function validateDataSource(
  source: JsonValue,
  path: ValidationPath,
  { allowInvalidApiGroupInDataSource }: ClaimSpecOptions,
): readonly FieldError[] {
  const [kind, group] = [textAt(source, 'kind'), textAt(source, 'apiGroup')];
  const mustBeClaim = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
  return [
    ...requireText(source, 'name', path),
    ...requireText(source, 'kind', path),
    ...(group === '' && kind !== 'PersistentVolumeClaim' ? [invalid(path, kind, mustBeClaim)] : NONE),
    ...(group === '' || allowInvalidApiGroupInDataSource
      ? NONE
      : invalidFor(path.child('apiGroup'), group, validateDns1123Subdomain(group))),
  ];
}
