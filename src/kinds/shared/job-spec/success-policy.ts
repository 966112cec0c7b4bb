import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required, tooLong, tooMany } from '../../../apimachinery/field-error.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asArray, stringAt, valueAt } from '../../../base/json.ts';
import { NONE, integerAt, optionalIntegerAt } from '../validation/fields.ts';
import { validateNonnegative } from '../validation/numbers.ts';
import { shownPointer } from '../validation/shown-values.ts';
import { countIndexes } from './indexes.ts';

const MAX_RULES = 20;
const MAX_INDEXES_BYTES = 64 * 1024;

/** Source: pkg/apis/batch/validation/validation.go `validateSuccessPolicy`, 1.36. */
export function validateSuccessPolicy(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const rules = arrayAt(spec, 'successPolicy', 'rules');
  const rulesPath = path.child('rules');
  return [
    ...(rules.length === 0
      ? [required(rulesPath, 'at least one rules must be specified when the successPolicy is specified')]
      : NONE),
    ...(rules.length > MAX_RULES ? [tooMany(rulesPath, rules.length, MAX_RULES)] : NONE),
    ...rules.flatMap((rule, index) => validateRule(spec, rule, rulesPath.index(index))),
  ];
}

function validateRule(spec: JsonValue | undefined, rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  // Upstream takes completions for granted here: it has refused an Indexed Job without them.
  const completions = Number(integerAt(spec, 'completions'));
  const indexes = stringAt(rule, 'succeededIndexes');
  const count = optionalIntegerAt(rule, 'succeededCount');
  const errors: FieldError[] = [];
  if (indexes === undefined && count === undefined) {
    errors.push(required(path, 'at least one of succeededCount or succeededIndexes must be specified'));
  }
  let total = 0;
  if (indexes !== undefined) {
    const indexesPath = path.child('succeededIndexes');
    if (byteLength(indexes) > MAX_INDEXES_BYTES) errors.push(tooLong(indexesPath, MAX_INDEXES_BYTES));
    const counted = countIndexes(indexes, completions);
    if (typeof counted === 'number') total = counted;
    else errors.push(invalid(indexesPath, indexes, `error parsing succeededIndexes: ${counted.error}`));
  }
  if (count === undefined) return errors;
  const countPath = path.child('succeededCount');
  errors.push(...validateNonnegative(count, countPath));
  const atMost = (limit: number, what: string) =>
    invalid(countPath, count, `must be less than or equal to ${limit} (the number of ${what})`);
  if (count > completions) errors.push(atMost(completions, 'specified completions'));
  if (indexes !== undefined && count > total) {
    errors.push(atMost(total, 'indexes in the specified succeededIndexes field'));
  }
  return errors;
}

/** As the server prints the policy: the Go names of its internal version. */
export function shownSuccessPolicy(policy: JsonValue | undefined): JsonValue {
  if (policy === undefined || policy === null) return null;
  const rules = valueAt(policy, 'rules');
  if (rules === undefined || rules === null) return { Rules: null };
  return {
    Rules: asArray(rules).map((rule) => ({
      SucceededIndexes: shownPointer(rule, 'succeededIndexes'),
      SucceededCount: shownPointer(rule, 'succeededCount'),
    })),
  };
}
