import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, notSupported, required, tooLong } from '../../../apimachinery/field-error.ts';
import { validateDomainPrefixedPath } from '../../../apimachinery/label-names.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { stringAt, valueAt } from '../../../base/json.ts';
import { validatePodTemplateSpec } from '../pod-spec/validation/pod-template-spec.ts';
import type { PodValidationOptions } from '../pod-spec/validation/pod-validation-options.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt } from '../validation/fields.ts';
import { invalidFor } from '../validation/messages.ts';
import { validateNonnegative } from '../validation/numbers.ts';
import { validateCompletionMode } from './completion-mode.ts';
import { validatePodFailurePolicy } from './pod-failure-policy.ts';
import { shownSuccessPolicy, validateSuccessPolicy } from './success-policy.ts';

const MAX_MANAGED_BY_BYTES = 63;
const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];

/**
 * What a Job is asked, also in the template of a CronJob; the selector is another matter.
 * Source: pkg/apis/batch/validation/validation.go `validateJobSpec`, 1.36.
 */
export function validateJobTemplateSpec(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  return [
    ...COUNTS.flatMap((field) => {
      const count = optionalIntegerAt(spec, field);
      return count === undefined ? NONE : validateNonnegative(count, path.child(field));
    }),
    ...validateMaxFailedIndexes(spec, path),
    ...validateManagedBy(stringAt(spec, 'managedBy'), path.child('managedBy')),
    ...validateCompletionMode(spec, path),
    ...(pointerAt(spec, 'podFailurePolicy') === undefined
      ? NONE
      : validatePodFailurePolicy(spec, path.child('podFailurePolicy'))),
    ...validateSuccess(spec, path.child('successPolicy')),
    ...validateReplacementPolicy(spec, path.child('podReplacementPolicy')),
    ...validatePodTemplateSpec(valueAt(spec, 'template'), path.child('template'), options),
    ...validateRestartPolicy(spec, path.child('template', 'spec', 'restartPolicy')),
  ];
}

function validateMaxFailedIndexes(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const missing =
    optionalIntegerAt(spec, 'maxFailedIndexes') !== undefined &&
    optionalIntegerAt(spec, 'backoffLimitPerIndex') === undefined;
  return missing ? [required(path.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified')] : NONE;
}

function validateManagedBy(managedBy: string | undefined, path: ValidationPath): readonly FieldError[] {
  if (managedBy === undefined) return NONE;
  const errors = managedBy === '' ? [required(path)] : domainPrefixedPathErrors(managedBy, path);
  return byteLength(managedBy) > MAX_MANAGED_BY_BYTES ? [...errors, tooLong(path, MAX_MANAGED_BY_BYTES)] : errors;
}

/** The server prints the part that is wrong: the domain, the path, or the whole where it has only one part. */
function domainPrefixedPathErrors(value: string, path: ValidationPath): readonly FieldError[] {
  const slash = value.indexOf('/');
  if (slash <= 0 || slash === value.length - 1) return invalidFor(path, value, validateDomainPrefixedPath(value));
  const host = value.slice(0, slash);
  const rest = value.slice(slash + 1);
  return [
    ...invalidFor(path, host, validateDomainPrefixedPath(`${host}/x`)),
    ...invalidFor(path, rest, validateDomainPrefixedPath(`x/${rest}`)),
  ];
}

function validateSuccess(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const policy = pointerAt(spec, 'successPolicy');
  if (policy === undefined) return NONE;
  if (textAt(spec, 'completionMode') === 'Indexed') return validateSuccessPolicy(spec, path);
  return [invalid(path, shownSuccessPolicy(policy), 'requires indexed completion mode')];
}

function validateReplacementPolicy(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const policy = stringAt(spec, 'podReplacementPolicy');
  if (policy === undefined) return NONE;
  const allowed = pointerAt(spec, 'podFailurePolicy') === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed'];
  return allowed.includes(policy) ? NONE : [notSupported(path, policy, allowed)];
}

function validateRestartPolicy(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const policy = textAt(spec, 'template', 'spec', 'restartPolicy');
  if (policy === 'Always' || policy === '') return [required(path, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(path, policy, ['OnFailure', 'Never'])];
  if (policy === 'Never' || pointerAt(spec, 'podFailurePolicy') === undefined) return NONE;
  return [invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')];
}
