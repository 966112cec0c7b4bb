import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, invalid, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asObject, valueAt } from '../../base/json.ts';
import { omit } from '../shared/defaults/omit.ts';
import { validateCsiDriverName } from '../shared/validation/csi-driver-name.ts';
import { NONE, optionalIntegerAt, textAt, textsAt, validateEach } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { validateQualifiedName } from '../shared/validation/messages.ts';
import { validateNonnegative } from '../shared/validation/numbers.ts';
import type { KindStrategy } from '../strategy.ts';

const DRIVERS = ValidationPath.of('spec', 'drivers');
const MAX_NODE_ID_BYTES = 256;

/** Source: pkg/registry/storage/csinode/strategy.go and pkg/apis/storage/validation/validation.go, 1.36. */
export const csiNodeStrategy: KindStrategy = {
  group: 'storage.k8s.io',
  kind: 'CSINode',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => object,
  validate: (object, old) => [...validateDrivers(object), ...(old === undefined ? NONE : validateUpdate(object, old))],
};

function validateDrivers(object: KubernetesObject): readonly FieldError[] {
  const names = new Set<string>();
  return validateEach(valueAt(object, 'spec', 'drivers'), DRIVERS, (driver, path) => {
    const name = textAt(driver, 'name');
    const isRepeated = names.has(name);
    names.add(name);
    return [
      ...validateCsiDriverName(name, path.child('name')),
      ...validateNodeId(textAt(driver, 'nodeID'), path.child('nodeID')),
      ...validateNonnegative(
        optionalIntegerAt(driver, 'allocatable', 'count') ?? 0,
        path.child('allocatable', 'count'),
      ),
      ...(isRepeated ? [duplicate(path.child('name'), name)] : NONE),
      ...validateTopologyKeys(textsAt(driver, 'topologyKeys'), path),
    ];
  });
}

function validateNodeId(id: string, path: ValidationPath): readonly FieldError[] {
  if (id === '') return [required(path)];
  if (byteLength(id) <= MAX_NODE_ID_BYTES) return NONE;
  return [invalid(path, id, `must be ${MAX_NODE_ID_BYTES} characters or less`)];
}

/** Errors name the driver. */
function validateTopologyKeys(keys: readonly string[], path: ValidationPath): readonly FieldError[] {
  return keys.flatMap((key, index) => [
    ...(key === '' ? [required(path)] : NONE),
    ...(keys.indexOf(key) < index ? [duplicate(path, key)] : NONE),
    ...validateQualifiedName(key, path),
  ]);
}

/** A driver keeps all but how many volumes it can attach. */
function validateUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const drivers = arrayAt(object, 'spec', 'drivers');
  return arrayAt(old, 'spec', 'drivers').flatMap((before) =>
    drivers
      .filter((driver) => textAt(driver, 'name') === textAt(before, 'name'))
      .flatMap((driver) =>
        validateImmutableField(withoutCount(driver), withoutCount(before), DRIVERS, shownDriver(driver)),
      ),
  );
}

function withoutCount(driver: JsonValue): JsonObject {
  return omit(asObject(driver) ?? {}, 'allocatable');
}

/** The internal form of a driver. */
function shownDriver(driver: JsonValue): JsonValue {
  const keys = textsAt(driver, 'topologyKeys');
  return {
    Name: textAt(driver, 'name'),
    NodeID: textAt(driver, 'nodeID'),
    TopologyKeys: keys.length === 0 ? null : keys,
    Allocatable: null,
  };
}
