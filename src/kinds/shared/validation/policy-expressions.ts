import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt } from '../../../base/json.ts';
import { JSON_PATCH, admissionEnvironment } from '../../../cel/admission-environment.ts';
import type { CompiledCondition } from '../../../cel/condition.ts';
import { compileCondition, variableType } from '../../../cel/condition.ts';
import type { CelType } from '../../../cel/type.ts';
import { BOOL, NULL, STRING, listOf, struct } from '../../../cel/type.ts';
import { NONE, pointerAt, textAt } from './fields.ts';

/** What an expression of a policy is for: it says what it must evaluate to and whether it may ask the authorizer. */
export type ExpressionUse =
  | 'matchCondition'
  | 'validation'
  | 'message'
  | 'auditAnnotation'
  | 'variable'
  | 'jsonPatch'
  | 'applyConfiguration';

const RESULTS: Readonly<Record<ExpressionUse, readonly CelType[]>> = {
  matchCondition: [BOOL],
  validation: [BOOL],
  message: [STRING],
  auditAnnotation: [STRING, NULL],
  variable: [],
  jsonPatch: [listOf(JSON_PATCH)],
  applyConfiguration: [struct('Object')],
};

/**
 * The expressions of one policy: variables may be spoken of after they are declared.
 * Source: pkg/apis/admissionregistration/validation/validation.go, 1.36, with composition.go of apiserver's
 * pkg/admission/plugin/cel.
 */
export class PolicyExpressions {
  private readonly hasParams: boolean;
  private readonly variables: Map<string, CelType> | undefined;

  /** A validating policy knows `variables` only if it has some. */
  constructor(spec: JsonValue | undefined, alwaysHasVariables: boolean) {
    this.hasParams = pointerAt(spec, 'paramKind') !== undefined;
    this.variables = alwaysHasVariables || arrayAt(spec, 'variables').length > 0 ? new Map() : undefined;
  }

  /** Errors of an expression. `shown` is the value in the error where the server shows another than it compiled. */
  errors(use: ExpressionUse, text: string, path: ValidationPath, shown = text): readonly FieldError[] {
    const { error } = this.compile(use, text);
    return error === undefined ? NONE : [invalid(path, shown, error)];
  }

  /** Errors of the expression of a variable, which is known from here on. */
  declare(variable: JsonValue, path: ValidationPath): readonly FieldError[] {
    const text = textAt(variable, 'expression');
    const { program, error } = this.compile('variable', text);
    this.variables?.set(textAt(variable, 'name'), variableType(program?.type));
    return error === undefined ? NONE : [invalid(path, text, error)];
  }

  private compile(use: ExpressionUse, text: string): CompiledCondition {
    const { hasParams } = this;
    const variables = use === 'matchCondition' ? undefined : this.variables;
    return compilePolicyExpression(use, text, { hasParams, variables });
  }
}

/** Compiles one expression. Variables that it may speak of are given by name, with the type that each has. */
export function compilePolicyExpression(
  use: ExpressionUse,
  text: string,
  known: { readonly hasParams: boolean; readonly variables: ReadonlyMap<string, CelType> | undefined },
): CompiledCondition {
  const environment = admissionEnvironment({
    ...known,
    hasAuthorizer: use !== 'message',
    hasPatchTypes: use === 'jsonPatch' || use === 'applyConfiguration',
  });
  return compileCondition(text, environment, RESULTS[use]);
}
