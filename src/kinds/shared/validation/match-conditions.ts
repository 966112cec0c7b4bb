import type { FieldError } from '../../../apimachinery/field-error.ts';
import { duplicate, required, tooMany } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt } from '../../../base/json.ts';
import { NONE, textAt, validateEach } from './fields.ts';
import { validateQualifiedName } from './messages.ts';
import { PolicyExpressions } from './policy-expressions.ts';

const MAX_CONDITIONS = 64;

/**
 * The `matchConditions` of a webhook or policy.
 * Source: pkg/apis/admissionregistration/validation/validation.go `validateMatchConditions`, 1.36.
 */
export function validateMatchConditions(owner: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const conditions = arrayAt(owner, 'matchConditions');
  if (conditions.length === 0) return NONE;
  const expressions = new PolicyExpressions(owner, false);
  const names = conditions.map((condition) => textAt(condition, 'name'));
  return [
    ...(conditions.length > MAX_CONDITIONS ? [tooMany(path, conditions.length, MAX_CONDITIONS)] : NONE),
    ...validateEach(conditions, path, (condition, at, index) => {
      const name = names[index] ?? '';
      const expression = textAt(condition, 'expression').trim();
      return [
        ...(expression === ''
          ? [required(at.child('expression'))]
          : expressions.errors('matchCondition', expression, at.child('expression'))),
        ...(name === '' ? [required(at.child('name'))] : validateQualifiedName(name, at.child('name'))),
        ...(name !== '' && names.indexOf(name) < index ? [duplicate(at.child('name'), name)] : NONE),
      ];
    }),
  ];
}
