import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { required } from '../../../../apimachinery/field-error.ts';
import { validateDns1123Label } from '../../../../apimachinery/names.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, validateEach } from '../../validation/fields.ts';
import { validateLabelSelector } from '../../validation/label-selector.ts';
import { invalidFor, validateLabelName } from '../../validation/messages.ts';
import {
  validateNodeSelector,
  validatePreferredSchedulingTerms,
  validateWeight,
} from '../../validation/node-selector.ts';
import { validateMatchLabelKeys } from './match-label-keys.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** `affinity` of a Pod. Source: pkg/apis/core/validation/validation.go `validateAffinity`, 1.36. */
export function validateAffinity(
  affinity: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  if (affinity === undefined || affinity === null) return NONE;
  return [
    ...validateNodeAffinity(pointerAt(affinity, 'nodeAffinity'), path.child('nodeAffinity'), options),
    ...validatePodAffinity(pointerAt(affinity, 'podAffinity'), path.child('podAffinity'), options),
    ...validatePodAffinity(pointerAt(affinity, 'podAntiAffinity'), path.child('podAntiAffinity'), options),
  ];
}

function validateNodeAffinity(
  affinity: JsonValue | undefined,
  path: ValidationPath,
  { allowInvalidLabelValueInRequiredNodeAffinity }: PodValidationOptions,
): readonly FieldError[] {
  const selector = pointerAt(affinity, REQUIRED);
  const selectorOptions = { allowInvalidLabelValue: allowInvalidLabelValueInRequiredNodeAffinity ?? false };
  return [
    ...(selector === undefined ? NONE : validateNodeSelector(selector, path.child(REQUIRED), selectorOptions)),
    ...validatePreferredSchedulingTerms(valueAt(affinity, PREFERRED), path.child(PREFERRED)),
  ];
}

/** Affinity and anti-affinity have the same rules. */
function validatePodAffinity(
  affinity: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  if (affinity === undefined) return NONE;
  return [
    ...validateEach(valueAt(affinity, REQUIRED), path.child(REQUIRED), (term, termPath) =>
      validatePodAffinityTerm(term, termPath, options),
    ),
    ...validateEach(valueAt(affinity, PREFERRED), path.child(PREFERRED), (term, termPath) => [
      ...validateWeight(term, termPath.child('weight')),
      ...validatePodAffinityTerm(valueAt(term, 'podAffinityTerm') ?? {}, termPath.child('podAffinityTerm'), options),
    ]),
  ];
}

function validatePodAffinityTerm(
  term: JsonValue,
  path: ValidationPath,
  { allowInvalidLabelValueInSelector }: PodValidationOptions,
): readonly FieldError[] {
  const selectorOptions = { allowInvalidLabelValue: allowInvalidLabelValueInSelector ?? false };
  const key = textAt(term, 'topologyKey');
  const keyPath = path.child('topologyKey');
  return [
    ...validateLabelSelector(valueAt(term, 'labelSelector'), path.child('labelSelector'), selectorOptions),
    ...validateLabelSelector(valueAt(term, 'namespaceSelector'), path.child('namespaceSelector'), selectorOptions),
    ...arrayAt(term, 'namespaces').flatMap((entry) => {
      const name = typeof entry === 'string' ? entry : '';
      return invalidFor(path.child('namespace'), name, validateDns1123Label(name));
    }),
    ...validateMatchLabelKeys(term, path),
    ...(key === '' ? [required(keyPath, 'can not be empty')] : NONE),
    ...validateLabelName(key, keyPath),
  ];
}
