import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { quantityOf } from '../../apimachinery/quantity.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import { NONE, integerAt, optionalIntegerAt, pointerAt, textAt, validateEnum } from '../shared/validation/fields.ts';
import { IS_NOT_POSITIVE, validateNonnegativeQuantity } from '../shared/validation/numbers.ts';

const MAX_PERIOD_SECONDS = 1800;
const MAX_STABILIZATION_WINDOW_SECONDS = 3600;
const SELECT_POLICIES = ['Disabled', 'Max', 'Min'];
const POLICY_TYPES = ['Percent', 'Pods'];

/** Source: pkg/apis/autoscaling/validation/validation.go `validateBehavior`, 1.36. */
export function validateBehavior(behavior: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return ['scaleUp', 'scaleDown'].flatMap((direction) => {
    const rules = pointerAt(behavior, direction);
    return rules === undefined ? NONE : validateRules(rules, path.child(direction));
  });
}

function validateRules(rules: JsonValue, path: ValidationPath): readonly FieldError[] {
  const selectPolicy = stringAt(rules, 'selectPolicy');
  const policies = arrayAt(rules, 'policies');
  const policiesPath = path.child('policies');
  const tolerance = quantityOf(valueAt(rules, 'tolerance'));
  return [
    ...validateWindow(optionalIntegerAt(rules, 'stabilizationWindowSeconds'), path.child('stabilizationWindowSeconds')),
    ...(selectPolicy === undefined ? NONE : validateEnum(selectPolicy, path.child('selectPolicy'), SELECT_POLICIES)),
    ...(policies.length === 0 ? [required(policiesPath, 'must specify at least one Policy')] : NONE),
    ...policies.flatMap((policy, index) => validatePolicy(policy, policiesPath.index(index))),
    ...(tolerance === undefined ? NONE : validateNonnegativeQuantity(tolerance, path.child('tolerance'))),
  ];
}

function validateWindow(seconds: number | bigint | undefined, path: ValidationPath): readonly FieldError[] {
  if (seconds === undefined) return NONE;
  if (seconds < 0) return [invalid(path, seconds, 'must be greater than or equal to zero')];
  if (seconds <= MAX_STABILIZATION_WINDOW_SECONDS) return NONE;
  return [invalid(path, seconds, `must be less than or equal to ${MAX_STABILIZATION_WINDOW_SECONDS}`)];
}

function validatePolicy(policy: JsonValue, path: ValidationPath): readonly FieldError[] {
  const type = textAt(policy, 'type');
  const value = integerAt(policy, 'value');
  const period = integerAt(policy, 'periodSeconds');
  const periodPath = path.child('periodSeconds');
  const errors: FieldError[] = [];
  if (!POLICY_TYPES.includes(type)) errors.push(notSupported(path.child('type'), type, POLICY_TYPES));
  if (value <= 0) errors.push(invalid(path.child('value'), value, IS_NOT_POSITIVE));
  if (period <= 0) errors.push(invalid(periodPath, period, IS_NOT_POSITIVE));
  if (period > MAX_PERIOD_SECONDS) {
    errors.push(invalid(periodPath, period, `must be less than or equal to ${MAX_PERIOD_SECONDS}`));
  }
  return errors;
}
