import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { numberAt, valueAt } from '../../base/json.ts';
import { updateField, updateStruct } from '../shared/defaults/fill-in.ts';
import { dropDisabledFieldsOfTemplate } from '../shared/pod-spec/defaults/disabled-fields.ts';
import { defaultPodTemplate } from '../shared/pod-spec/defaults/pod-template.ts';
import { validatePodTemplateSpec } from '../shared/pod-spec/validation/pod-template-spec.ts';
import { podTemplateValidationOptions } from '../shared/pod-spec/validation/pod-validation-options-of.ts';
import { podTemplateWarnings } from '../shared/pod-spec/warnings/pod.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';

const TEMPLATE = ValidationPath.of('template');

/** Source: pkg/registry/core/podtemplate/strategy.go, 1.36. */
export const podTemplateStrategy: KindStrategy = {
  group: '',
  kind: 'PodTemplate',
  hasStatus: false,
  hasGeneration: true,
  setDefaults: (object) => updateField(object, 'template', (template) => defaultPodTemplate(template ?? {})),
  validate: (object, old) =>
    validatePodTemplateSpec(
      valueAt(object, 'template'),
      TEMPLATE,
      podTemplateValidationOptions(old && valueAt(old, 'template')),
    ),
  prepareForCreate: (object) => withGeneration(updateField(object, 'template', dropDisabledFieldsOfTemplate), 1),
  prepareForUpdate,
  warnings: (object, old) =>
    old && sameTemplate(object, old) ? [] : podTemplateWarnings(valueAt(object, 'template'), TEMPLATE),
};

function prepareForUpdate(object: KubernetesObject, old: KubernetesObject): KubernetesObject {
  const prepared = updateField(object, 'template', (template) =>
    dropDisabledFieldsOfTemplate(template, valueAt(old, 'template')),
  );
  if (sameTemplate(prepared, old)) return prepared;
  return withGeneration(prepared, (numberAt(old, 'metadata', 'generation') ?? 0) + 1);
}

function sameTemplate(object: KubernetesObject, old: KubernetesObject): boolean {
  return semanticEqual(valueAt(object, 'template'), valueAt(old, 'template'));
}

function withGeneration(object: KubernetesObject, generation: number): KubernetesObject {
  return updateStruct(object, 'metadata', (metadata) => ({ ...metadata, generation }));
}
