import { evaluate } from '../../cel/evaluate.ts';
import type { Activation } from '../../cel/evaluate.ts';
import { EvaluationError } from '../../cel/evaluation-error.ts';
import type { Outcome, Value } from '../../cel/value.ts';
import type { PolicyExpression, PolicyVariables } from './policy-expressions.ts';

/**
 * The value of `variables`: each variable is worked out when it is first spoken of, and its cost told apart.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/composition.go `variableAccessor` and pkg/cel/lazy, 1.36.2.
 */
export class VariableValues extends Map<Value, Value> {
  /** Units that variables have cost since this was last asked. */
  private spent = 0;
  private readonly expressions: PolicyVariables;
  private readonly activation: Activation;
  private readonly known = new Map<string, Outcome>();

  constructor(expressions: PolicyVariables, activation: Activation) {
    super();
    this.expressions = expressions;
    this.activation = activation;
  }

  takeCost(): number {
    const { spent } = this;
    this.spent = 0;
    return spent;
  }

  override has(key: Value): boolean {
    return typeof key === 'string' && this.expressions.has(key);
  }

  /** Throws `EvaluationError` where a variable has no value. */
  override get(key: Value): Value | undefined {
    const expression = typeof key === 'string' ? this.expressions.get(key) : undefined;
    if (expression === undefined || typeof key !== 'string') return undefined;
    let outcome = this.known.get(key);
    if (outcome === undefined) this.known.set(key, (outcome = this.workOut(key, expression)));
    if (outcome instanceof EvaluationError) throw outcome;
    return outcome;
  }

  private workOut(name: string, { program, error }: PolicyExpression): Outcome {
    if (program === undefined)
      return new EvaluationError(`composited variable "${name}" fails to compile: ${error ?? ''}`);
    const { value, cost } = evaluate(program, this.activation);
    this.spent += cost;
    if (!(value instanceof EvaluationError)) return value;
    return new EvaluationError(`composited variable "${name}" fails to evaluate: ${value.message}`);
  }
}
