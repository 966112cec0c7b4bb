import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, stringMapAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, textsAt, validateEach } from '../../validation/fields.ts';
import { validateLabelName } from '../../validation/messages.ts';

const NEEDS_SELECTOR = 'must not be specified when labelSelector is not set';
const IN_SELECTOR = 'exists in both matchLabelKeys and labelSelector';

/**
 * Labels of the Pod itself that narrow a selector. On create the keys have been merged into the selector before, so a
 * key is wrong only when the selector has two conditions on it.
 * Source: pkg/apis/core/validation/validation.go `ValidateMatchLabelKeysAndMismatchLabelKeys`, 1.36.
 */
export function validateMatchLabelKeys(term: JsonValue, path: ValidationPath): readonly FieldError[] {
  const match = textsAt(term, 'matchLabelKeys');
  const mismatch = textsAt(term, 'mismatchLabelKeys');
  if (match.length === 0 && mismatch.length === 0) return NONE;
  const selector = pointerAt(term, 'labelSelector');
  return [
    ...validateKeys(match, selector, path.child('matchLabelKeys')),
    ...validateKeys(mismatch, selector, path.child('mismatchLabelKeys')),
    ...validateMerged(match, selector, path),
    ...match.flatMap((key, index) =>
      mismatch.includes(key)
        ? [
            invalid(
              path.child('matchLabelKeys').index(index),
              key,
              'exists in both matchLabelKeys and mismatchLabelKeys',
            ),
          ]
        : NONE,
    ),
  ];
}

function validateKeys(
  keys: readonly string[],
  selector: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  if (keys.length === 0) return NONE;
  if (selector === undefined) return [forbidden(path, NEEDS_SELECTOR)];
  return keys.flatMap((key, index) => validateLabelName(key, path.index(index)));
}

function validateMerged(
  keys: readonly string[],
  selector: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const seen = new Set(stringMapAt(selector, 'matchLabels').keys());
  return arrayAt(selector, 'matchExpressions').flatMap((expression) => {
    const key = textAt(expression, 'key');
    const index = keys.lastIndexOf(key);
    const twice = index >= 0 && seen.has(key);
    seen.add(key);
    return twice ? [invalid(path.index(index), key, IN_SELECTOR)] : NONE;
  });
}

/** As topology spread constraints had it up to 1.33; what was stored then stays good. */
export function validateLegacyMatchLabelKeys(constraint: JsonValue, path: ValidationPath): readonly FieldError[] {
  const keys = arrayAt(constraint, 'matchLabelKeys');
  if (keys.length === 0) return NONE;
  const selector = pointerAt(constraint, 'labelSelector');
  const selected = new Set([
    ...stringMapAt(selector, 'matchLabels').keys(),
    ...arrayAt(selector, 'matchExpressions').map((expression) => textAt(expression, 'key')),
  ]);
  return [
    ...(selector === undefined ? [forbidden(path, NEEDS_SELECTOR)] : NONE),
    ...validateEach(keys, path, (entry, keyPath) => {
      const key = typeof entry === 'string' ? entry : '';
      const errors = validateLabelName(key, keyPath);
      return selected.has(key) ? [...errors, invalid(keyPath, key, IN_SELECTOR)] : errors;
    }),
  ];
}
