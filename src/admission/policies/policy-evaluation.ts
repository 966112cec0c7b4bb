import type { JsonObject } from '../../base/json.ts';
import type { Activation } from '../../cel/evaluate.ts';
import { evaluate } from '../../cel/evaluate.ts';
import { EvaluationError } from '../../cel/evaluation-error.ts';
import type { CelAuthorizer } from '../../cel/library/authorizer.ts';
import { authorizerValue } from '../../cel/library/authorizer.ts';
import { dynValue } from '../../cel/schema-type.ts';
import type { Value } from '../../cel/value.ts';
import type { PolicyExpression, PolicyVariables } from './policy-expressions.ts';
import { VariableValues } from './policy-variables.ts';

/** What expressions of a policy may look at. */
export interface PolicyInputs {
  readonly object: JsonObject | undefined;
  readonly oldObject: JsonObject | undefined;
  readonly request: JsonObject;
  readonly params: JsonObject | null;
  /** Undefined for requests outside namespaces. */
  readonly namespace: JsonObject | undefined;
  /** Undefined where expressions may not ask. */
  readonly authorizer: PolicyAuthorizer | undefined;
}

export interface PolicyAuthorizer {
  readonly user: CelAuthorizer;
  /** The variable `authorizer.requestResource`. */
  readonly requestResource: Value;
}

/** What comes of one expression. */
export type Evaluated = { readonly value: Value } | { readonly error: string };

/** Nothing more of the policy is worked out. */
export class OutOfBudget extends Error {
  constructor() {
    super('validation failed due to running out of cost budget, no further validation rules will be run');
  }
}

/**
 * One run of the expressions of a policy, which share their variables and what they may cost.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/activation.go, 1.36.2.
 */
export class PolicyEvaluation {
  /** Units that are left. */
  budget: number;
  private readonly activation: Activation;
  private readonly variables: VariableValues;

  constructor(inputs: PolicyInputs, variables: PolicyVariables, budget: number) {
    this.budget = budget;
    this.activation = (name) => (name === 'variables' ? this.variables : valueNamed(name, inputs));
    this.variables = new VariableValues(variables, this.activation);
  }

  /** Throws `OutOfBudget`. */
  evaluate({ program, text, error }: PolicyExpression): Evaluated {
    if (program === undefined) return { error: `compilation error: ${error ?? ''}` };
    const { value, cost } = evaluate(program, this.activation);
    this.spend(this.variables.takeCost());
    this.spend(cost);
    if (!(value instanceof EvaluationError)) return { value };
    return { error: `expression '${text}' resulted in error: ${value.message}` };
  }

  private spend(units: number): void {
    if (units > this.budget) throw new OutOfBudget();
    this.budget -= units;
  }
}

function valueNamed(name: string, inputs: PolicyInputs): Value | undefined {
  switch (name) {
    case 'object':
      return valueOf(inputs.object);
    case 'oldObject':
      return valueOf(inputs.oldObject);
    case 'params':
      return valueOf(inputs.params ?? undefined);
    case 'request':
      return valueOf(inputs.request);
    case 'namespaceObject':
      return valueOf(inputs.namespace);
    case 'authorizer':
      return inputs.authorizer && authorizerValue(inputs.authorizer.user);
    case 'authorizer.requestResource':
      return inputs.authorizer?.requestResource;
    default:
      return undefined;
  }
}

/** Objects never change, and several expressions look at the same. */
const values = new WeakMap<JsonObject, Value>();

function valueOf(object: JsonObject | undefined): Value {
  if (object === undefined) return null;
  const known = values.get(object);
  if (known !== undefined) return known;
  const made = dynValue(object);
  values.set(object, made);
  return made;
}
