import type { FieldError } from '../../../apimachinery/field-error.ts';
import { required, tooLong } from '../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../../apimachinery/names.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { invalidFor } from './messages.ts';

const MAX_BYTES = 63;

/** The name of a CSI driver, in either case. Source: pkg/apis/core/validation/validation.go `ValidateCSIDriverName`, 1.36. */
export function validateCsiDriverName(name: string, path: ValidationPath): readonly FieldError[] {
  if (name === '') return [required(path)];
  const errors = invalidFor(path, name, validateDns1123Subdomain(name.toLowerCase()));
  return byteLength(name) > MAX_BYTES ? [tooLong(path, MAX_BYTES), ...errors] : errors;
}
