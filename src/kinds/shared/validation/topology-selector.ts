import type { FieldError } from '../../../apimachinery/field-error.ts';
import { duplicate, required } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, valueAt } from '../../../base/json.ts';
import { NONE, textAt, textsAt, validateEach } from './fields.ts';
import { validateLabelName } from './messages.ts';

/**
 * Where volumes of a class may be. Source: pkg/apis/storage/validation/validation.go `validateAllowedTopologies` and
 * pkg/apis/core/validation/validation.go `ValidateTopologySelectorTerm`, 1.36.
 */
export function validateTopologyTerms(terms: readonly JsonValue[], path: ValidationPath): readonly FieldError[] {
  const forms = terms.map(formOf);
  return validateEach(terms, path, (term, termPath, index) => {
    const expressions = termPath.child('matchLabelExpressions');
    // Upstream compares also with as many empty terms as there are terms.
    const empties = terms.map(() => EMPTY);
    const repeats = [...empties, ...forms.slice(0, index)].filter((form) => form === forms[index]);
    return [...validateTerm(term, expressions), ...repeats.map(() => duplicate(expressions, ''))];
  });
}

const EMPTY = '[]';

/** Two terms with the same keys and values are one. */
function formOf(term: JsonValue): string {
  const entries = arrayAt(term, 'matchLabelExpressions').map(
    (expression) =>
      [textAt(expression, 'key'), [...new Set(textsAt(expression, 'values'))].sort(compareStrings)] as const,
  );
  return JSON.stringify([...new Map(entries)].sort(([a], [b]) => compareStrings(a, b)));
}

function validateTerm(term: JsonValue, path: ValidationPath): readonly FieldError[] {
  const keys = new Set<string>();
  return validateEach(valueAt(term, 'matchLabelExpressions'), path, (expression, at) => {
    const key = textAt(expression, 'key');
    const values = textsAt(expression, 'values');
    const isRepeated = keys.has(key);
    keys.add(key);
    return [
      ...(values.length === 0 ? [required(at.child('values'))] : NONE),
      ...values.flatMap((value, index) =>
        values.indexOf(value) < index ? [duplicate(at.child('values').index(index), value)] : NONE,
      ),
      ...validateLabelName(key, at.child('key')),
      ...(isRepeated ? [duplicate(at.child('key'), key)] : NONE),
    ];
  });
}
