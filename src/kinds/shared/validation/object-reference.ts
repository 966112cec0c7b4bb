import type { FieldError } from '../../../apimachinery/field-error.ts';
import { required } from '../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain, validatePathSegmentName } from '../../../apimachinery/names.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { NONE, pointerAt, textAt } from './fields.ts';
import { invalidFor } from './messages.ts';

/**
 * A reference by group, kind and name. Source: pkg/apis/networking/validation/validation.go
 * `validateIngressTypedLocalObjectReference`, 1.36.
 */
export function validateObjectReference(reference: JsonValue, path: ValidationPath): readonly FieldError[] {
  const group = textAt(reference, 'apiGroup');
  return [
    ...(pointerAt(reference, 'apiGroup') === undefined
      ? NONE
      : invalidFor(path.child('apiGroup'), group, validateDns1123Subdomain(group))),
    ...validatePathSegment(textAt(reference, 'kind'), path.child('kind')),
    ...validatePathSegment(textAt(reference, 'name'), path.child('name')),
  ];
}

/** A string that is asked for and has to fit into a URL path. */
export function validatePathSegment(text: string, path: ValidationPath): readonly FieldError[] {
  return text === '' ? [required(path)] : invalidFor(path, text, validatePathSegmentName(text));
}
