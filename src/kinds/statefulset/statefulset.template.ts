import type { FieldError } from '../../apimachinery/field-error.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, objectAt, valueAt } from '../../base/json.ts';
import { validatePodTemplateSpec } from '../shared/pod-spec/validation/pod-template-spec.ts';
import type { PodValidationOptions } from '../shared/pod-spec/validation/pod-validation-options.ts';
import { NONE, textAt } from '../shared/validation/fields.ts';
import { validateAnnotations, validateLabels } from '../shared/validation/labels.ts';
import { validateSelectsTemplate } from '../shared/validation/workload.ts';

/**
 * The template of a StatefulSet as its controller will use it: with host name and subdomain of its own, and with a
 * volume for each claim. Source: pkg/apis/apps/validation/validation.go, 1.36.
 */
export function validateStatefulTemplate(
  spec: JsonValue | undefined,
  selector: LabelSelector,
  path: ValidationPath,
  options: PodValidationOptions,
  skipPodTemplate: boolean,
): readonly FieldError[] {
  const template = asControllerUses(spec);
  const metadata = valueAt(template, 'metadata');
  return [
    ...validateSelectsTemplate(selector, template, path),
    ...(skipPodTemplate ? NONE : validatePodTemplateSpec(template, path, options)),
    ...validateLabels(valueAt(metadata, 'labels'), path.child('labels')),
    ...validateAnnotations(valueAt(metadata, 'annotations'), path.child('annotations')),
  ];
}

function asControllerUses(spec: JsonValue | undefined): JsonObject {
  const template = objectAt(spec, 'template') ?? {};
  const { subdomain: _, hostname: _hostname, ...podSpec } = objectAt(template, 'spec') ?? {};
  const claims = arrayAt(spec, 'volumeClaimTemplates').map((claim) => textAt(claim, 'metadata', 'name'));
  if (claims.length === 0) return { ...template, spec: podSpec };
  const names = new Set(claims);
  const volumes = [
    ...[...names].map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
    ...arrayAt(podSpec, 'volumes').filter((volume) => !names.has(textAt(volume, 'name'))),
  ];
  return { ...template, spec: { ...podSpec, volumes } };
}
