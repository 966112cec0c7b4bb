import type { FieldError } from '../../../apimachinery/field-error.ts';
import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { validatePodTemplateSpec } from '../pod-spec/validation/pod-template-spec.ts';
import type { PodValidationOptions } from '../pod-spec/validation/pod-validation-options.ts';
import { validateRunsForEver, validateSelectsTemplate } from './workload.ts';

/**
 * The template of a ReplicaSet, also that of a Deployment, whose errors speak of the ReplicaSet.
 * Source: pkg/apis/apps/validation/validation.go `ValidatePodTemplateSpecForReplicaSet`, 1.36.
 */
export function validateReplicaTemplate(
  template: JsonValue | undefined,
  selector: LabelSelector,
  path: ValidationPath,
  options: PodValidationOptions,
  kind = 'ReplicaSet',
): readonly FieldError[] {
  return [
    ...validateSelectsTemplate(selector, template, path),
    ...validatePodTemplateSpec(template, path, options),
    ...validateRunsForEver(template, path, kind),
  ];
}
