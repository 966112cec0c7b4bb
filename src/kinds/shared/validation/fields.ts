import type { FieldError } from '../../../apimachinery/field-error.ts';
import { notSupported, required } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue, PathStep } from '../../../base/json.ts';
import { arrayAt, asArray, valueAt } from '../../../base/json.ts';

/** No errors; shared, so that what is good costs no list. */
export const NONE: readonly FieldError[] = Object.freeze([]);

/** A string field as Go decodes it: '' where there is none. */
export function textAt(value: JsonValue | undefined, ...path: readonly PathStep[]): string {
  const text = valueAt(value, ...path);
  return typeof text === 'string' ? text : '';
}

/** A list of strings. */
export function textsAt(value: JsonValue | undefined, ...path: readonly PathStep[]): readonly string[] {
  return arrayAt(value, ...path).map((entry) => (typeof entry === 'string' ? entry : ''));
}

/** An integer field as Go decodes it: 0 where there is none. */
export function integerAt(value: JsonValue | undefined, ...path: readonly PathStep[]): number | bigint {
  const number = valueAt(value, ...path);
  return typeof number === 'number' || typeof number === 'bigint' ? number : 0;
}

/** An integer field behind a pointer, which may be missing. */
export function optionalIntegerAt(
  value: JsonValue | undefined,
  ...path: readonly PathStep[]
): number | bigint | undefined {
  const number = valueAt(value, ...path);
  return typeof number === 'number' || typeof number === 'bigint' ? number : undefined;
}

export function isTrueAt(value: JsonValue | undefined, ...path: readonly PathStep[]): boolean {
  return valueAt(value, ...path) === true;
}

/** A field behind a pointer; undefined where there is none or null. */
export function pointerAt(value: JsonValue | undefined, ...path: readonly PathStep[]): JsonValue | undefined {
  return valueAt(value, ...path) ?? undefined;
}

export function requireText(
  value: JsonValue | undefined,
  field: string,
  path: ValidationPath,
  detail = '',
): readonly FieldError[] {
  return textAt(value, field) === '' ? [required(path.child(field), detail)] : NONE;
}

/** A string that must be one of a few; `supported` is printed in the order given. */
export function validateEnum(value: string, path: ValidationPath, supported: readonly string[]): readonly FieldError[] {
  return supported.includes(value) ? NONE : [notSupported(path, value, supported)];
}

/** The same, where nothing written is another error. */
export function validateRequiredEnum(
  value: string,
  path: ValidationPath,
  supported: readonly string[],
): readonly FieldError[] {
  return value === '' ? [required(path)] : validateEnum(value, path, supported);
}

/** The errors of every entry of a list, each at its index. */
export function validateEach(
  list: JsonValue | undefined,
  path: ValidationPath,
  validate: (entry: JsonValue, path: ValidationPath, index: number) => readonly FieldError[],
): readonly FieldError[] {
  const entries = asArray(list);
  if (entries.length === 0) return NONE;
  const errors: FieldError[] = [];
  for (const [index, entry] of entries.entries()) errors.push(...validate(entry, path.index(index), index));
  return errors.length === 0 ? NONE : errors;
}
