import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../base/json.ts';
import type { Environment } from './check.ts';
import type { Program } from './compile.ts';
import { compile } from './compile.ts';
import { baseFunctions } from './declarations.ts';
import { schemaType } from './schema-type.ts';
import type { CelType } from './type.ts';
import { BOOL, STRING, optionalOf } from './type.ts';

/** One of `x-kubernetes-validations`, compiled. */
export interface CompiledRule {
  readonly rule: JsonValue;
  readonly program: Program | undefined;
  readonly messageProgram: Program | undefined;
  /** Why the rule cannot be used, in the server's words. */
  readonly error: string | undefined;
  readonly messageError: string | undefined;
  readonly usesOldSelf: boolean;
}

const compiled = new WeakMap<JsonObject, readonly CompiledRule[]>();

/**
 * The rules of one schema, without those of its parts. Source:
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/compilation.go `Compile`, 1.36. What a rule may cost
 * is not estimated.
 */
export function compileRules(schema: JsonObject, isRoot: boolean): readonly CompiledRule[] {
  const before = compiled.get(schema);
  if (before !== undefined) return before;
  const rules = arrayAt(schema, 'x-kubernetes-validations');
  const self = rules.length === 0 ? undefined : schemaType(schema, 'selfType', isRoot);
  const all = self === undefined ? [] : rules.map((rule) => compileRule(rule, self));
  compiled.set(schema, all);
  return all;
}

function compileRule(rule: JsonValue, self: CelType): CompiledRule {
  const old = valueAt(rule, 'optionalOldSelf') === true ? optionalOf(self) : self;
  const environment: Environment = {
    variables: new Map([
      ['self', self],
      ['oldSelf', old],
    ]),
    functions: baseFunctions(),
  };
  const nothing = { rule, program: undefined, messageProgram: undefined, messageError: undefined, usesOldSelf: false };
  const text = stringAt(rule, 'rule') ?? '';
  if (text.trim() === '') return { ...nothing, error: undefined };
  const result = compile(text, environment);
  if (!result.ok) return { ...nothing, error: `compilation failed: ${result.message}` };
  if (result.program.type !== BOOL) return { ...nothing, error: 'cel expression must evaluate to a bool' };
  return {
    ...nothing,
    program: result.program,
    error: undefined,
    usesOldSelf: result.program.used.has('oldSelf'),
    ...compileMessage(stringAt(rule, 'messageExpression') ?? '', environment),
  };
}

function compileMessage(text: string, environment: Environment): Pick<CompiledRule, 'messageProgram' | 'messageError'> {
  if (text === '') return { messageProgram: undefined, messageError: undefined };
  const result = compile(text, environment);
  if (!result.ok)
    return { messageProgram: undefined, messageError: `messageExpression compilation failed: ${result.message}` };
  return result.program.type === STRING
    ? { messageProgram: result.program, messageError: undefined }
    : { messageProgram: undefined, messageError: 'messageExpression must evaluate to a string' };
}
