import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { NONE, pointerAt, textAt, textsAt } from '../shared/validation/fields.ts';
import { FIELD_IS_IMMUTABLE } from '../shared/validation/immutable-field.ts';
import {
  isStandardQuotaResourceName,
  validateQuotaResourceName,
  validateResourceQuantityValue,
} from '../shared/validation/resource-names.ts';

const SPEC = ValidationPath.of('spec');
const SCOPES = SPEC.child('scopes');

/** Source: pkg/apis/core/validation/validation.go `ValidateResourceQuota`, `ValidateResourceQuotaUpdate`, 1.36. */
export function validateResourceQuota(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const hard = resourceListOf(valueAt(spec, 'hard'));
  const names = [...hard.keys()].sort(compareStrings);
  const hardErrors = [...hard].flatMap(([name, quantity]) => {
    const path = SPEC.child('hard').key(name);
    return [...validateQuotaResourceName(name, path), ...validateResourceQuantityValue(name, quantity, path)];
  });
  return [
    ...hardErrors,
    ...validateScopes(textsAt(spec, 'scopes'), names),
    ...validateScopeSelector(pointerAt(spec, 'scopeSelector'), textsAt(spec, 'scopes'), names),
    ...(old === undefined ? NONE : validateSameScopes(spec, textsAt(old, 'spec', 'scopes'))),
  ];
}

const POD_RESOURCES = ['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory', 'pods'];
/** The resources that a scope can count; other scopes count anything. Source: pkg/apis/core/helper/helpers.go, 1.36. */
const SCOPE_RESOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Terminating', POD_RESOURCES],
  ['NotTerminating', POD_RESOURCES],
  ['NotBestEffort', POD_RESOURCES],
  ['PriorityClass', POD_RESOURCES],
  ['CrossNamespacePodAffinity', POD_RESOURCES],
  ['BestEffort', ['pods']],
  ['VolumeAttributesClass', ['persistentvolumeclaims', 'requests.storage']],
]);
const SCOPES_THAT_EXIST = new Set([
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'CrossNamespacePodAffinity',
]);

function uncountable(scope: string, names: readonly string[]): readonly string[] {
  const countable = SCOPE_RESOURCES.get(scope);
  if (!countable) return [];
  return names.filter((name) => isStandardQuotaResourceName(name) && !countable.includes(name));
}

function hasConflict(scopes: readonly string[]): readonly string[] {
  const pairs = [
    ['BestEffort', 'NotBestEffort'],
    ['NotTerminating', 'Terminating'],
  ];
  return pairs.filter((pair) => pair.every((scope) => scopes.includes(scope))).map(() => 'conflicting scopes');
}

function validateScopes(scopes: readonly string[], names: readonly string[]): readonly FieldError[] {
  const details = [
    ...scopes.flatMap((scope) => [
      ...(SCOPE_RESOURCES.has(scope) ? [] : ['unsupported scope']),
      ...uncountable(scope, names).map(() => 'unsupported scope applied to resource'),
    ]),
    ...hasConflict(scopes),
  ];
  return details.map((detail) => invalid(SCOPES, scopes, detail));
}

/** An empty list is shown as it is, a missing one as null. */
function validateSameScopes(spec: JsonValue | undefined, old: readonly string[]): readonly FieldError[] {
  const scopes = textsAt(spec, 'scopes');
  const isSame = scopes.every((scope) => old.includes(scope)) && old.every((scope) => scopes.includes(scope));
  return isSame ? NONE : [invalid(SCOPES, valueAt(spec, 'scopes') ?? null, FIELD_IS_IMMUTABLE)];
}

/** Errors do not say which of the expressions they are about. */
function validateScopeSelector(
  selector: JsonValue | undefined,
  scopes: readonly string[],
  names: readonly string[],
): readonly FieldError[] {
  if (selector === undefined) return NONE;
  const path = SPEC.child('scopeSelector', 'matchExpressions');
  const expressions = arrayAt(selector, 'matchExpressions');
  const selected = expressions.map((expression) => textAt(expression, 'scopeName'));
  const shown = { MatchExpressions: expressions.map(shownExpression) };
  const conflicts = hasConflict(selected).map((detail) => invalid(path, scopes.length === 0 ? null : scopes, detail));
  return [
    ...expressions.flatMap((expression) => [
      ...validateExpression(expression, path),
      ...uncountable(textAt(expression, 'scopeName'), names).map(() =>
        invalid(path, shown, 'unsupported scope applied to resource'),
      ),
      ...validateOperator(expression, path),
    ]),
    ...conflicts,
  ];
}

function shownExpression(expression: JsonValue): JsonValue {
  const values = textsAt(expression, 'values');
  return {
    ScopeName: textAt(expression, 'scopeName'),
    Operator: textAt(expression, 'operator'),
    Values: values.length === 0 ? null : values,
  };
}

function validateExpression(expression: JsonValue, path: ValidationPath): readonly FieldError[] {
  const scope = textAt(expression, 'scopeName');
  return SCOPE_RESOURCES.has(scope) ? NONE : [invalid(path.child('scopeName'), scope, 'unsupported scope')];
}

const MUST_EXIST =
  "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

function validateOperator(expression: JsonValue, path: ValidationPath): readonly FieldError[] {
  const operator = textAt(expression, 'operator');
  const operatorPath = path.child('operator');
  const mustExist = SCOPES_THAT_EXIST.has(textAt(expression, 'scopeName')) && operator !== 'Exists';
  return [
    ...(mustExist ? [invalid(operatorPath, operator, MUST_EXIST)] : NONE),
    ...validateValues(operator, textsAt(expression, 'values'), path),
  ];
}

function validateValues(operator: string, values: readonly string[], path: ValidationPath): readonly FieldError[] {
  const valuesPath = path.child('values');
  const some = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
  const none = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length === 0 ? [required(valuesPath, some)] : NONE;
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0 ? NONE : [invalid(valuesPath, values, none)];
    default:
      return [invalid(path.child('operator'), operator, 'not a valid selector operator')];
  }
}
