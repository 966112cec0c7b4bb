import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';
import { NONE, optionalIntegerAt } from '../validation/fields.ts';

const INDEXED_MAX_PARALLELISM = 100_000;
const INDEXED_MAX_FAILED_INDEXES = 100_000;
/** Above so many completions with a backoff per index, the numbers below hold. */
const HIGH_COMPLETIONS = 100_000;
const HIGH_COMPLETIONS_MAX_PARALLELISM = 10_000;
const HIGH_COMPLETIONS_MAX_FAILED_INDEXES = 10_000;

/** What the completion mode asks of the counts. Source: pkg/apis/batch/validation/validation.go, 1.36. */
export function validateCompletionMode(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const mode = stringAt(spec, 'completionMode');
  if (mode === undefined || mode === 'NonIndexed') return validateNotIndexed(spec, path);
  if (mode === 'Indexed') return validateIndexed(spec, path);
  return [notSupported(path.child('completionMode'), mode, ['NonIndexed', 'Indexed'])];
}

function validateNotIndexed(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return ['backoffLimitPerIndex', 'maxFailedIndexes'].flatMap((field) => {
    const count = optionalIntegerAt(spec, field);
    return count === undefined ? NONE : [invalid(path.child(field), count, 'requires indexed completion mode')];
  });
}

function validateIndexed(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const completions = optionalIntegerAt(spec, 'completions');
  const parallelism = optionalIntegerAt(spec, 'parallelism');
  const maxFailed = optionalIntegerAt(spec, 'maxFailedIndexes');
  const failedPath = path.child('maxFailedIndexes');
  const errors: FieldError[] = [];
  if (completions === undefined) errors.push(required(path.child('completions'), 'when completion mode is Indexed'));
  if (parallelism !== undefined && parallelism > INDEXED_MAX_PARALLELISM) {
    const detail = `must be less than or equal to ${INDEXED_MAX_PARALLELISM} when completion mode is Indexed`;
    errors.push(invalid(path.child('parallelism'), parallelism, detail));
  }
  if (completions !== undefined && maxFailed !== undefined && maxFailed > completions) {
    errors.push(invalid(failedPath, maxFailed, 'must be less than or equal to completions'));
  }
  if (maxFailed !== undefined && maxFailed > INDEXED_MAX_FAILED_INDEXES) {
    errors.push(invalid(failedPath, maxFailed, `must be less than or equal to ${INDEXED_MAX_FAILED_INDEXES}`));
  }
  const high = completions !== undefined && completions > HIGH_COMPLETIONS;
  const perIndex = optionalIntegerAt(spec, 'backoffLimitPerIndex') !== undefined;
  return high && perIndex ? [...errors, ...validateHighCompletions(parallelism, maxFailed, path)] : errors;
}

function atMost(limit: number): string {
  return `must be less than or equal to ${limit} when completions are above ${HIGH_COMPLETIONS} and used with backoff limit per index`;
}

function validateHighCompletions(
  parallelism: number | bigint | undefined,
  maxFailed: number | bigint | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const failedPath = path.child('maxFailedIndexes');
  const errors: FieldError[] = [];
  if (maxFailed === undefined) {
    errors.push(required(failedPath, `must be specified when completions is above ${HIGH_COMPLETIONS}`));
  }
  if (parallelism !== undefined && parallelism > HIGH_COMPLETIONS_MAX_PARALLELISM) {
    errors.push(invalid(path.child('parallelism'), parallelism, atMost(HIGH_COMPLETIONS_MAX_PARALLELISM)));
  }
  if (maxFailed !== undefined && maxFailed > HIGH_COMPLETIONS_MAX_FAILED_INDEXES) {
    errors.push(invalid(failedPath, maxFailed, atMost(HIGH_COMPLETIONS_MAX_FAILED_INDEXES)));
  }
  return errors;
}
