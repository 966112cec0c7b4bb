import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { stringAt, valueAt } from '../../base/json.ts';
import type { CompiledRule } from '../../cel/schema-rules.ts';
import { compileRules } from '../../cel/schema-rules.ts';
import { textAt } from '../shared/validation/fields.ts';
import { schemaField, schemaMap } from './json-schema.ts';

/**
 * What the expressions of `x-kubernetes-validations` are refused for, in a structural schema that has no other error.
 * What a rule may cost is not estimated.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go
 * `ValidateCustomResourceDefinitionOpenAPISchema`, 1.36.
 */
export function compiledRuleErrors(
  schema: JsonObject,
  path: ValidationPath,
  isRoot = true,
  uncorrelatable?: ValidationPath,
): readonly FieldError[] {
  const isResource = isRoot || valueAt(schema, 'x-kubernetes-embedded-resource') === true;
  const inList = valueAt(schema, 'x-kubernetes-list-type') === 'map' ? uncorrelatable : (uncorrelatable ?? path);
  return [
    ...schemaField(schema, 'additionalProperties', path).flatMap((child) =>
      compiledRuleErrors(child.schema, child.path, false, uncorrelatable),
    ),
    ...schemaMap(schema, 'properties', path).flatMap((child) =>
      compiledRuleErrors(child.schema, child.path, false, uncorrelatable),
    ),
    ...schemaField(schema, 'items', path).flatMap((child) =>
      compiledRuleErrors(child.schema, child.path, false, inList),
    ),
    ...compileRules(schema, isResource).flatMap((compiled, index) =>
      ruleErrors(compiled, path.child('x-kubernetes-validations').index(index), uncorrelatable),
    ),
  ];
}

function ruleErrors(
  { rule, error, messageError, usesOldSelf }: CompiledRule,
  path: ValidationPath,
  uncorrelatable: ValidationPath | undefined,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (error !== undefined) errors.push(invalid(path.child('rule'), shownRule(rule), error));
  if (messageError !== undefined) errors.push(invalid(path.child('messageExpression'), shownRule(rule), messageError));
  const optionalOldSelf = valueAt(rule, 'optionalOldSelf');
  if (usesOldSelf && uncorrelatable !== undefined) {
    const words = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelatable.toString()}`;
    errors.push(invalid(path.child('rule'), textAt(rule, 'rule'), words));
  } else if (!usesOldSelf && typeof optionalOldSelf === 'boolean')
    errors.push(
      invalid(path.child('optionalOldSelf'), optionalOldSelf, 'may not be set if oldSelf is not used in rule'),
    );
  return errors;
}

/** The rule as the server prints it: an internal type with Go's names. */
function shownRule(rule: JsonValue): JsonObject {
  return {
    Rule: textAt(rule, 'rule'),
    Message: textAt(rule, 'message'),
    MessageExpression: textAt(rule, 'messageExpression'),
    Reason: stringAt(rule, 'reason') ?? null,
    FieldPath: textAt(rule, 'fieldPath'),
    OptionalOldSelf: valueAt(rule, 'optionalOldSelf') ?? null,
  };
}
