import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import { parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import { fillIn, updateField, updateStruct } from '../shared/defaults/fill-in.ts';
import { POD_TEMPLATE } from '../shared/pod-spec/pod-template.ts';
import { defaultPodTemplate } from '../shared/pod-spec/defaults/pod-template.ts';
import { podTemplateValidationOptions } from '../shared/pod-spec/validation/pod-validation-options-of.ts';
import { integerAt } from '../shared/validation/fields.ts';
import { workloadRequests } from '../shared/pod-spec/workload-requests.ts';
import { workloadWarnings } from '../shared/pod-spec/workload-warnings.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { validateNonnegative } from '../shared/validation/numbers.ts';
import { validateReplicaTemplate } from '../shared/validation/replica-template.ts';
import { shownLabelSelector } from '../shared/validation/shown-values.ts';
import { validateRequiredSelector } from '../shared/validation/workload.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateReplicaSetStatus } from './replicaset.status.ts';

const SPEC = ValidationPath.of('spec');

/** Source: pkg/registry/apps/replicaset/strategy.go and pkg/apis/apps/{v1/defaults,validation/validation}.go, 1.36. */
export const replicaSetStrategy: KindStrategy = {
  group: 'apps',
  kind: 'ReplicaSet',
  hasStatus: true,
  validateStatus: validateReplicaSetStatus,
  hasGeneration: true,
  setDefaults: (object) =>
    updateStruct(object, 'spec', (spec) =>
      updateField(fillIn(spec, { replicas: 1 }), 'template', (template) => defaultPodTemplate(template ?? {})),
    ),
  validate,
  validateUpdate: (object, old) => {
    const selector = valueAt(object, 'spec', 'selector');
    const path = SPEC.child('selector');
    return validateImmutableField(selector, valueAt(old, 'spec', 'selector'), path, shownLabelSelector(selector));
  },
  ...workloadRequests(POD_TEMPLATE),
  warnings: workloadWarnings,
};

function validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const selector = parseLabelSelector(valueAt(spec, 'selector'));
  const path = SPEC.child('selector');
  const options = podTemplateValidationOptions(valueAt(old, 'spec', 'template'));
  return [
    ...validateNonnegative(integerAt(spec, 'replicas'), SPEC.child('replicas')),
    ...validateNonnegative(integerAt(spec, 'minReadySeconds'), SPEC.child('minReadySeconds')),
    // The server says "deployment" here too.
    ...validateRequiredSelector(spec, path, 'deployment'),
    ...(selector.invalid
      ? [invalid(path, shownLabelSelector(valueAt(spec, 'selector')), 'invalid label selector')]
      : validateReplicaTemplate(valueAt(spec, 'template'), selector, SPEC.child('template'), options)),
  ];
}
