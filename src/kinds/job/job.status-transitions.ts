import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { integerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import { FIELD_IS_IMMUTABLE } from '../shared/validation/immutable-field.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { STATUS } from '../shared/validation/status-counts.ts';
import { conditionError, isConditionTrue } from './job.status-changes.ts';
import type { JobStatusChanges } from './job.status-changes.ts';

/** What may not be taken back. Source: pkg/apis/batch/validation/validation.go `ValidateJobStatusUpdate`, 1.36. */
export function validateTransitions(job: JsonValue, old: JsonValue, changed: JobStatusChanges): readonly FieldError[] {
  const errors: FieldError[] = ['Failed', 'Complete', 'FailureTarget']
    .filter((type) => isConditionTrue(old, type) && !isConditionTrue(job, type))
    .map((type) => conditionError(`cannot disable the terminal ${type}=True condition`));
  errors.push(...validateCounters(job, old), ...validateTimes(job, old, changed));
  const [wasMet, isMet] = [isConditionTrue(old, 'SuccessCriteriaMet'), isConditionTrue(job, 'SuccessCriteriaMet')];
  if (wasMet && !isMet) errors.push(conditionError('cannot disable the SuccessCriteriaMet=True condition'));
  if (isConditionTrue(old, 'Complete') && !wasMet && isMet)
    errors.push(conditionError('cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions'));
  return errors;
}

function validateCounters(job: JsonValue, old: JsonValue): readonly FieldError[] {
  // An Indexed Job with as many Pods as completions may be scaled down.
  const isElastic =
    textAt(job, 'spec', 'completionMode') === 'Indexed' &&
    semanticEqual(valueAt(job, 'spec', 'completions') ?? null, valueAt(job, 'spec', 'parallelism') ?? null);
  return (isElastic ? ['failed'] : ['failed', 'succeeded']).flatMap((counter) => {
    const now = integerAt(job, 'status', counter);
    return now < integerAt(old, 'status', counter)
      ? [invalid(STATUS.child(counter), now, `cannot decrease the ${counter} counter`)]
      : [];
  });
}

function validateTimes(job: JsonValue, old: JsonValue, changed: JobStatusChanges): readonly FieldError[] {
  const [completion, before] = [pointerAt(job, 'status', 'completionTime'), pointerAt(old, 'status', 'completionTime')];
  const errors: FieldError[] = [];
  if (completion !== undefined && before !== undefined && completion !== before)
    errors.push(invalid(STATUS.child('completionTime'), completion, FIELD_IS_IMMUTABLE));
  const isStarted = pointerAt(old, 'status', 'startTime') !== undefined;
  if (changed.startTime && !changed.resumes && isStarted && valueAt(job, 'spec', 'suspend') !== true) {
    const shown = pointerAt(job, 'status', 'startTime') ?? null;
    errors.push(invalid(STATUS.child('startTime'), shown, 'field is immutable for unsuspended job once set'));
  }
  return errors;
}
