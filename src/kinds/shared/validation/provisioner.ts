import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required, tooLong } from '../../../apimachinery/field-error.ts';
import { validateLabelKey } from '../../../apimachinery/label-names.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { stringMapAt } from '../../../base/json.ts';
import { NONE } from './fields.ts';
import { invalidFor } from './messages.ts';

const MAX_PARAMETERS = 512;
const MAX_PARAMETERS_BYTES = 256 * 1024;

/** What makes volumes, and with which parameters. Source: pkg/apis/storage/validation/validation.go, 1.36. */
export function validateProvisioner(name: string, path: ValidationPath): readonly FieldError[] {
  if (name === '') return [required(path)];
  const lower = name.toLowerCase();
  return invalidFor(path, lower, validateLabelKey(lower));
}

export function validateParameters(
  value: JsonValue | undefined,
  path: ValidationPath,
  mayBeEmpty: boolean,
): readonly FieldError[] {
  const parameters = stringMapAt(value);
  if (parameters.size > MAX_PARAMETERS) return [tooLong(path, MAX_PARAMETERS)];
  let bytes = 0;
  for (const [key, text] of parameters) bytes += byteLength(key) + byteLength(text);
  const isMissing = parameters.size === 0 && !mayBeEmpty;
  return [
    ...(parameters.has('') ? [invalid(path, '', 'field can not be empty.')] : NONE),
    ...(bytes > MAX_PARAMETERS_BYTES ? [tooLong(path, MAX_PARAMETERS_BYTES)] : NONE),
    ...(isMissing ? [required(path, 'must contain at least one key/value pair')] : NONE),
  ];
}
