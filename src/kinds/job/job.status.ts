import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, invalid, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { NONE, integerAt, pointerAt, textAt, textsAt } from '../shared/validation/fields.ts';
import { STATUS, validateCounts } from '../shared/validation/status-counts.ts';
import { shownUncounted } from './job.status-shown.ts';
import { validateIndexes } from './job.status-indexes.ts';
import { validateTransitions } from './job.status-transitions.ts';
import { conditionError, isConditionTrue, isFinished, jobStatusChanges } from './job.status-changes.ts';
import type { JobStatusChanges } from './job.status-changes.ts';

/**
 * What a write of a Job's status is refused for. Most rules are asked only where what they are about changed, so that a
 * status that was wrong before does not stand in the way of another write.
 * Source: pkg/apis/batch/validation/validation.go `ValidateJobStatusUpdate` and pkg/registry/batch/job/strategy.go
 * `getStatusValidationOptions`, 1.36.
 */
export function validateJobStatus(job: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const changes = jobStatusChanges(job, old);
  return [
    ...validateCounts(valueAt(job, 'status'), ['active', 'succeeded', 'failed', 'ready', 'terminating']),
    ...validateUncounted(job),
    ...validateEnds(job, changes),
    ...validateFinished(job, changes),
    ...validateIndexes(job, changes),
    ...validatePods(job, changes),
    ...validateSuccess(job),
    ...validateTransitions(job, old, changes),
  ];
}

function validateUncounted(job: JsonValue): readonly FieldError[] {
  const path = STATUS.child('uncountedTerminatedPods');
  const seen = new Set<string>();
  return ['succeeded', 'failed'].flatMap((list) =>
    textsAt(job, 'status', 'uncountedTerminatedPods', list).flatMap((uid, index) => {
      const at = path.child(list).index(index);
      if (uid === '') return [invalid(at, uid, 'must not be empty')];
      if (seen.has(uid)) return [duplicate(at, uid)];
      seen.add(uid);
      return NONE;
    }),
  );
}

/** How a Job ends, and when. */
function validateEnds(job: JsonValue, changed: JobStatusChanges): readonly FieldError[] {
  const is = (type: string): boolean => isConditionTrue(job, type);
  const [isComplete, isFailed] = [is('Complete'), is('Failed')];
  const [start, completion] = [textAt(job, 'status', 'startTime'), textAt(job, 'status', 'completionTime')];
  const at = STATUS.child('completionTime');
  const errors: FieldError[] = [];
  if ((changed.complete || changed.failed) && isComplete && isFailed)
    errors.push(conditionError('cannot set Complete=True and Failed=true conditions'));
  if ((changed.complete || changed.failureTarget) && isComplete && is('FailureTarget'))
    errors.push(conditionError('cannot set Complete=True and FailureTarget=true conditions'));
  if ((changed.complete || changed.completionTime) && completion !== '' && !isComplete)
    errors.push(invalid(at, completion, 'cannot set completionTime when there is no Complete=True condition'));
  if ((changed.complete || changed.completionTime) && completion === '' && isComplete)
    errors.push(required(at, 'completionTime is required for Complete jobs'));
  const isBefore = start !== '' && completion !== '' && completion < start;
  if ((changed.startTime || changed.completionTime) && isBefore)
    errors.push(invalid(at, completion, 'must be equal to or after `startTime`'));
  if ((changed.failed || changed.failedIndexes) && isFailed && !is('FailureTarget'))
    errors.push(conditionError('cannot set Failed=True condition without the FailureTarget=true condition'));
  if ((changed.complete || changed.successCriteriaMet) && isComplete && !is('SuccessCriteriaMet'))
    errors.push(conditionError('cannot set Complete=True condition without the SuccessCriteriaMet=true condition'));
  return errors;
}

/** What a Job that is over no longer has. */
function validateFinished(job: JsonValue, changed: JobStatusChanges): readonly FieldError[] {
  if (!isFinished(job)) return NONE;
  const active = integerAt(job, 'status', 'active');
  const uncounted = pointerAt(job, 'status', 'uncountedTerminatedPods');
  const hasUncounted = ['failed', 'succeeded'].some((list) => arrayAt(uncounted, list).length > 0);
  const isSuspendedWithNone = valueAt(job, 'spec', 'suspend') === true && valueAt(job, 'spec', 'completions') === 0;
  const errors: FieldError[] = [];
  if ((changed.finished || changed.active) && active > 0)
    errors.push(invalid(STATUS.child('active'), active, 'active>0 is invalid for finished job'));
  const hasNoStart = pointerAt(job, 'status', 'startTime') === undefined;
  if ((changed.finished || changed.startTime) && !isSuspendedWithNone && hasNoStart)
    errors.push(required(STATUS.child('startTime'), 'startTime is required for finished job'));
  if ((changed.finished || changed.uncounted) && hasUncounted)
    errors.push(
      invalid(STATUS.child('uncountedTerminatedPods'), shownUncounted(uncounted), 'must be empty for finished job'),
    );
  return errors;
}

function validatePods(job: JsonValue, changed: JobStatusChanges): readonly FieldError[] {
  const [terminating, ready] = [integerAt(job, 'status', 'terminating'), integerAt(job, 'status', 'ready')];
  const errors: FieldError[] = [];
  if ((changed.finished || changed.terminating) && terminating > 0 && isFinished(job))
    errors.push(invalid(STATUS.child('terminating'), terminating, 'terminating>0 is invalid for finished job'));
  if ((changed.ready || changed.active) && ready > integerAt(job, 'status', 'active'))
    errors.push(invalid(STATUS.child('ready'), ready, 'cannot set more ready pods than active'));
  return errors;
}

/** What goes with the criteria of success, at any time. */
function validateSuccess(job: JsonValue): readonly FieldError[] {
  const is = (type: string): boolean => isConditionTrue(job, type);
  const isMet = is('SuccessCriteriaMet');
  const errors: FieldError[] = [];
  if (isMet && is('Failed'))
    errors.push(conditionError('cannot set SuccessCriteriaMet=True and Failed=true conditions'));
  if (isMet && is('FailureTarget'))
    errors.push(conditionError('cannot set SuccessCriteriaMet=True and FailureTarget=true conditions'));
  if (pointerAt(job, 'spec', 'successPolicy') !== undefined && !isMet && is('Complete'))
    errors.push(conditionError('cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True'));
  return errors;
}
