import type { FieldError } from '../../../apimachinery/field-error.ts';
import { tooLong } from '../../../apimachinery/field-error.ts';
import { validateLabelKey, validateLabelValue } from '../../../apimachinery/label-names.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { stringMapAt } from '../../../base/json.ts';
import { invalidFor } from './messages.ts';

/**
 * Maps of labels, also nodeSelector and `matchLabels`: every error names the map, not the key.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go, 1.36.
 */
export function validateLabels(labels: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return [...stringMapAt(labels)].flatMap(([key, value]) => [
    ...invalidFor(path, key, validateLabelKey(key)),
    ...invalidFor(path, value, validateLabelValue(value)),
  ]);
}

export const TOTAL_ANNOTATION_SIZE_LIMIT_BYTES = 256 * 1024;

/**
 * Annotations: keys in the form of label keys, in either case; any values, all together not too long.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go, 1.36.
 */
export function validateAnnotations(annotations: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const entries = stringMapAt(annotations);
  const errors: FieldError[] = [];
  let bytes = 0;
  for (const [key, value] of entries) {
    errors.push(...invalidFor(path, key, validateLabelKey(key.toLowerCase())));
    bytes += byteLength(key) + byteLength(value);
  }
  return bytes > TOTAL_ANNOTATION_SIZE_LIMIT_BYTES
    ? [...errors, tooLong(path, TOTAL_ANNOTATION_SIZE_LIMIT_BYTES)]
    : errors;
}
