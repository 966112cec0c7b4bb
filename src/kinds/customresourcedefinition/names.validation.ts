import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import { validateDns1035Label } from '../../apimachinery/names.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { NONE, textAt, textsAt } from '../shared/validation/fields.ts';

/** A DNS label; all that is wrong with it in one error. */
export function validateLabelAt(path: ValidationPath, value: string): readonly FieldError[] {
  const problems = validateDns1035Label(value);
  return problems.length === 0 ? NONE : [invalid(path, value, problems.join(','))];
}

/** Source: `ValidateCustomResourceDefinitionNames`. */
export function validateNames(names: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const [kind, listKind] = [textAt(names, 'kind'), textAt(names, 'listKind')];
  return [
    ...optionalLabel(names, 'plural', path),
    ...optionalLabel(names, 'singular', path),
    ...kindName(kind, path.child('kind')),
    ...kindName(listKind, path.child('listKind')),
    ...labels(names, 'shortNames', path),
    ...(kind !== '' && kind === listKind
      ? [invalid(path.child('listKind'), listKind, 'kind and listKind may not be the same')]
      : NONE),
    ...labels(names, 'categories', path),
  ];
}

function optionalLabel(names: JsonValue | undefined, field: string, path: ValidationPath): readonly FieldError[] {
  const value = textAt(names, field);
  return value === '' ? NONE : validateLabelAt(path.child(field), value);
}

function kindName(kind: string, path: ValidationPath): readonly FieldError[] {
  const problems = kind === '' ? [] : validateDns1035Label(kind.toLowerCase());
  if (problems.length === 0) return NONE;
  return [invalid(path, kind, `may have mixed case, but should otherwise match: ${problems.join(',')}`)];
}

function labels(names: JsonValue | undefined, field: string, path: ValidationPath): readonly FieldError[] {
  return textsAt(names, field).flatMap((value, index) => validateLabelAt(path.child(field).index(index), value));
}
