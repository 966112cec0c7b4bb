import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import {
  MAX_DEVICE_LIST,
  validateDeviceConfiguration,
  validateDeviceSelectors,
} from '../shared/validation/device-config.ts';
import { NONE, pointerAt } from '../shared/validation/fields.ts';
import { validateLimitedList } from '../shared/validation/limited-list.ts';
import { isExtendedResourceName } from '../shared/validation/resource-names.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');

/**
 * Source: pkg/registry/resource/deviceclass/strategy.go and pkg/apis/resource/validation/validation.go, 1.36. The
 * expressions of selectors are not compiled.
 */
export const deviceClassStrategy: KindStrategy = {
  group: 'resource.k8s.io',
  kind: 'DeviceClass',
  hasStatus: false,
  hasGeneration: true,
  setDefaults: (object) => object,
  validate,
};

function validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const config = valueAt(spec, 'config');
  const isStored = old !== undefined && semanticEqual(config, valueAt(old, 'spec', 'config'));
  const name = pointerAt(spec, 'extendedResourceName');
  const path = SPEC.child('extendedResourceName');
  return [
    ...validateDeviceSelectors(spec, SPEC),
    ...validateLimitedList(config, SPEC.child('config'), MAX_DEVICE_LIST, (item, at) =>
      validateDeviceConfiguration(item, at, isStored),
    ),
    ...(typeof name !== 'string' || isExtendedResourceName(name)
      ? NONE
      : [invalid(path, name, 'must be a valid extended resource name')]),
  ];
}
