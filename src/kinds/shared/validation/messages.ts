import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import { validateLabelKey } from '../../../apimachinery/label-names.ts';
import { validateDns1123Label, validateDns1123Subdomain } from '../../../apimachinery/names.ts';
import type { Messages } from '../../../apimachinery/validation-messages.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';

/** Each message of a check as an error about one string. */
export function invalidFor(path: ValidationPath, value: string, messages: Messages): readonly FieldError[] {
  return messages.map((message) => invalid(path, value, message));
}

export function validateLabelName(name: string, path: ValidationPath): readonly FieldError[] {
  return invalidFor(path, name, validateLabelKey(name));
}

/** Annotation keys, resource names, Gate names: the form of a label key. */
export function validateQualifiedName(name: string, path: ValidationPath): readonly FieldError[] {
  return validateLabelName(name, path);
}

export function validateDnsLabel(value: string, path: ValidationPath): readonly FieldError[] {
  return invalidFor(path, value, validateDns1123Label(value));
}

export function validateDnsSubdomain(value: string, path: ValidationPath): readonly FieldError[] {
  return invalidFor(path, value, validateDns1123Subdomain(value));
}
