import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import { NONE, textAt } from '../shared/validation/fields.ts';
import { validateParameters, validateProvisioner } from '../shared/validation/provisioner.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';

const DRIVER = ValidationPath.of('driverName');
const PARAMETERS = ValidationPath.of('parameters');

/** Source: pkg/registry/storage/volumeattributesclass/strategy.go and pkg/apis/storage/validation/validation.go, 1.36. */
export const volumeAttributesClassStrategy: KindStrategy = {
  group: 'storage.k8s.io',
  kind: 'VolumeAttributesClass',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => object,
  validate: (object, old) => [
    ...(old === undefined ? NONE : validateUpdate(object, old)),
    ...validateProvisioner(textAt(object, 'driverName'), DRIVER),
    ...validateParameters(valueAt(object, 'parameters'), PARAMETERS, false),
  ],
};

function validateUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const isSameDriver = textAt(object, 'driverName') === textAt(old, 'driverName');
  const isSame = semanticEqual(valueAt(object, 'parameters'), valueAt(old, 'parameters'));
  return [
    ...(isSameDriver ? NONE : [forbidden(DRIVER, 'updates to driverName are forbidden.')]),
    ...(isSame ? NONE : [forbidden(PARAMETERS, 'updates to parameters are forbidden.')]),
  ];
}
