import type { FieldError } from '../../../apimachinery/field-error.ts';
import { duplicate, tooMany } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { asArray } from '../../../base/json.ts';
import { validateEach } from './fields.ts';

export type ValidateItem = (item: JsonValue, path: ValidationPath) => readonly FieldError[];

/**
 * A list of at most so many items: of a longer one, none is looked at.
 * Source: pkg/apis/resource/validation/validation.go `validateSlice`, 1.36.
 */
export function validateLimitedList(
  list: JsonValue | undefined,
  path: ValidationPath,
  max: number,
  validate: ValidateItem,
): readonly FieldError[] {
  const { length } = asArray(list);
  return length > max ? [tooMany(path, length, max)] : validateEach(list, path, validate);
}

/** The same, where no two items may have the same key. Source: the same file, `validateSet`. */
export function validateLimitedSet(
  list: JsonValue | undefined,
  path: ValidationPath,
  max: number,
  validate: ValidateItem,
  keyOf: (item: JsonValue) => string,
): readonly FieldError[] {
  const keys = asArray(list).map(keyOf);
  const errors = validateLimitedList(list, path, max, validate);
  if (keys.length > max) return errors;
  const repeated = keys.flatMap((key, index) => (keys.indexOf(key) < index ? [duplicate(path.index(index), key)] : []));
  return [...errors, ...repeated];
}
