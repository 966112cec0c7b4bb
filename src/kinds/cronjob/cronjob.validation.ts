import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { CRON_JOB_NAME_MAX_LENGTH } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { stringAt, valueAt } from '../../base/json.ts';
import { validateJobTemplateSpec } from '../shared/job-spec/job-spec.validation.ts';
import { podTemplateValidationOptions } from '../shared/pod-spec/validation/pod-validation-options-of.ts';
import type { PodValidationOptions } from '../shared/pod-spec/validation/pod-validation-options.ts';
import { NONE, integerAt, pointerAt, textAt, validateRequiredEnum } from '../shared/validation/fields.ts';
import { validateNonnegative } from '../shared/validation/numbers.ts';
import { shownLabelSelector } from '../shared/validation/shown-values.ts';
import { cronScheduleProblem } from './cron-schedule.ts';
import { timeZoneProblems } from './time-zone.ts';

const SPEC = ValidationPath.of('spec');
const TEMPLATE = ['spec', 'jobTemplate', 'spec', 'template'];
const CONCURRENCY_POLICIES = ['Allow', 'Forbid', 'Replace'];

/** Source: pkg/apis/batch/validation/validation.go, 1.36. */
export function validateCronJob(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const options = podTemplateValidationOptions(valueAt(old, ...TEMPLATE));
  const errors = validateCronJobSpec(valueAt(object, 'spec'), valueAt(old, 'spec'), options);
  const name = nameOf(object);
  // Old CronJobs with longer names can still be changed.
  if (old !== undefined || byteLength(name) <= CRON_JOB_NAME_MAX_LENGTH) return errors;
  const detail = `must be no more than ${CRON_JOB_NAME_MAX_LENGTH} characters`;
  return [...errors, invalid(ValidationPath.of('metadata', 'name'), name, detail)];
}

/** `old` is undefined on create. */
export function validateCronJobSpec(
  spec: JsonValue | undefined,
  old: JsonValue | undefined,
  options: PodValidationOptions,
): readonly FieldError[] {
  const count = (field: string) => validateNonnegative(integerAt(spec, field), SPEC.child(field));
  const timeZone = stringAt(spec, 'timeZone');
  const sameZone = old !== undefined && timeZone === stringAt(old, 'timeZone');
  return [
    ...validateSchedule(spec, textAt(old, 'schedule').includes('TZ'), SPEC.child('schedule')),
    ...count('startingDeadlineSeconds'),
    ...(timeZone === undefined || sameZone ? NONE : validateTimeZone(timeZone, SPEC.child('timeZone'))),
    ...validateRequiredEnum(textAt(spec, 'concurrencyPolicy'), SPEC.child('concurrencyPolicy'), CONCURRENCY_POLICIES),
    ...validateJobTemplate(valueAt(spec, 'jobTemplate', 'spec'), SPEC.child('jobTemplate', 'spec'), options),
    ...count('successfulJobsHistoryLimit'),
    ...count('failedJobsHistoryLimit'),
  ];
}

function validateSchedule(
  spec: JsonValue | undefined,
  hadTimeZone: boolean,
  path: ValidationPath,
): readonly FieldError[] {
  const schedule = textAt(spec, 'schedule');
  if (schedule === '') return [required(path)];
  return validateScheduleFormat(schedule, hadTimeZone, stringAt(spec, 'timeZone'), path);
}

/** `hadTimeZone`: the old schedule named a time zone, which new ones must not. */
export function validateScheduleFormat(
  schedule: string,
  hadTimeZone: boolean,
  timeZone: string | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const problem = cronScheduleProblem(schedule);
  const errors = problem === undefined ? [] : [invalid(path, schedule, problem)];
  if (!schedule.includes('TZ')) return errors;
  if (!hadTimeZone) {
    errors.push(invalid(path, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
  } else if (timeZone !== undefined) {
    errors.push(invalid(path, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule'));
  }
  return errors;
}

function validateTimeZone(timeZone: string, path: ValidationPath): readonly FieldError[] {
  return timeZoneProblems(timeZone).map((problem) => invalid(path, timeZone, problem));
}

function validateJobTemplate(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const selector = pointerAt(spec, 'selector');
  const manual = valueAt(spec, 'manualSelector') === true;
  return [
    ...validateJobTemplateSpec(spec, path, options),
    ...(selector === undefined
      ? NONE
      : [invalid(path.child('selector'), shownLabelSelector(selector), '`selector` will be auto-generated')]),
    ...(manual ? [notSupported(path.child('manualSelector'), true, ['nil', 'false'])] : NONE),
  ];
}
