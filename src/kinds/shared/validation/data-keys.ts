import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden } from '../../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { validateConfigMapKey } from '../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../base/json.ts';
import { stringMapAt, valueAt } from '../../../base/json.ts';
import { NONE, isTrueAt } from './fields.ts';
import { invalidFor } from './messages.ts';

/** A ConfigMap or a Secret holds a mebibyte. Source: pkg/apis/core/types.go `MaxSecretSize`, 1.36. */
export const MAX_DATA_BYTES = 1024 * 1024;

export function validateDataKeys(object: KubernetesObject, field: string): readonly FieldError[] {
  const path = ValidationPath.of(field);
  return [...stringMapAt(object, field).keys()].flatMap((key) =>
    invalidFor(path.key(key), key, validateConfigMapKey(key)),
  );
}

/** How many bytes a base64 text stands for. Line breaks, which Go skips, do not count. */
export function decodedLength(base64: string): number {
  const digits = base64.replace(/[\r\n=]/g, '').length;
  return Math.floor((digits * 3) / 4);
}

/** What an object that says it is immutable keeps. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validateImmutableData(
  object: KubernetesObject,
  old: KubernetesObject | undefined,
  fields: readonly string[],
): readonly FieldError[] {
  if (old === undefined || !isTrueAt(old, 'immutable')) return NONE;
  const changed = fields.filter((field) => !sameMap(valueAt(object, field), valueAt(old, field)));
  const names = [...(isTrueAt(object, 'immutable') ? [] : ['immutable']), ...changed];
  return names.map((name) => forbidden(ValidationPath.of(name), 'field is immutable when `immutable` is set'));
}

/** Unlike elsewhere an empty map is not a missing one. */
function sameMap(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if ((a ?? undefined) === undefined || (b ?? undefined) === undefined) return (a ?? undefined) === (b ?? undefined);
  const [first, second] = [stringMapAt(a), stringMapAt(b)];
  return first.size === second.size && [...first].every(([key, value]) => second.get(key) === value);
}
