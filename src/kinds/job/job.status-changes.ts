import type { FieldError } from '../../apimachinery/field-error.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { textAt } from '../shared/validation/fields.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { STATUS } from '../shared/validation/status-counts.ts';

/** Which parts of a Job's status a write changes. */
export type JobStatusChanges = Readonly<
  Record<
    | 'finished'
    | 'complete'
    | 'failed'
    | 'failureTarget'
    | 'successCriteriaMet'
    | 'completedIndexes'
    | 'failedIndexes'
    | 'active'
    | 'startTime'
    | 'completionTime'
    | 'uncounted'
    | 'ready'
    | 'terminating',
    boolean
  >
> & {
  /** The Job was suspended, and goes on. */
  readonly resumes: boolean;
};

/** Source: pkg/registry/batch/job/strategy.go `getStatusValidationOptions`, 1.36. */
export function jobStatusChanges(job: JsonValue, old: JsonValue): JobStatusChanges {
  const turned = (type: string): boolean => isConditionTrue(job, type) !== isConditionTrue(old, type);
  const changed = (field: string, missing: JsonValue = null): boolean =>
    !semanticEqual(valueAt(job, 'status', field) ?? missing, valueAt(old, 'status', field) ?? missing);
  return {
    finished: isFinished(job) !== isFinished(old),
    complete: turned('Complete'),
    failed: turned('Failed'),
    failureTarget: turned('FailureTarget'),
    successCriteriaMet: turned('SuccessCriteriaMet'),
    completedIndexes: changed('completedIndexes', ''),
    failedIndexes: changed('failedIndexes'),
    active: changed('active', 0),
    startTime: changed('startTime'),
    completionTime: changed('completionTime'),
    uncounted: changed('uncountedTerminatedPods'),
    ready: changed('ready'),
    terminating: changed('terminating'),
    resumes: isConditionTrue(old, 'Suspended') && hasCondition(job, 'Suspended', 'False'),
  };
}

export function isConditionTrue(job: JsonValue, type: string): boolean {
  return hasCondition(job, type, 'True');
}

export function isFinished(job: JsonValue): boolean {
  return isConditionTrue(job, 'Complete') || isConditionTrue(job, 'Failed');
}

function hasCondition(job: JsonValue, type: string, status: string): boolean {
  return arrayAt(job, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === type && textAt(condition, 'status') === status,
  );
}

/** Said of the conditions as a whole; the server shows none of them. */
export function conditionError(detail: string): FieldError {
  return { reason: 'FieldValueInvalid', path: STATUS.child('conditions'), detail };
}
