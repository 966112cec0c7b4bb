import type { FieldError } from '../../apimachinery/field-error.ts';
import { required } from '../../apimachinery/field-error.ts';
import { labelSelectorFromMap } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { fillIn, updateField, updateStruct } from '../shared/defaults/fill-in.ts';
import { labelsLikeTemplate } from '../shared/defaults/labels-like-template.ts';
import { POD_TEMPLATE } from '../shared/pod-spec/pod-template.ts';
import { defaultPodTemplate } from '../shared/pod-spec/defaults/pod-template.ts';
import { podTemplateValidationOptions } from '../shared/pod-spec/validation/pod-validation-options-of.ts';
import { NONE, integerAt, optionalIntegerAt, pointerAt } from '../shared/validation/fields.ts';
import { validateNonnegative } from '../shared/validation/numbers.ts';
import { validateReplicaTemplate } from '../shared/validation/replica-template.ts';
import { workloadRequests } from '../shared/pod-spec/workload-requests.ts';
import { workloadWarnings } from '../shared/pod-spec/workload-warnings.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateReplicationControllerStatus } from './replicationcontroller.status.ts';

const SPEC = ValidationPath.of('spec');

/**
 * Source: pkg/registry/core/replicationcontroller/strategy.go and pkg/apis/core/{v1/defaults,validation/validation}.go,
 * 1.36.
 */
export const replicationControllerStrategy: KindStrategy = {
  group: '',
  kind: 'ReplicationController',
  hasStatus: true,
  validateStatus: validateReplicationControllerStatus,
  hasGeneration: true,
  setDefaults,
  validate,
  ...workloadRequests(POD_TEMPLATE),
  warnings: workloadWarnings,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels');
  const filled = updateStruct(object, 'spec', (spec) => {
    const selecting = labels === undefined ? spec : selectorFrom(spec, labels);
    return updateField(fillIn(selecting, { replicas: 1 }), 'template', (template) => defaultPodTemplate(template));
  });
  return labels === undefined ? filled : labelsLikeTemplate(filled, labels);
}

function selectorFrom(spec: JsonObject, labels: JsonObject): JsonObject {
  return Object.keys(objectAt(spec, 'selector') ?? {}).length > 0 ? spec : { ...spec, selector: labels };
}

function validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const selector = valueAt(spec, 'selector');
  const replicas = optionalIntegerAt(spec, 'replicas');
  const template = pointerAt(spec, 'template');
  const templatePath = SPEC.child('template');
  const options = podTemplateValidationOptions(valueAt(old, 'spec', 'template'));
  return [
    ...validateNonnegative(integerAt(spec, 'minReadySeconds'), SPEC.child('minReadySeconds')),
    ...(Object.keys(objectAt(spec, 'selector') ?? {}).length === 0 ? [required(SPEC.child('selector'))] : NONE),
    ...(replicas === undefined
      ? [required(SPEC.child('replicas'))]
      : validateNonnegative(replicas, SPEC.child('replicas'))),
    ...(template === undefined
      ? [required(templatePath)]
      : validateReplicaTemplate(
          template,
          labelSelectorFromMap(selector),
          templatePath,
          options,
          'ReplicationController',
        )),
  ];
}
