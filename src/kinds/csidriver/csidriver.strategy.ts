import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { fillIn, updateStruct } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import {
  NONE,
  optionalIntegerAt,
  pointerAt,
  textAt,
  textsAt,
  validateEach,
  validateEnum,
} from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');
const MODES = ['Persistent', 'Ephemeral'] as const;
const MIN_UPDATE_SECONDS = 10;
const MIN_TOKEN_SECONDS = 600;
const MAX_TOKEN_SECONDS = 2 ** 32;

/**
 * `preventPodSchedulingIfMissing` is behind a gate that is off in 1.36: it is dropped.
 * Source: pkg/registry/storage/csidriver/strategy.go and pkg/apis/storage/{v1/defaults,validation/validation}.go, 1.36.
 */
export const csiDriverStrategy: KindStrategy = {
  group: 'storage.k8s.io',
  kind: 'CSIDriver',
  hasStatus: false,
  hasGeneration: false,
  setDefaults,
  prepareForCreate: withoutGatedField,
  prepareForUpdate: (object, old) =>
    pointerAt(old, 'spec', 'preventPodSchedulingIfMissing') === undefined ? withoutGatedField(object) : object,
  validate: (object, old) => [
    ...validateDriverSpec(valueAt(object, 'spec')),
    ...(old === undefined ? NONE : validateUpdate(object, old)),
  ],
  warnings: driverWarnings,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) => {
    const filled = fillIn(spec, {
      attachRequired: true,
      podInfoOnMount: false,
      storageCapacity: false,
      fsGroupPolicy: 'ReadWriteOnceWithFSType',
      requiresRepublish: false,
      seLinuxMount: false,
    });
    if (arrayAt(filled, 'volumeLifecycleModes').length > 0) return filled;
    return { ...filled, volumeLifecycleModes: ['Persistent'] };
  });
}

function withoutGatedField(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) => omit(spec, 'preventPodSchedulingIfMissing'));
}

function validateDriverSpec(spec: JsonValue | undefined): readonly FieldError[] {
  const isMissing = (field: string) => pointerAt(spec, field) === undefined;
  // Upstream calls the first one by a name that it does not have.
  const needed = [
    ['attachRequired', 'attachedRequired'],
    ['podInfoOnMount', 'podInfoOnMount'],
    ['storageCapacity', 'storageCapacity'],
  ] as const;
  const modesPath = SPEC.child('volumeLifecycleModes');
  return [
    ...needed.flatMap(([field, shown]) => (isMissing(field) ? [required(SPEC.child(shown))] : NONE)),
    ...(isMissing('fsGroupPolicy')
      ? NONE
      : validateEnum(textAt(spec, 'fsGroupPolicy'), SPEC.child('fsGroupPolicy'), [
          'File',
          'None',
          'ReadWriteOnceWithFSType',
        ])),
    ...validateTokens(spec),
    ...textsAt(spec, 'volumeLifecycleModes').flatMap((mode) =>
      MODES.some((known) => known === mode) ? NONE : [notSupported(modesPath, mode, MODES)],
    ),
    ...(isMissing('seLinuxMount') ? [required(SPEC.child('seLinuxMount'))] : NONE),
    ...validateUpdatePeriod(spec),
    ...validateTokenInSecrets(spec),
  ];
}

function validateTokens(spec: JsonValue | undefined): readonly FieldError[] {
  const audiences = new Set<string>();
  return validateEach(valueAt(spec, 'tokenRequests'), SPEC.child('tokenRequests'), (token, path) => {
    const audience = textAt(token, 'audience');
    if (audiences.has(audience)) return [duplicate(path.child('audience'), audience)];
    audiences.add(audience);
    const seconds = optionalIntegerAt(token, 'expirationSeconds');
    if (seconds === undefined) return NONE;
    const secondsPath = path.child('expirationSeconds');
    if (seconds < MIN_TOKEN_SECONDS) {
      return [invalid(secondsPath, seconds, 'may not specify a duration less than 10 minutes')];
    }
    if (seconds <= MAX_TOKEN_SECONDS) return NONE;
    return [invalid(secondsPath, seconds, 'may not specify a duration larger than 2^32 seconds')];
  });
}

function validateUpdatePeriod(spec: JsonValue | undefined): readonly FieldError[] {
  const seconds = optionalIntegerAt(spec, 'nodeAllocatableUpdatePeriodSeconds');
  if (seconds === undefined || seconds >= MIN_UPDATE_SECONDS) return NONE;
  const path = SPEC.child('nodeAllocatableUpdatePeriodSeconds');
  return [invalid(path, seconds, 'must be greater than or equal to 10 seconds')];
}

function validateTokenInSecrets(spec: JsonValue | undefined): readonly FieldError[] {
  const value = pointerAt(spec, 'serviceAccountTokenInSecrets');
  if (value === undefined || arrayAt(spec, 'tokenRequests').length > 0) return NONE;
  const detail = 'serviceAccountTokenInSecrets is set but no tokenRequests are specified';
  return [invalid(SPEC.child('serviceAccountTokenInSecrets'), value, detail)];
}

function validateUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const [attach, modes] = [
    ['spec', 'attachRequired'],
    ['spec', 'volumeLifecycleModes'],
  ] as const;
  const same = (field: readonly string[], path: ValidationPath) =>
    validateImmutableField(pointerAt(object, ...field), pointerAt(old, ...field), path);
  return [...same(attach, SPEC.child('attachedRequired')), ...same(modes, SPEC.child('volumeLifecycleModes'))];
}

const SET_TOKEN_IN_SECRETS =
  'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes';

function driverWarnings(object: KubernetesObject, old?: KubernetesObject): readonly string[] {
  const tokens = valueAt(object, 'spec', 'tokenRequests');
  const isSet = pointerAt(object, 'spec', 'serviceAccountTokenInSecrets') !== undefined;
  if (arrayAt(tokens).length === 0 || isSet) return [];
  const isSame = old !== undefined && semanticEqual(tokens, valueAt(old, 'spec', 'tokenRequests'));
  return isSame ? [] : [SET_TOKEN_IN_SECRETS];
}
