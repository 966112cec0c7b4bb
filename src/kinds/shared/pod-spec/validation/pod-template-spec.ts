import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { validateAnnotations, validateLabels } from '../../validation/labels.ts';
import { validatePodAnnotations } from './annotations.ts';
import { validateAppArmorAnnotationsAndFields } from './app-armor.ts';
import { validatePodSpec } from './pod-spec.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { validateSeccompAnnotationsAndFields } from './seccomp.ts';

/**
 * The template of Pods inside a workload, already defaulted.
 * Source: pkg/apis/core/validation/validation.go `ValidatePodTemplateSpec`, 1.36.
 */
export function validatePodTemplateSpec(
  template: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const metadata = valueAt(template, 'metadata');
  const spec = valueAt(template, 'spec');
  return [
    ...validateLabels(valueAt(metadata, 'labels'), path.child('labels')),
    ...validateAnnotations(valueAt(metadata, 'annotations'), path.child('annotations')),
    ...validatePodAnnotations(valueAt(metadata, 'annotations'), spec, path.child('annotations'), options),
    ...validatePodSpec(spec, path.child('spec'), options),
    ...validateSeccompAnnotationsAndFields(metadata, spec, path.child('spec')),
    ...validateAppArmorAnnotationsAndFields(metadata, spec, path.child('spec')),
    ...(arrayAt(spec, 'ephemeralContainers').length > 0
      ? [forbidden(path.child('spec', 'ephemeralContainers'), 'ephemeral containers not allowed in pod template')]
      : []),
  ];
}
