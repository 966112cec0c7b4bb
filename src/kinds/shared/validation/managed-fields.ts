import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, tooLong } from '../../../apimachinery/field-error.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { asArray, stringAt } from '../../../base/json.ts';

const FIELD_MANAGER_MAX_BYTES = 128;
const SUBRESOURCE_MAX_BYTES = 256;

/**
 * `metadata.managedFields`, which a manifest taken from a cluster brings along.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go, 1.36.
 */
export function validateManagedFields(entries: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return asArray(entries).flatMap((entry, index) => validateEntry(entry, path.index(index)));
}

function validateEntry(entry: JsonValue, path: ValidationPath): readonly FieldError[] {
  const errors: FieldError[] = [];
  const operation = stringAt(entry, 'operation') ?? '';
  if (operation !== 'Apply' && operation !== 'Update') {
    errors.push(invalid(path.child('operation'), operation, 'must be `Apply` or `Update`'));
  }
  const fieldsType = stringAt(entry, 'fieldsType') ?? '';
  if (fieldsType !== '' && fieldsType !== 'FieldsV1') {
    errors.push(invalid(path.child('fieldsType'), fieldsType, 'must be `FieldsV1`'));
  }
  errors.push(...validateFieldManager(stringAt(entry, 'manager') ?? '', path.child('manager')));
  if (byteLength(stringAt(entry, 'subresource') ?? '') > SUBRESOURCE_MAX_BYTES) {
    errors.push(tooLong(path.child('subresource'), SUBRESOURCE_MAX_BYTES));
  }
  return errors;
}

/** Printable signs of one byte: nearly every name. */
const PLAIN = /^[ -~]*$/;

/** The name that a writer gives itself: printable, not too long. */
export function validateFieldManager(manager: string, path: ValidationPath): readonly FieldError[] {
  if (manager.length <= FIELD_MANAGER_MAX_BYTES && PLAIN.test(manager)) return [];
  const errors: FieldError[] = [];
  if (byteLength(manager) > FIELD_MANAGER_MAX_BYTES) errors.push(tooLong(path, FIELD_MANAGER_MAX_BYTES));
  let position = 0;
  for (const character of manager) {
    if (character !== ' ' && !/^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character)) {
      errors.push(invalid(path, manager, `invalid character ${codePoint(character)} (at position ${position})`));
    }
    position += byteLength(character);
  }
  return errors;
}

/** An unprintable character as Go's `%#U` shows it. */
function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
