import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden } from '../../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, textAt } from '../../validation/fields.ts';
import { semanticEqual } from '../../validation/semantic-equal.ts';
import { validatePodAnnotationsUpdate } from './annotations.ts';
import { validatePodMetadataAndSpec } from './pod.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';

/** The annotation of the mirror of a static Pod. Source: pkg/apis/core/annotation_key_constants.go `MirrorPodAnnotationKey`, 1.36. */
export const MIRROR = 'kubernetes.io/config.mirror';

/**
 * Ephemeral containers may be added to a Pod, never changed or taken away. The words of a change end, as the server's
 * begin, before its printout of the difference.
 * Source: pkg/apis/core/validation/validation.go `ValidatePodEphemeralContainersUpdate`, 1.36.
 */
export function validatePodEphemeralContainersUpdate(
  pod: JsonValue,
  old: JsonValue,
  options: PodValidationOptions,
): readonly FieldError[] {
  const before = valueAt(old, 'metadata', 'annotations');
  if (valueAt(before, MIRROR) !== undefined)
    return [forbidden(ValidationPath.of(''), 'static pods do not support ephemeral containers')];
  const path = ValidationPath.of('spec', 'ephemeralContainers');
  const now = new Map(
    arrayAt(pod, 'spec', 'ephemeralContainers').map((container) => [textAt(container, 'name'), container]),
  );
  return [
    ...validatePodMetadataAndSpec(pod, options),
    ...validatePodAnnotationsUpdate(
      valueAt(pod, 'metadata', 'annotations'),
      before,
      ValidationPath.of('metadata', 'annotations'),
    ),
    ...arrayAt(old, 'spec', 'ephemeralContainers').flatMap((container) => {
      const name = textAt(container, 'name');
      const same = now.get(name);
      const what = `existing ephemeral containers ${JSON.stringify(name)} may not be`;
      if (same === undefined) return [forbidden(path, `${what} removed\n`)];
      return semanticEqual(container, same) ? NONE : [forbidden(path, `${what} changed\n`)];
    }),
  ];
}
