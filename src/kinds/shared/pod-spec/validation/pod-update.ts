import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import { inclusiveRangeMessage } from '../../../../apimachinery/validation-messages.ts';
import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, asObject, stringMapAt, valueAt } from '../../../../base/json.ts';
import { shownDifference } from '../../validation/go-structs.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt, validateEach } from '../../validation/fields.ts';
import { semanticEqual } from '../../validation/semantic-equal.ts';
import { shownMap } from '../../validation/shown-values.ts';
import { shownPodSpec } from '../shown-pod-spec.ts';
import { validatePodAnnotations, validatePodAnnotationsUpdate } from './annotations.ts';
import { validateContainerOnlyForPod } from './container-common.ts';
import { validateNodeAffinityMutation } from './gated-node-affinity.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { validateTolerations } from './tolerations.ts';

const SPEC = ValidationPath.of('spec');
const INT32_MAX = 2147483647;

/** What the server says that an update of a Pod may change. */
const UPDATABLE =
  '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/**
 * What an update of a Pod may not change, besides what a create is refused for. The words of the last rule end
 * with the difference, as the server prints it.
 * Source: pkg/apis/core/validation/validation.go `ValidatePodUpdate`, 1.36.
 */
export function validatePodUpdate(
  pod: JsonValue,
  old: JsonValue,
  options: PodValidationOptions,
): readonly FieldError[] {
  const annotationsPath = ValidationPath.of('metadata', 'annotations');
  const annotations = valueAt(pod, 'metadata', 'annotations');
  const [spec, oldSpec] = [valueAt(pod, 'spec'), valueAt(old, 'spec')];
  return [
    ...validatePodAnnotationsUpdate(annotations, valueAt(old, 'metadata', 'annotations'), annotationsPath),
    ...validatePodAnnotations(annotations, spec, annotationsPath, options),
    ...validateSpecUpdate(spec, oldSpec, options),
  ];
}

function validateSpecUpdate(
  spec: JsonValue | undefined,
  old: JsonValue | undefined,
  options: PodValidationOptions,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const list of ['containers', 'initContainers']) {
    const containers = arrayAt(spec, list);
    const path = SPEC.child(list);
    if (containers.length !== arrayAt(old, list).length) {
      return [...errors, forbidden(path, 'pod updates may not add or remove containers')];
    }
    errors.push(...validateEach(containers, path, validateImage));
  }
  const deadline = validateDeadline(spec, old);
  errors.push(...deadline.errors);
  if (deadline.stop) return errors;
  errors.push(
    ...validateOnlyAddedTolerations(spec, old, options),
    ...validateOnlyDeletedGates(arrayAt(spec, 'schedulingGates'), arrayAt(old, 'schedulingGates')),
  );
  if (semanticEqual(spec, old)) return errors;
  return [...errors, ...validateRest(asObject(spec) ?? {}, asObject(old) ?? {})];
}

function validateImage(container: JsonValue, path: ValidationPath): readonly FieldError[] {
  if (textAt(container, 'image') === '') return [required(path.child('image'))];
  return validateContainerOnlyForPod(container, path);
}

/** A deadline may come nearer, never go away or farther off. */
function validateDeadline(
  spec: JsonValue | undefined,
  old: JsonValue | undefined,
): { readonly errors: readonly FieldError[]; readonly stop: boolean } {
  const path = SPEC.child('activeDeadlineSeconds');
  const [now, before] = [spec, old].map((value) => optionalIntegerAt(value, 'activeDeadlineSeconds'));
  if (now === undefined) {
    if (before === undefined) return { errors: NONE, stop: false };
    return { errors: [invalid(path, null, 'must not update from a positive integer to nil value')], stop: false };
  }
  if (now < 0 || now > INT32_MAX) {
    return { errors: [invalid(path, now, inclusiveRangeMessage(0, INT32_MAX))], stop: true };
  }
  if (before === undefined || before >= now) return { errors: NONE, stop: false };
  return { errors: [invalid(path, now, 'must be less than or equal to previous value')], stop: true };
}

