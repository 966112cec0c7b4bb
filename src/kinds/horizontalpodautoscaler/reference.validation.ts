import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import { validatePathSegmentName } from '../../apimachinery/names.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { NONE, textAt } from '../shared/validation/fields.ts';
import { invalidFor } from '../shared/validation/messages.ts';

export interface ReferenceOptions {
  readonly allowEmptyApiGroup: boolean;
  readonly allowInvalidApiVersion: boolean;
}

/** Source: pkg/apis/autoscaling/validation/validation.go `ValidateCrossVersionObjectReference`, 1.36. */
export function validateCrossVersionReference(
  reference: JsonValue | undefined,
  path: ValidationPath,
  options: ReferenceOptions,
): readonly FieldError[] {
  const problem = apiVersionProblem(reference, options);
  return [
    ...validatePathSegment(reference, 'kind', path),
    ...validatePathSegment(reference, 'name', path),
    ...(problem === undefined ? NONE : [invalid(path.child('apiVersion'), textAt(reference, 'apiVersion'), problem)]),
  ];
}

/** A name that must be there and must fit into a path of a URL. */
export function validatePathSegment(
  owner: JsonValue | undefined,
  field: string,
  path: ValidationPath,
  detail = '',
): readonly FieldError[] {
  const name = textAt(owner, field);
  const namePath = path.child(field);
  return name === '' ? [required(namePath, detail)] : invalidFor(namePath, name, validatePathSegmentName(name));
}

export function apiVersionProblem(
  reference: JsonValue | undefined,
  { allowEmptyApiGroup, allowInvalidApiVersion }: ReferenceOptions,
): string | undefined {
  if (allowInvalidApiVersion) return undefined;
  const apiVersion = textAt(reference, 'apiVersion');
  const parts = apiVersion.split('/');
  if (parts.length > 2) return `unexpected GroupVersion string: ${apiVersion}`;
  const hasGroup = parts.length === 2 && parts[0] !== '';
  return hasGroup || allowEmptyApiGroup ? undefined : 'apiVersion must specify API group';
}
