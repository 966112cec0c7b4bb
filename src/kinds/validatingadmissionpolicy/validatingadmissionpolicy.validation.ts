import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, invalid, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import {
  validatePolicyConditions,
  validatePolicyHead,
  validateVariables,
} from '../shared/validation/admission-policy.ts';
import { NONE, pointerAt, textAt, validateEach, validateEnum } from '../shared/validation/fields.ts';
import { shownStruct } from '../shared/validation/go-structs.ts';
import { validateQualifiedName } from '../shared/validation/messages.ts';
import { PolicyExpressions } from '../shared/validation/policy-expressions.ts';

const SPEC = ValidationPath.of('spec');
const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const MAX_AUDIT_ANNOTATIONS = 20;
const MAX_VALUE_EXPRESSION_BYTES = 5 * 1024;
const NOTHING_TO_DO = 'validations or auditAnnotations must contain at least one item';

/**
 * Source: pkg/apis/admissionregistration/validation/validation.go `validateValidatingAdmissionPolicySpec`, 1.36.
 */
export function validateValidatingAdmissionPolicy(
  object: KubernetesObject,
  old?: KubernetesObject,
): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const expressions = new PolicyExpressions(spec, false);
  return [
    ...validatePolicyHead(spec, SPEC),
    ...validatePolicyConditions(spec, SPEC, old),
    ...validateVariables(spec, SPEC, expressions),
    ...validateRules(spec, nameOf(object), expressions),
  ];
}

function validateRules(
  spec: JsonValue | undefined,
  policyName: string,
  expressions: PolicyExpressions,
): readonly FieldError[] {
  const annotations = arrayAt(spec, 'auditAnnotations');
  const annotationsPath = SPEC.child('auditAnnotations');
  if (arrayAt(spec, 'validations').length === 0 && annotations.length === 0)
    return [required(SPEC.child('validations'), NOTHING_TO_DO), required(annotationsPath, NOTHING_TO_DO)];
  const keys = annotations.map((annotation) => textAt(annotation, 'key'));
  return [
    ...validateEach(valueAt(spec, 'validations'), SPEC.child('validations'), (validation, path) =>
      validateValidation(validation, path, expressions),
    ),
    ...(annotations.length > MAX_AUDIT_ANNOTATIONS
      ? [
          invalid(
            annotationsPath,
            annotations.map(shownAnnotation),
            `must not have more than ${MAX_AUDIT_ANNOTATIONS} auditAnnotations`,
          ),
        ]
      : NONE),
    ...validateEach(annotations, annotationsPath, (annotation, path, index) => {
      const key = keys[index] ?? '';
      return [
        ...validateAuditAnnotation(annotation, path, policyName, expressions),
        ...(keys.indexOf(key) < index ? [duplicate(path.child('key'), key)] : NONE),
      ];
    }),
  ];
}

const isBlank = (text: string) => text !== '' && text.trim() === '';

function validateValidation(
  validation: JsonValue,
  path: ValidationPath,
  expressions: PolicyExpressions,
): readonly FieldError[] {
  const expression = textAt(validation, 'expression');
  const [message, messageExpression] = [textAt(validation, 'message'), textAt(validation, 'messageExpression')];
  const empty = (name: string, text: string) => [invalid(path.child(name), text, 'must be non-empty if specified')];
  const reason = pointerAt(validation, 'reason');
  return [
    ...(expression.trim() === ''
      ? [required(path.child('expression'), 'expression is not specified')]
      : expressions.errors('validation', expression, path.child('expression'))),
    ...(isBlank(messageExpression) ? empty('messageExpression', messageExpression) : NONE),
    ...(messageExpression.trim() === ''
      ? NONE
      : expressions.errors('message', messageExpression, path.child('messageExpression'))),
    ...(isBlank(message) ? empty('message', message) : NONE),
    ...(/[\n\r]/.test(message.trim())
      ? [invalid(path.child('message'), message, 'must not contain line breaks')]
      : NONE),
    ...(reason === undefined ? NONE : validateEnum(textAt(validation, 'reason'), path.child('reason'), REASONS)),
  ];
}

/** The internal form of an annotation. */
function shownAnnotation(annotation: JsonValue): JsonValue {
  return shownStruct(annotation, 'Key:key ValueExpression:valueExpression');
}

function validateAuditAnnotation(
  annotation: JsonValue,
  path: ValidationPath,
  policyName: string,
  expressions: PolicyExpressions,
): readonly FieldError[] {
  const key = textAt(annotation, 'key');
  const expression = textAt(annotation, 'valueExpression').trim();
  const expressionPath = path.child('valueExpression');
  const isLong = byteLength(expression) > MAX_VALUE_EXPRESSION_BYTES;
  return [
    ...(policyName === ''
      ? [invalid(path.child('key'), key, 'requires metadata.name be non-empty')]
      : validateQualifiedName(`${policyName}/${key}`, path.child('key'))),
    ...(expression === '' ? [required(expressionPath, 'valueExpression is not specified')] : NONE),
    ...(isLong ? [required(expressionPath, `must not exceed ${MAX_VALUE_EXPRESSION_BYTES} bytes in length`)] : NONE),
    ...(expression === '' || isLong
      ? NONE
      : expressions.errors('auditAnnotation', expression, expressionPath, textAt(annotation, 'valueExpression'))),
  ];
}
