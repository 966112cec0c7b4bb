import type { FieldError } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';

/**
 * The spec of a Pod or of a template, already defaulted. `podMetadata` is given for a Pod itself.
 * Source: pkg/apis/core/validation/validation.go `ValidatePodSpec`, 1.36.
 */
export function validatePodSpec(
  _spec: JsonValue | undefined,
  _path: ValidationPath,
  _options: PodValidationOptions,
  _podMetadata?: JsonValue,
): readonly FieldError[] {
  return [];
}