function validateOnlyAddedTolerations(
  spec: JsonValue | undefined,
  old: JsonValue | undefined,
  options: PodValidationOptions,
): readonly FieldError[] {
  const path = SPEC.child('tolerations');
  const now = arrayAt(spec, 'tolerations');
  const lost = arrayAt(old, 'tolerations').some(
    (toleration) => !now.some((other) => sameToleration(toleration, other)),
  );
  if (lost) return [forbidden(path, 'existing toleration can not be modified except its tolerationSeconds')];
  return validateTolerations(now, path, options);
}

function sameToleration(a: JsonValue, b: JsonValue): boolean {
  return ['key', 'operator', 'value', 'effect'].every((field) => textAt(a, field) === textAt(b, field));
}

function validateOnlyDeletedGates(gates: readonly JsonValue[], old: readonly JsonValue[]): readonly FieldError[] {
  const before = new Set(old.map((gate) => textAt(gate, 'name')));
  // Of two entries with one name the later is told.
  const added = new Map(gates.map((gate, index) => [textAt(gate, 'name'), index]));
  return [...added].flatMap(([name, index]) =>
    before.has(name)
      ? NONE
      : [
          forbidden(
            SPEC.child('schedulingGates').index(index).child('name'),
            `only deletion is allowed, but found new scheduling gate '${name}'`,
          ),
        ],
  );
}

/** Everything else must be as it was. A Pod that the scheduler is kept from may still narrow its choice of Nodes. */
function validateRest(spec: JsonObject, old: JsonObject): readonly FieldError[] {
  const gated = arrayAt(old, 'schedulingGates').length > 0;
  const errors = gated
    ? [...validateNodeSelectorMutation(spec, old), ...validateNodeAffinityMutation(spec, old, SPEC)]
    : [];
  const restored = asBefore(spec, old, gated);
  if (semanticEqual(restored, old)) return errors;
  const difference = shownDifference(shownPodSpec(old), shownPodSpec(restored));
  return [...errors, forbidden(SPEC, `pod updates may not change fields other than ${UPDATABLE}\n${difference}`)];
}

function validateNodeSelectorMutation(spec: JsonObject, old: JsonObject): readonly FieldError[] {
  const now = stringMapAt(spec, 'nodeSelector');
  const kept = [...stringMapAt(old, 'nodeSelector')].every(([key, value]) => now.get(key) === value);
  if (kept) return NONE;
  const detail = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
  return [invalid(SPEC.child('nodeSelector'), shownMap(spec['nodeSelector']), detail)];
}

/** The new spec with what may change put back. */
function asBefore(spec: JsonObject, old: JsonObject, gated: boolean): JsonObject {
  const grace = [old, spec].map((value) => optionalIntegerAt(value, 'terminationGracePeriodSeconds'));
  const graceMay = grace[0] !== undefined && grace[0] < 0 && Number(grace[1]) === 1;
  const restored = ['activeDeadlineSeconds', 'schedulingGates', 'tolerations'];
  if (graceMay) restored.push('terminationGracePeriodSeconds');
  if (gated) restored.push('nodeSelector');
  return {
    ...spec,
    ...Object.fromEntries(restored.map((field) => [field, old[field]])),
    ...withImagesOf('containers', spec, old),
    ...withImagesOf('initContainers', spec, old),
    ...(gated ? { affinity: affinityAsBefore(spec, old) } : {}),
  };
}

function withImagesOf(list: string, spec: JsonObject, old: JsonObject): JsonObject {
  const containers = arrayAt(spec, list).map((container, index) => ({
    ...asObject(container),
    image: valueAt(old, list, index, 'image'),
  }));
  return { [list]: containers.length === 0 ? undefined : containers };
}

function affinityAsBefore(spec: JsonObject, old: JsonObject): JsonValue | undefined {
  const [now, before] = [pointerAt(spec, 'affinity'), pointerAt(old, 'affinity')];
  const nodeAffinity = pointerAt(before, 'nodeAffinity');
  if (semanticEqual(nodeAffinity, pointerAt(now, 'nodeAffinity'), 'nodeAffinity')) return now;
  if (now === undefined) return nodeAffinity === undefined ? undefined : { nodeAffinity };
  const others = pointerAt(now, 'podAffinity') !== undefined || pointerAt(now, 'podAntiAffinity') !== undefined;
  if (before === undefined && !others) return undefined;
  return { ...asObject(now), nodeAffinity };
}
