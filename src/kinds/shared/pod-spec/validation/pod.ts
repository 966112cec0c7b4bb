import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden } from '../../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, validateEach } from '../../validation/fields.ts';
import { validatePodAnnotations } from './annotations.ts';
import { validateAppArmorAnnotationsAndFields } from './app-armor.ts';
import { validateContainerOnlyForPod } from './container-common.ts';
import { validatePodSpec } from './pod-spec.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { validateSeccompAnnotationsAndFields } from './seccomp.ts';

const METADATA = ValidationPath.of('metadata');
const SPEC = ValidationPath.of('spec');

/** A Pod on create, less its metadata. Source: pkg/apis/core/validation/validation.go `ValidatePodCreate`, 1.36. */
export function validatePodCreate(pod: JsonValue, options: PodValidationOptions): readonly FieldError[] {
  const [metadata, spec] = [valueAt(pod, 'metadata'), valueAt(pod, 'spec')];
  const gated = arrayAt(spec, 'schedulingGates').length > 0;
  return [
    ...validatePodMetadataAndSpec(pod, options),
    ...(arrayAt(spec, 'ephemeralContainers').length > 0
      ? [forbidden(SPEC.child('ephemeralContainers'), 'cannot be set on create')]
      : NONE),
    ...(gated && textAt(spec, 'nodeName') !== ''
      ? [forbidden(SPEC.child('nodeName'), 'cannot be set until all schedulingGates have been cleared')]
      : NONE),
    ...validateSeccompAnnotationsAndFields(metadata, spec, SPEC),
    ...validateAppArmorAnnotationsAndFields(metadata, spec, SPEC),
  ];
}

/** What create and update have in common. */
export function validatePodMetadataAndSpec(pod: JsonValue, options: PodValidationOptions): readonly FieldError[] {
  const [metadata, spec] = [valueAt(pod, 'metadata'), valueAt(pod, 'spec')];
  return [
    ...validatePodAnnotations(valueAt(metadata, 'annotations'), spec, METADATA.child('annotations'), options),
    ...validatePodSpec(spec, SPEC, options, metadata ?? {}),
    ...validateTokensHaveAccount(spec),
    ...validateEach(valueAt(spec, 'containers'), SPEC.child('containers'), validateContainerOnlyForPod),
    ...validateEach(valueAt(spec, 'initContainers'), SPEC.child('initContainers'), validateContainerOnlyForPod),
  ];
}

/** In a Pod, admission has named the account before; a Pod without one can have no token. */
function validateTokensHaveAccount(spec: JsonValue | undefined): readonly FieldError[] {
  if (textAt(spec, 'serviceAccountName') !== '') return NONE;
  return validateEach(valueAt(spec, 'volumes'), SPEC.child('volumes'), (volume, volumePath) =>
    validateEach(
      valueAt(volume, 'projected', 'sources'),
      volumePath.child('projected', 'sources'),
      (source, sourcePath) =>
        pointerAt(source, 'serviceAccountToken') === undefined
          ? NONE
          : [
              forbidden(
                sourcePath.child('serviceAccountToken'),
                'must not be specified when serviceAccountName is not set',
              ),
            ],
    ),
  );
}
