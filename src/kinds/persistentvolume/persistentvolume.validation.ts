import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../apimachinery/field-error.ts';
import { validateLabelValue } from '../../apimachinery/label-names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asObject, valueAt } from '../../base/json.ts';
import { updateField, updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { VOLUME_SOURCES } from '../shared/persistent-volume/volume-sources.ts';
import { validateVolumeSpec } from '../shared/persistent-volume/volume-spec.validation.ts';
import { NONE, pointerAt, textAt, textsAt } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { shownDifference } from '../shared/validation/go-structs.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { shownVolumeSource } from './shown-sources.ts';

const SPEC = ValidationPath.of('spec');
const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options';

/** Source: pkg/registry/core/persistentvolume/strategy.go and pkg/apis/core/validation/validation.go, 1.36. */
export function validateVolume(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  return [...validateSpec(object, old), ...validateMountOptions(object)];
}

/** What is wrong with the new volume is said once more, before what it may not change. */
export function validateVolumeUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  return [...validateSpec(object, old), ...validateChange(object, old)];
}

function validateSpec(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const options = { volumeName: nameOf(object), allowInvalidLabelValue: hadInvalidLabelValue(old) };
  return validateVolumeSpec(valueAt(object, 'spec'), SPEC, options);
}

function hadInvalidLabelValue(old: KubernetesObject | undefined): boolean {
  return arrayAt(old, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms').some((term) =>
    arrayAt(term, 'matchExpressions').some((expression) =>
      textsAt(expression, 'values').some((value) => validateLabelValue(value).length > 0),
    ),
  );
}

function validateMountOptions(object: KubernetesObject): readonly FieldError[] {
  if (!annotationsOf(object).has(MOUNT_OPTIONS)) return NONE;
  const isTaken = VOLUME_SOURCES.some(
    ({ field, takesMountOptions }) => takesMountOptions && pointerAt(object, 'spec', field) !== undefined,
  );
  if (isTaken) return NONE;
  const path = ValidationPath.of('metadata', 'annotations', MOUNT_OPTIONS);
  return [forbidden(path, 'may not specify mount options for this volume type')];
}

function validateChange(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const [spec, oldSpec] = [valueAt(object, 'spec'), valueAt(old, 'spec')];
  const isSame = VOLUME_SOURCES.every(({ field }) =>
    samePointer(sourceOf(spec, oldSpec, field), pointerAt(oldSpec, field)),
  );
  const path = SPEC.child('persistentvolumesource');
  const className = SPEC.child('volumeAttributesClassName');
  const difference = () =>
    shownDifference(
      shownVolumeSource(oldSpec),
      shownVolumeSource({ ...asObject(spec), csi: sourceOf(spec, oldSpec, 'csi') ?? null }),
    );
  const isTaken =
    pointerAt(oldSpec, 'volumeAttributesClassName') !== undefined &&
    pointerAt(spec, 'volumeAttributesClassName') === undefined;
  return [
    ...(isSame ? NONE : [forbidden(path, `spec.persistentvolumesource is immutable after creation\n${difference()}`)]),
    ...validateImmutableField(
      pointerAt(spec, 'volumeMode'),
      pointerAt(oldSpec, 'volumeMode'),
      ValidationPath.of('volumeMode'),
    ),
    ...validateSameAffinity(pointerAt(spec, 'nodeAffinity'), pointerAt(oldSpec, 'nodeAffinity')),
    ...(isTaken ? [forbidden(className, 'update from non-nil value to nil is forbidden')] : NONE),
  ];
}

function samePointer(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === undefined || b === undefined ? a === b : semanticEqual(a, b);
}

/** A Secret for growing may be added. */
function sourceOf(spec: JsonValue | undefined, old: JsonValue | undefined, field: string): JsonValue | undefined {
  const source = pointerAt(spec, field);
  if (field !== 'csi' || pointerAt(old, 'csi', 'controllerExpandSecretRef') !== undefined) return source;
  const object = asObject(source);
  return object === undefined ? source : omit(object, 'controllerExpandSecretRef');
}

/** Source: pkg/apis/core/validation/validation.go `betaToGALabel`, 1.36. */
const NEW_LABELS: ReadonlyMap<string, string> = new Map([
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
  ['beta.kubernetes.io/os', 'kubernetes.io/os'],
  ['beta.kubernetes.io/arch', 'kubernetes.io/arch'],
  ['beta.kubernetes.io/instance-type', 'node.kubernetes.io/instance-type'],
]);

/** An affinity stays as it is, but old labels may get their new names. */
function validateSameAffinity(after: JsonValue | undefined, before: JsonValue | undefined): readonly FieldError[] {
  if (before === undefined || semanticEqual(after, before)) return NONE;
  if (after !== undefined && semanticEqual(after, withNewLabels(before, after))) return NONE;
  const path = ValidationPath.of('nodeAffinity');
  return [invalid(path, shownAffinity(after), 'field is immutable, except for updating from beta label to GA')];
}

/** The internal form of an affinity. */
function shownAffinity(affinity: JsonValue | undefined): JsonValue {
  if (affinity === undefined) return null;
  const selector = pointerAt(affinity, 'required');
  const terms = arrayAt(selector, 'nodeSelectorTerms').map((term) => ({
    MatchExpressions: shownRequirements(term, 'matchExpressions'),
    MatchFields: shownRequirements(term, 'matchFields'),
  }));
  return { Required: selector === undefined ? null : { NodeSelectorTerms: terms.length === 0 ? null : terms } };
}

function shownRequirements(term: JsonValue, list: string): JsonValue {
  const shown = arrayAt(term, list).map((requirement) => {
    const values = textsAt(requirement, 'values');
    return {
      Key: textAt(requirement, 'key'),
      Operator: textAt(requirement, 'operator'),
      Values: values.length === 0 ? null : values,
    };
  });
  return shown.length === 0 ? null : shown;
}

/** The affinity before, with the new name of a label where the one after has it. */
function withNewLabels(before: JsonValue, after: JsonValue): JsonValue {
  return updateStruct(asObject(before) ?? {}, 'required', (required) => {
    let term = -1;
    return updateItems(required, 'nodeSelectorTerms', (item) => {
      term++;
      let at = -1;
      return updateItems(item, 'matchExpressions', (expression): JsonObject => {
        at++;
        const key = valueAt(after, 'required', 'nodeSelectorTerms', term, 'matchExpressions', at, 'key');
        return updateField(expression, 'key', (old) => (NEW_LABELS.get(String(old)) === key ? key : old));
      });
    });
  });
}
