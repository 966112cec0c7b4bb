import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { JsonValue } from '../../base/json.ts';
import { countIndexes, overlapOfIndexes } from '../shared/job-spec/indexes.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import { STATUS } from '../shared/validation/status-counts.ts';
import type { JobStatusChanges } from './job.status-changes.ts';

const COMPLETED = STATUS.child('completedIndexes');
const FAILED = STATUS.child('failedIndexes');

/** Which indexes of an Indexed Job are done or given up. */
export function validateIndexes(job: JsonValue, changed: JobStatusChanges): readonly FieldError[] {
  const completions = optionalIntegerAt(job, 'spec', 'completions');
  const perIndex = pointerAt(job, 'spec', 'backoffLimitPerIndex');
  const failed = pointerAt(job, 'status', 'failedIndexes');
  const failedText = textAt(job, 'status', 'failedIndexes');
  const completed = textAt(job, 'status', 'completedIndexes');
  const errors: FieldError[] = [];
  if (changed.completedIndexes && completions !== undefined)
    errors.push(...wrongFormat(completed, Number(completions), 'completedIndexes'));
  if (changed.failedIndexes && completions !== undefined && perIndex !== undefined && failed !== undefined)
    errors.push(...wrongFormat(failedText, Number(completions), 'failedIndexes'));
  const isIndexed = textAt(job, 'spec', 'completionMode') === 'Indexed';
  if (changed.completedIndexes && completed !== '' && !isIndexed)
    errors.push(
      invalid(COMPLETED, completed, 'cannot set non-empty completedIndexes when non-indexed completion mode'),
    );
  if (changed.failedIndexes && perIndex === undefined && failed !== undefined)
    errors.push(invalid(FAILED, failedText, 'cannot set non-null failedIndexes when backoffLimitPerIndex is null'));
  const mayOverlap = changed.failedIndexes || changed.completedIndexes;
  if (mayOverlap && completions !== undefined && failed !== undefined) {
    const index = overlapOfIndexes(completed, failedText, Number(completions));
    if (index !== undefined)
      errors.push(invalid(FAILED, failedText, `failedIndexes and completedIndexes overlap at index: ${index}`));
  }
  return errors;
}

function wrongFormat(indexes: string, completions: number, field: string): readonly FieldError[] {
  const read = countIndexes(indexes, completions);
  if (typeof read === 'number') return NONE;
  return [invalid(STATUS.child(field), indexes, `error parsing ${field}: ${read.error}`)];
}
