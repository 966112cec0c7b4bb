import type { FieldError, FieldErrorReason } from '../apimachinery/field-error.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { byteLength } from '../apimachinery/utf8.ts';
import type { ValidationPath } from '../apimachinery/validation-path.ts';
import type { JsonValue } from '../base/json.ts';
import { stringAt } from '../base/json.ts';
import { MAX_MESSAGE_BYTES } from './cost/limits.ts';
import { CostExceeded } from './evaluation-error.ts';
import type { Outcome } from './value.ts';

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go, 1.36. */
const ruleText = (rule: JsonValue): string =>
  (stringAt(rule, 'message') ?? '') === '' ? (stringAt(rule, 'rule') ?? '').trim() : stringAt(rule, 'message')!.trim();

export const defaultMessage = (rule: JsonValue): string =>
  (stringAt(rule, 'message') ?? '') === '' ? `failed rule: ${ruleText(rule)}` : ruleText(rule);

/** Why a rule has no value. */
export function evaluationWords(problem: string, rule: JsonValue): string {
  const shown = ruleText(rule);
  if (problem.startsWith('no such overload'))
    return `'${problem}': call arguments did not match a supported operator, function or macro signature for rule: ${shown}`;
  if (problem.startsWith('operation cancelled'))
    return `'${problem}': no further validation rules will be run due to call cost exceeds limit for rule: ${shown}`;
  return `${problem} evaluating rule: ${shown}`;
}

/** A message that can be shown, none, or what keeps all further rules from being looked at. */
export type RuleMessage = { readonly text?: string } | { readonly failure: string };

export function messageOf(value: Outcome, isWithinBudget: boolean, expression: string): RuleMessage {
  if (!isWithinBudget)
    return {
      failure:
        'messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run',
    };
  if (value instanceof CostExceeded)
    return {
      failure: `no further validation rules will be run due to call cost exceeds limit for messageExpression: ${quoteString(expression)}`,
    };
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.includes('\n') || byteLength(text) > MAX_MESSAGE_BYTES ? {} : { text };
}

export function refusal(
  path: ValidationPath,
  badValue: JsonValue | undefined,
  detail: string,
  rule: JsonValue,
): FieldError {
  const reason = (stringAt(rule, 'reason') ?? 'FieldValueInvalid') as FieldErrorReason;
  return { reason, path, detail, ...(badValue === undefined ? {} : { badValue }) };
}
