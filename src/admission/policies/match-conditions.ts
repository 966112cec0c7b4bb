import { MATCH_CONDITIONS_COST_BUDGET } from '../../cel/cost/limits.ts';
import { aggregateMessage } from '../answer.ts';
import type { PolicyInputs } from './policy-evaluation.ts';
import { OutOfBudget, PolicyEvaluation } from './policy-evaluation.ts';
import type { PolicyExpression, PolicyVariables } from './policy-expressions.ts';

/** Whether a policy is asked, or why nobody can tell. */
export type ConditionAnswer = { readonly matches: boolean } | { readonly error: string };

/**
 * Asks the match conditions: one that is false is enough not to ask the policy, whatever others come to. Of a policy that is
 * ignored where it fails, conditions that fail are conditions that are false.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions/matcher.go, 1.36.2.
 */
export function askMatchConditions(
  conditions: readonly PolicyExpression[],
  variables: PolicyVariables,
  inputs: PolicyInputs,
  isIgnored: boolean,
): ConditionAnswer {
  const failed = (error: string): ConditionAnswer => (isIgnored ? { matches: false } : { error });
  const evaluation = new PolicyEvaluation(inputs, variables, MATCH_CONDITIONS_COST_BUDGET);
  const errors: string[] = [];
  let isFalse = false;
  try {
    for (const condition of conditions) {
      const answer = evaluation.evaluate(condition);
      if ('error' in answer) errors.push(answer.error);
      else isFalse ||= answer.value === false;
    }
  } catch (error) {
    if (error instanceof OutOfBudget) return failed(error.message);
    throw error;
  }
  if (isFalse) return { matches: false };
  return errors.length > 0 ? failed(aggregateMessage(errors)) : { matches: true };
}
