import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../../../apimachinery/field-error.ts';
import { parseInt64 } from '../../../../apimachinery/int64.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { stringMapAt } from '../../../../base/json.ts';
import { NONE, textAt } from '../../validation/fields.ts';
import { APP_ARMOR_ANNOTATION_PREFIX, validateAppArmorAnnotations } from './app-armor.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { validateSeccompAnnotations } from './seccomp.ts';
import { validateTolerationsAnnotation } from './tolerations-annotation.ts';

export const MIRROR_POD_ANNOTATION = 'kubernetes.io/config.mirror';
const POD_DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

/**
 * Annotations that mean something to a Pod.
 * Source: pkg/apis/core/validation/validation.go `ValidatePodSpecificAnnotations`, 1.36.
 */
export function validatePodAnnotations(
  annotations: JsonValue | undefined,
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const entries = stringMapAt(annotations);
  if (entries.size === 0) return NONE;
  return [
    ...validateMirror(entries.get(MIRROR_POD_ANNOTATION), spec, path.key(MIRROR_POD_ANNOTATION)),
    ...validateTolerationsAnnotation(annotations, path, options),
    ...(options.allowInvalidPodDeletionCost ? NONE : validateDeletionCost(entries, path.key(POD_DELETION_COST))),
    ...validateSeccompAnnotations(annotations, path),
    ...validateAppArmorAnnotations(annotations, spec, path),
  ];
}

function validateMirror(
  value: string | undefined,
  spec: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  if (value === undefined || textAt(spec, 'nodeName') !== '') return NONE;
  return [invalid(path, value, 'must set spec.nodeName if mirror pod annotation is set')];
}

function validateDeletionCost(entries: ReadonlyMap<string, string>, path: ValidationPath): readonly FieldError[] {
  const cost = entries.get(POD_DELETION_COST);
  return cost === undefined || isDeletionCost(cost) ? NONE : [invalid(path, cost, 'must be a 32bit integer')];
}

/** An integer of 32 bits without a plus or zeros before it. */
function isDeletionCost(cost: string): boolean {
  if (cost.startsWith('+') || (cost.startsWith('0') && cost !== '0')) return false;
  const value = parseInt64(cost);
  return value !== undefined && BigInt.asIntN(32, value) === value;
}

/** Whether annotations hold a deletion cost that is none. */
export function hasInvalidDeletionCost(annotations: JsonValue | undefined): boolean {
  const cost = stringMapAt(annotations).get(POD_DELETION_COST);
  return cost !== undefined && !isDeletionCost(cost);
}

/** What an update of a Pod may not do to its annotations. */
export function validatePodAnnotationsUpdate(
  annotations: JsonValue | undefined,
  old: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const [now, before] = [stringMapAt(annotations), stringMapAt(old)];
  const refuse = (key: string, verb: string) => {
    if (key.startsWith(APP_ARMOR_ANNOTATION_PREFIX)) {
      return [forbidden(path.key(key), `may not ${verb} AppArmor annotations`)];
    }
    return key === MIRROR_POD_ANNOTATION ? [forbidden(path.key(key), `may not ${verb} mirror pod annotation`)] : NONE;
  };
  return [
    ...[...before].flatMap(([key, value]) => (now.get(key) === value ? NONE : refuse(key, 'remove or update'))),
    ...[...now.keys()].flatMap((key) => (before.has(key) ? NONE : refuse(key, 'add'))),
  ];
}
