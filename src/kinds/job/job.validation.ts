import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import { matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import { validateDns1123Label } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { stringMapAt, valueAt } from '../../base/json.ts';
import { validateJobTemplateSpec } from '../shared/job-spec/job-spec.validation.ts';
import type { PodValidationOptions } from '../shared/pod-spec/validation/pod-validation-options.ts';
import { STRICT } from '../shared/pod-spec/validation/pod-validation-options.ts';
import { NONE, integerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import { validateLabelSelector } from '../shared/validation/label-selector.ts';
import { shownLabelSelector, shownMap } from '../shared/validation/shown-values.ts';
import {
  CONTROLLER_UID,
  JOB_NAME,
  LEGACY_CONTROLLER_UID,
  LEGACY_JOB_NAME,
  isManuallySelected,
} from './job.selector.ts';

const SPEC = ValidationPath.of('spec');
const SELECTOR = SPEC.child('selector');

/** What a create asks for, and an update leaves out where the old Job did not have it. */
export interface JobValidationOptions {
  readonly pod: PodValidationOptions;
  /** The labels with a domain, which Jobs of old releases lack. */
  readonly requirePrefixedLabels: boolean;
  readonly allowMutableSchedulingDirectives: boolean;
  readonly allowMutablePodResources: boolean;
}

export const CREATE_OPTIONS: JobValidationOptions = {
  pod: STRICT,
  requirePrefixedLabels: true,
  allowMutableSchedulingDirectives: false,
  allowMutablePodResources: false,
};

/** Source: pkg/apis/batch/validation/validation.go `ValidateJob`, 1.36. */
export function validateJob(job: KubernetesObject, uid: string, options: JobValidationOptions): readonly FieldError[] {
  const spec = valueAt(job, 'spec');
  return [
    ...validateGeneratedSelector(job, uid, options),
    ...validateJobSpec(spec, options),
    ...validatePodHostnames(nameOf(job), spec),
  ];
}

export function validateJobSpec(spec: JsonValue | undefined, options: JobValidationOptions): readonly FieldError[] {
  const selector = pointerAt(spec, 'selector');
  return [
    ...validateJobTemplateSpec(spec, SPEC, options.pod),
    ...(selector === undefined
      ? [required(SELECTOR)]
      : validateLabelSelector(selector, SELECTOR, {
          allowInvalidLabelValue: options.pod.allowInvalidLabelValueInSelector ?? false,
        })),
    ...validateSelects(selector, spec),
  ];
}

function validateSelects(selector: JsonValue | undefined, spec: JsonValue | undefined): readonly FieldError[] {
  const parsed = parseLabelSelector(selector);
  if (parsed.invalid || matchesLabels(parsed, stringMapAt(spec, 'template', 'metadata', 'labels'))) return NONE;
  const labels = shownMap(valueAt(spec, 'template', 'metadata', 'labels'));
  const path = SPEC.child('template', 'metadata', 'labels');
  return [invalid(path, labels, '`selector` does not match template `labels`')];
}

/** A person may have written labels that the server wanted to make up. */
function validateGeneratedSelector(
  job: KubernetesObject,
  uid: string,
  { requirePrefixedLabels }: JobValidationOptions,
): readonly FieldError[] {
  const selector = valueAt(job, 'spec', 'selector') ?? undefined;
  if (isManuallySelected(job) || selector === undefined) return NONE;
  const name = nameOf(job);
  const expected = new Map([
    [LEGACY_CONTROLLER_UID, uid],
    [LEGACY_JOB_NAME, name],
    ...(requirePrefixedLabels
      ? ([
          [CONTROLLER_UID, uid],
          [JOB_NAME, name],
        ] as const)
      : []),
  ]);
  const parsed = parseLabelSelector(selector);
  return [
    ...(uid === '' ? [required(ValidationPath.of('metadata', 'uid'))] : NONE),
    ...[...expected].flatMap(([key, value]) => validateHasLabel(job, key, value)),
    ...(parsed.invalid || matchesLabels(parsed, expected)
      ? NONE
      : [invalid(SELECTOR, shownLabelSelector(selector), '`selector` not auto-generated')]),
  ];
}

function validateHasLabel(job: KubernetesObject, key: string, expected: string): readonly FieldError[] {
  const labels = valueAt(job, 'spec', 'template', 'metadata', 'labels');
  const value = stringMapAt(labels).get(key);
  if (value === expected) return NONE;
  const path = SPEC.child('template', 'metadata', 'labels').key(key);
  const detail = `must be '${expected}'`;
  return [value === undefined ? required(path, detail) : invalid(path, shownMap(labels), detail)];
}

/** The Pods of an Indexed Job have its name and their index as host name. */
function validatePodHostnames(name: string, spec: JsonValue | undefined): readonly FieldError[] {
  const completions = integerAt(spec, 'completions');
  if (textAt(spec, 'completionMode') !== 'Indexed' || completions <= 0) return NONE;
  const last = `${name}-${BigInt(completions) - 1n}`;
  if (validateDns1123Label(last).length === 0) return NONE;
  const detail = `will not able to create pod with invalid DNS label: ${last}`;
  return [invalid(ValidationPath.of('metadata', 'name'), name, detail)];
}
