import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { intOrStringOf } from '../../apimachinery/int-or-string.ts';
import { parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { podTemplateValidationOptions } from '../shared/pod-spec/validation/pod-validation-options-of.ts';
import type { PodValidationOptions } from '../shared/pod-spec/validation/pod-validation-options.ts';
import { validateClaimSpec } from '../shared/validation/claim-spec.ts';
import { NONE, integerAt, pointerAt, textAt, validateEach } from '../shared/validation/fields.ts';
import {
  intOrPercentValueOf,
  validateNotMoreThan100Percent,
  validatePositiveIntOrPercent,
} from '../shared/validation/int-or-percent.ts';
import { validateDnsLabel } from '../shared/validation/messages.ts';
import { validateNonnegative } from '../shared/validation/numbers.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { shownLabelSelector, shownPointer } from '../shared/validation/shown-values.ts';
import { validateRequiredSelector, validateRunsForEver } from '../shared/validation/workload.ts';
import { validateStatefulTemplate } from './statefulset.template.ts';

const SPEC = ValidationPath.of('spec');
const RETENTION_POLICIES = ['Retain', 'Delete'];

/** What an update does not judge again. */
interface StatefulSetOptions {
  readonly isUpdate: boolean;
  readonly skipPodTemplate: boolean;
}

/** Source: pkg/apis/apps/validation/validation.go, 1.36. */
export function validateStatefulSet(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const podOptions = podTemplateValidationOptions(valueAt(old, 'spec', 'template'));
  if (old === undefined) return validateSpec(spec, podOptions, { isUpdate: false, skipPodTemplate: false });
  const options = { isUpdate: true, skipPodTemplate: false };
  // What is wrong in the old object must not keep it from being changed.
  const wasInvalid = validateSpec(valueAt(old, 'spec'), podOptions, options).length > 0;
  return validateSpec(spec, podOptions, { ...options, skipPodTemplate: wasInvalid });
}

const MUTABLE_FIELDS: ReadonlySet<string> = new Set([
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'ordinals',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
]);

export function validateStatefulSetUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  if (semanticEqual(fixed(object), fixed(old))) return NONE;
  return [
    forbidden(
      SPEC,
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ),
  ];
}

/** What cannot change; of claim templates an empty name and a generation of 0 are none. */
function fixed(object: KubernetesObject): JsonObject {
  const spec = objectAt(object, 'spec') ?? {};
  const kept = Object.fromEntries(Object.entries(spec).filter(([field]) => !MUTABLE_FIELDS.has(field)));
  return updateItems(kept, 'volumeClaimTemplates', (template) =>
    updateStruct(updateStruct(template, 'metadata', withoutZeros), 'spec', withoutEmptyVolumeName),
  );
}

function withoutEmptyVolumeName(spec: JsonObject): JsonObject {
  const { volumeName, ...rest } = spec;
  return volumeName === '' ? rest : spec;
}

function withoutZeros(metadata: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== '' && value !== 0));
}

function validateSpec(
  spec: JsonValue | undefined,
  podOptions: PodValidationOptions,
  options: StatefulSetOptions,
): readonly FieldError[] {
  const selector = parseLabelSelector(valueAt(spec, 'selector'));
  const selectorPath = SPEC.child('selector');
  const serviceName = textAt(spec, 'serviceName');
  return [
    ...validatePodManagementPolicy(textAt(spec, 'podManagementPolicy'), SPEC.child('podManagementPolicy')),
    ...validateUpdateStrategy(valueAt(spec, 'updateStrategy'), SPEC.child('updateStrategy')),
    ...validateRetention(spec, SPEC.child('persistentVolumeClaimRetentionPolicy')),
    ...(options.isUpdate
      ? NONE
      : validateEach(valueAt(spec, 'volumeClaimTemplates'), SPEC.child('volumeClaimTemplates'), (template, path) =>
          validateClaimSpec(valueAt(template, 'spec'), path.child('spec')),
        )),
    ...validateNonnegative(integerAt(spec, 'replicas'), SPEC.child('replicas')),
    ...validateNonnegative(integerAt(spec, 'minReadySeconds'), SPEC.child('minReadySeconds')),
    ...validateNonnegative(integerAt(spec, 'ordinals', 'start'), SPEC.child('ordinals.start')),
    ...(options.isUpdate || serviceName === '' ? NONE : validateDnsLabel(serviceName, SPEC.child('serviceName'))),
    ...validateRequiredSelector(spec, selectorPath, 'statefulset'),
    ...(selector.invalid
      ? [invalid(selectorPath, shownLabelSelector(valueAt(spec, 'selector')), '')]
      : validateStatefulTemplate(spec, selector, SPEC.child('template'), podOptions, options.skipPodTemplate)),
    ...validateRunsForEver(valueAt(spec, 'template'), SPEC.child('template'), 'StatefulSet'),
  ];
}

function validatePodManagementPolicy(policy: string, path: ValidationPath): readonly FieldError[] {
  if (policy === '') return [required(path)];
  if (policy === 'OrderedReady' || policy === 'Parallel') return NONE;
  return [invalid(path, policy, "must be 'OrderedReady' or 'Parallel'")];
}

function validateUpdateStrategy(strategy: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const rollingUpdate = pointerAt(strategy, 'rollingUpdate');
  const rollingPath = path.child('rollingUpdate');
  const type = textAt(strategy, 'type');
  switch (type) {
    case '':
      return [required(path)];
    case 'OnDelete':
      if (rollingUpdate === undefined) return NONE;
      return [
        invalid(rollingPath, shownRollingUpdate(rollingUpdate), "only allowed for updateStrategy 'RollingUpdate'"),
      ];
    case 'RollingUpdate':
      return rollingUpdate === undefined ? NONE : validateRollingUpdate(rollingUpdate, rollingPath);
    default: {
      const shown = { Type: type, RollingUpdate: shownRollingUpdate(rollingUpdate) };
      return [invalid(path, shown, "must be 'RollingUpdate' or 'OnDelete'")];
    }
  }
}

function shownRollingUpdate(rollingUpdate: JsonValue | undefined): JsonValue {
  if (rollingUpdate === undefined) return null;
  return {
    Partition: integerAt(rollingUpdate, 'partition'),
    MaxUnavailable: shownPointer(rollingUpdate, 'maxUnavailable'),
  };
}

function validateRollingUpdate(rollingUpdate: JsonValue, path: ValidationPath): readonly FieldError[] {
  const errors = validateNonnegative(integerAt(rollingUpdate, 'partition'), path.child('partition'));
  const maxUnavailable = pointerAt(rollingUpdate, 'maxUnavailable');
  if (maxUnavailable === undefined) return errors;
  const maxPath = path.child('maxUnavailable');
  const isZero = intOrPercentValueOf(maxUnavailable) === 0;
  return [
    ...errors,
    ...validatePositiveIntOrPercent(maxUnavailable, maxPath),
    ...(isZero ? [invalid(maxPath, intOrStringOf(maxUnavailable) ?? 0, 'cannot be 0')] : NONE),
    ...validateNotMoreThan100Percent(maxUnavailable, maxPath),
  ];
}

function validateRetention(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const retention = pointerAt(spec, 'persistentVolumeClaimRetentionPolicy');
  if (retention === undefined) return NONE;
  return ['whenDeleted', 'whenScaled'].flatMap((field) => {
    const policy = textAt(retention, field);
    return RETENTION_POLICIES.includes(policy) ? NONE : [notSupported(path.child(field), policy, RETENTION_POLICIES)];
  });
}
