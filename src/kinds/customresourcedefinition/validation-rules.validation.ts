import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { stringAt, valueAt } from '../../base/json.ts';
import { textAt, validateEach } from '../shared/validation/fields.ts';
import { fieldAt } from './schema-field-path.ts';
import { conversionProblem } from './structural-schema.validation.ts';

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];
const LINE_BREAK = /[\n\r]/;

/** The rules of `x-kubernetes-validations`, but for what their expressions say. */
export function validateRules(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  return validateEach(
    valueAt(schema, 'x-kubernetes-validations'),
    path.child('x-kubernetes-validations'),
    (rule, at) => [
      ...ruleErrors(rule, at),
      ...fieldPathErrors(schema, textAt(rule, 'fieldPath'), at.child('fieldPath')),
    ],
  );
}

function ruleErrors(rule: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [expression, message] = [textAt(rule, 'rule').trim(), textAt(rule, 'message')];
  const messageExpression = textAt(rule, 'messageExpression');
  const reason = stringAt(rule, 'reason');
  const at = path.child('message');
  const errors: FieldError[] = [];
  if (expression === '') errors.push(required(path.child('rule'), 'rule is not specified'));
  else if (message !== '' && message.trim() === '') errors.push(invalid(at, message, 'must be non-empty if specified'));
  else if (LINE_BREAK.test(message.trim())) errors.push(invalid(at, message, 'must not contain line breaks'));
  else if (LINE_BREAK.test(expression) && message.trim() === '')
    errors.push(required(at, 'message must be specified if rule contains line breaks'));
  if (messageExpression !== '' && messageExpression.trim() === '')
    errors.push(required(path.child('messageExpression'), 'messageExpression must be non-empty if specified'));
  if (reason !== undefined && !REASONS.includes(reason))
    errors.push(notSupported(path.child('reason'), reason, REASONS));
  return errors;
}

function fieldPathErrors(schema: JsonObject, text: string, path: ValidationPath): readonly FieldError[] {
  if (text === '') return [];
  const errors: FieldError[] = [];
  if (text.trim() === '') errors.push(invalid(path, text, 'must be non-empty if specified'));
  if (LINE_BREAK.test(text)) errors.push(invalid(path, text, 'must not contain line breaks'));
  if (conversionProblem(schema) === undefined && !fieldAt(schema, text, true).ok)
    errors.push(invalid(path, text, 'must be a valid path'));
  return errors;
}
