import type { FieldError } from '../../apimachinery/field-error.ts';
import { required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { fillIn } from '../shared/defaults/fill-in.ts';
import { nodeLabelDeprecation } from '../shared/pod-spec/warnings/node-labels.ts';
import { NONE, pointerAt, textAt, validateEnum } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { validateParameters, validateProvisioner } from '../shared/validation/provisioner.ts';
import { shownMap } from '../shared/validation/shown-values.ts';
import { validateTopologyTerms } from '../shared/validation/topology-selector.ts';
import type { KindStrategy } from '../strategy.ts';

const PROVISIONER = ValidationPath.of('provisioner');
const PARAMETERS = ValidationPath.of('parameters');
const RECLAIM_POLICY = ValidationPath.of('reclaimPolicy');
const BINDING_MODE = ValidationPath.of('volumeBindingMode');
const TOPOLOGIES = ValidationPath.of('allowedTopologies');

/** Source: pkg/registry/storage/storageclass/strategy.go and pkg/apis/storage/{v1/defaults,validation/validation}.go, 1.36. */
export const storageClassStrategy: KindStrategy = {
  group: 'storage.k8s.io',
  kind: 'StorageClass',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => fillIn(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validate: (object, old) => [
    ...validateStorageClass(object),
    ...(old === undefined ? NONE : validateUpdate(object, old)),
  ],
  warnings: storageClassWarnings,
};

function validateStorageClass(object: KubernetesObject): readonly FieldError[] {
  const policy = textAt(object, 'reclaimPolicy');
  const hasMode = pointerAt(object, 'volumeBindingMode') !== undefined;
  return [
    ...validateProvisioner(textAt(object, 'provisioner'), PROVISIONER),
    ...validateParameters(valueAt(object, 'parameters'), PARAMETERS, true),
    ...(policy === '' ? NONE : validateEnum(policy, RECLAIM_POLICY, ['Delete', 'Retain'])),
    ...(hasMode
      ? validateEnum(textAt(object, 'volumeBindingMode'), BINDING_MODE, ['Immediate', 'WaitForFirstConsumer'])
      : [required(BINDING_MODE)]),
    ...validateTopologyTerms(arrayAt(object, 'allowedTopologies'), TOPOLOGIES),
  ];
}

function validateUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const parameters = valueAt(object, 'parameters');
  const same = (field: string, path: ValidationPath) =>
    validateImmutableField(pointerAt(object, field), pointerAt(old, field), path);
  return [
    ...validateImmutableField(parameters, valueAt(old, 'parameters'), PARAMETERS, shownMap(parameters)),
    ...validateImmutableField(textAt(object, 'provisioner'), textAt(old, 'provisioner'), PROVISIONER),
    ...same('reclaimPolicy', RECLAIM_POLICY),
    ...same('volumeBindingMode', BINDING_MODE),
  ];
}

/** Source: pkg/api/storage/util.go, 1.36. */
function storageClassWarnings(object: KubernetesObject): readonly string[] {
  return arrayAt(object, 'allowedTopologies').flatMap((term, index) =>
    arrayAt(term, 'matchLabelExpressions').flatMap((expression, at) => {
      const deprecation = nodeLabelDeprecation(textAt(expression, 'key'));
      const path = `allowedTopologies[${index}].matchLabelExpressions[${at}].key`;
      return deprecation === undefined ? [] : [`${path}: ${deprecation}`];
    }),
  );
}
