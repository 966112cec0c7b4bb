import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { semanticEqual } from './semantic-equal.ts';

export const FIELD_IS_IMMUTABLE = 'field is immutable';

/**
 * A field that an update may not change. `shown` is the value as the server prints it where that is not the manifest's.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go, 1.36.
 */
export function validateImmutableField(
  value: JsonValue | undefined,
  old: JsonValue | undefined,
  path: ValidationPath,
  shown: JsonValue = value ?? null,
): readonly FieldError[] {
  return semanticEqual(value, old) ? [] : [invalid(path, shown, FIELD_IS_IMMUTABLE)];
}
