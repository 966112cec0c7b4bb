import type { JsonValue } from '../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import type { Program } from '../../cel/compile.ts';
import { variableType } from '../../cel/condition.ts';
import type { CelType } from '../../cel/type.ts';
import type { ExpressionUse } from '../../kinds/shared/validation/policy-expressions.ts';
import { compilePolicyExpression } from '../../kinds/shared/validation/policy-expressions.ts';

/** An expression of a policy, compiled. */
export interface PolicyExpression {
  readonly text: string;
  /** Undefined where the expression does not compile. */
  readonly program: Program | undefined;
  /** Why it does not, in the server's words. */
  readonly error: string | undefined;
}

/** The variables of a policy, by name. */
export type PolicyVariables = ReadonlyMap<string, PolicyExpression>;

/**
 * Compiles the expressions of one policy. Each may speak of all variables, a variable of those before it.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/composition.go, 1.36.2.
 */
export class PolicyCompiler {
  readonly variables: PolicyVariables;
  private readonly hasParams: boolean;
  private readonly types = new Map<string, CelType>();

  constructor(spec: JsonValue | undefined) {
    this.hasParams = objectAt(spec, 'paramKind') !== undefined;
    const variables = new Map<string, PolicyExpression>();
    for (const variable of arrayAt(spec, 'variables')) {
      const name = stringAt(variable, 'name') ?? '';
      const compiled = this.compile('variable', stringAt(variable, 'expression') ?? '');
      this.types.set(name, variableType(compiled.program?.type));
      variables.set(name, compiled);
    }
    this.variables = variables;
  }

  compile(use: ExpressionUse, text: string): PolicyExpression {
    return { text, ...compilePolicyExpression(use, text, { hasParams: this.hasParams, variables: this.types }) };
  }

  /** The conditions under which the policy is asked at all. */
  matchConditions(spec: JsonValue | undefined): readonly PolicyExpression[] {
    return arrayAt(spec, 'matchConditions').map((condition) =>
      this.compile('matchCondition', stringAt(condition, 'expression') ?? ''),
    );
  }
}
