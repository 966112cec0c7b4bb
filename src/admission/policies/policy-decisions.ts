import { byteLength } from '../../apimachinery/utf8.ts';
import { MAX_MESSAGE_BYTES, RUNTIME_COST_BUDGET } from '../../cel/cost/limits.ts';
import type { Value } from '../../cel/value.ts';
import { typeNameOf } from '../../cel/value.ts';
import type { CompiledValidatingPolicy, CompiledValidation } from './compiled-policy.ts';
import { askMatchConditions } from './match-conditions.ts';
import type { Evaluated, PolicyInputs } from './policy-evaluation.ts';
import { OutOfBudget, PolicyEvaluation } from './policy-evaluation.ts';
import type { PolicyExpression } from './policy-expressions.ts';

/** What one validation of a policy says. */
export interface PolicyDecision {
  readonly action: 'admit' | 'deny';
  readonly evaluation: 'admit' | 'deny' | 'error';
  /** '' where it admits. */
  readonly message: string;
  /** '' where it could not be worked out. */
  readonly reason: string;
}

export interface PolicyAuditAnnotation {
  readonly key: string;
  readonly action: 'publish' | 'exclude' | 'error';
  readonly value: string;
  readonly error: string;
}

export interface PolicyAnswer {
  readonly decisions: readonly PolicyDecision[];
  readonly auditAnnotations: readonly PolicyAuditAnnotation[];
}

/** What may be looked at by match conditions, which know no namespace and name the resource as it was requested. */
export interface DecisionInputs {
  readonly conditions: PolicyInputs;
  readonly validations: PolicyInputs;
}

/**
 * Asks a policy about a request with one set of parameters.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/validator.go `Validate`, 1.36.2.
 */
export function decide(
  policy: CompiledValidatingPolicy,
  inputs: DecisionInputs,
  isIgnored: boolean,
  budget = RUNTIME_COST_BUDGET,
): PolicyAnswer {
  const { variables, matchConditions, auditAnnotations } = policy;
  const failed = (message: string): PolicyDecision => ({
    action: isIgnored ? 'admit' : 'deny',
    evaluation: 'error',
    message,
    reason: '',
  });
  if (matchConditions.length > 0) {
    const answer = askMatchConditions(matchConditions, variables, inputs.conditions, isIgnored);
    if ('error' in answer) return { decisions: [failed(answer.error)], auditAnnotations: [] };
    if (!answer.matches) return { decisions: [], auditAnnotations: [] };
  }
  try {
    const decisions = validate(policy, inputs.validations, budget, failed);
    // Audit annotations are compiled with the authorizer, which they cannot ask.
    const evaluation = new PolicyEvaluation({ ...inputs.validations, authorizer: undefined }, variables, budget);
    return {
      decisions,
      auditAnnotations: auditAnnotations.map(({ key, value }) => annotate(key, value, evaluation, isIgnored)),
    };
  } catch (error) {
    if (error instanceof OutOfBudget) return { decisions: [failed(error.message)], auditAnnotations: [] };
    throw error;
  }
}

function validate(
  { validations, variables }: CompiledValidatingPolicy,
  inputs: PolicyInputs,
  budget: number,
  failed: (message: string) => PolicyDecision,
): readonly PolicyDecision[] {
  const evaluation = new PolicyEvaluation(inputs, variables, budget);
  const results = validations.map(({ condition }) => evaluation.evaluate(condition));
  const messages = messagesOf(
    validations,
    new PolicyEvaluation({ ...inputs, authorizer: undefined }, variables, evaluation.budget),
  );
  return results.map((result, index): PolicyDecision => {
    if ('error' in result) return failed(result.error);
    if (typeof messages === 'string') return failed(`failed messageExpression: ${messages}`);
    if (result.value === true) return { action: 'admit', evaluation: 'admit', message: '', reason: '' };
    const validation = validations[index]!;
    const message = messageOf(validation, messages[index]);
    return { action: 'deny', evaluation: 'deny', message, reason: validation.reason };
  });
}

/** What the message expressions come to; words where they cost more than is left. */
function messagesOf(
  validations: readonly CompiledValidation[],
  evaluation: PolicyEvaluation,
): readonly (Evaluated | undefined)[] | string {
  try {
    return validations.map(({ messageExpression }) => messageExpression && evaluation.evaluate(messageExpression));
  } catch (error) {
    if (error instanceof OutOfBudget) return error.message;
    throw error;
  }
}

/** The message that was worked out, else the one that is written, else the expression. */
function messageOf({ message, condition }: CompiledValidation, worked: Evaluated | undefined): string {
  const text = worked !== undefined && 'value' in worked && typeof worked.value === 'string' ? worked.value.trim() : '';
  const isGood = text !== '' && byteLength(text) <= MAX_MESSAGE_BYTES && !text.includes('\n');
  return (isGood ? text : message.trim()) || `failed expression: ${condition.text.trim()}`;
}

function annotate(
  key: string,
  expression: PolicyExpression,
  evaluation: PolicyEvaluation,
  isIgnored: boolean,
): PolicyAuditAnnotation {
  const result = evaluation.evaluate(expression);
  if ('error' in result) return { key, action: isIgnored ? 'exclude' : 'error', value: '', error: result.error };
  const { value } = result;
  if (value === null) return { key, action: 'exclude', value: '', error: '' };
  if (typeof value !== 'string') return { key, action: 'error', value: '', error: notText(expression, value) };
  const text = value.trim();
  return { key, action: text === '' ? 'exclude' : 'publish', value: text, error: '' };
}

const notText = ({ text }: PolicyExpression, value: Value): string =>
  `valueExpression '${text}' resulted in unsupported return type: ${typeNameOf(value)}. ` +
  'Return type must be either string or null.';
