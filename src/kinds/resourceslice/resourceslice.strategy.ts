import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { fillIn, updateStruct } from '../shared/defaults/fill-in.ts';
import { validateCsiDriverName } from '../shared/validation/csi-driver-name.ts';
import { validateDevicePoolName } from '../shared/validation/device-names.ts';
import { NONE, integerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateSliceNodes } from './resourceslice.nodes.ts';
import { validateSliceDevices } from './resourceslice.devices.ts';

const SPEC = ValidationPath.of('spec');

/**
 * Source: pkg/registry/resource/resourceslice/strategy.go and pkg/apis/resource/validation/validation.go, 1.36. Not judged:
 * the policies of requests for a part of a device, and fields of feature gates that are off.
 */
export const resourceSliceStrategy: KindStrategy = {
  group: 'resource.k8s.io',
  kind: 'ResourceSlice',
  hasStatus: false,
  hasGeneration: true,
  setDefaults,
  validate,
  warnings,
};

function warnings(object: KubernetesObject): readonly string[] {
  const driver = textAt(valueAt(object, 'spec'), 'driver');
  if (driver === driver.toLowerCase()) return [];
  return [`spec.driver: driver names should be lowercase; ${quoteString(driver)} contains uppercase characters`];
}

function setDefaults(object: KubernetesObject): KubernetesObject {
  if (objectAt(object, 'spec', 'pool') === undefined) return object;
  return updateStruct(object, 'spec', (spec) => updateStruct(spec, 'pool', (pool) => fillIn(pool, { generation: 0 })));
}

function validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const hasBoth = pointerAt(spec, 'sharedCounters') !== undefined && pointerAt(spec, 'devices') !== undefined;
  return [
    ...validateCsiDriverName(textAt(spec, 'driver'), SPEC.child('driver')),
    ...validatePool(valueAt(spec, 'pool'), SPEC.child('pool')),
    ...(old === undefined ? NONE : validateUnchanged(spec, valueAt(old, 'spec'))),
    ...validateSliceNodes(spec, SPEC),
    ...(hasBoth ? [invalid(SPEC, '', 'only one of `sharedCounters` or `devices` is allowed')] : NONE),
    ...validateSliceDevices(spec, SPEC, valueAt(old, 'spec')),
  ];
}

function validatePool(pool: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const [count, generation] = [integerAt(pool, 'resourceSliceCount'), integerAt(pool, 'generation')];
  return [
    ...validateDevicePoolName(textAt(pool, 'name'), path.child('name')),
    ...(count > 0 ? NONE : [invalid(path.child('resourceSliceCount'), count, 'must be greater than zero')]),
    ...(generation >= 0
      ? NONE
      : [invalid(path.child('generation'), generation, 'must be greater than or equal to zero')]),
  ];
}

function validateUnchanged(spec: JsonValue | undefined, old: JsonValue | undefined): readonly FieldError[] {
  const fields = [['pool', 'name'], ['driver'], ['nodeName']] as const;
  return fields.flatMap((field) => {
    // The name of the Node is the only one behind a pointer.
    const none = field[0] === 'nodeName' ? null : '';
    const [value, before] = [valueAt(spec, ...field) ?? none, valueAt(old, ...field) ?? none];
    return value === before ? NONE : [invalid(SPEC.child(...field), value, 'field is immutable')];
  });
}
