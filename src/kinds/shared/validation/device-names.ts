import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, tooLong } from '../../../apimachinery/field-error.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import { validateCIdentifier } from '../../../apimachinery/value-formats.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { validateCsiDriverName } from './csi-driver-name.ts';
import { NONE } from './fields.ts';
import { invalidFor } from './messages.ts';

const MAX_ID_BYTES = 32;

/**
 * The name of an attribute or a capacity of a device, with or without a domain. More than one slash is let pass.
 * Source: pkg/apis/resource/validation/validation.go `validateQualifiedName`, 1.36.
 */
export function validateDeviceQualifiedName(name: string, path: ValidationPath): readonly FieldError[] {
  const [first, second, ...more] = name.split('/');
  if (second === undefined) return validateId(name, path);
  if (more.length > 0) return NONE;
  return [
    ...(first === '' ? [invalid(path, '', 'the domain must not be empty')] : validateCsiDriverName(first!, path)),
    ...(second === '' ? [invalid(path, '', 'the name must not be empty')] : validateId(second, path)),
  ];
}

/** The same, where the domain must be there. */
export function validateDeviceFullyQualifiedName(name: string, path: ValidationPath): readonly FieldError[] {
  const errors = validateDeviceQualifiedName(name, path);
  if (name.includes('/')) return errors;
  return [...errors, invalid(path, name, 'a fully qualified name must be a domain and a name separated by a slash')];
}

function validateId(id: string, path: ValidationPath): readonly FieldError[] {
  return [
    ...(byteLength(id) > MAX_ID_BYTES ? [tooLong(path, MAX_ID_BYTES)] : NONE),
    ...invalidFor(path, id, validateCIdentifier(id)),
  ];
}
