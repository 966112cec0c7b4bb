import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../base/json.ts';
import type { Environment } from './check.ts';
import type { Program } from './compile.ts';
import { compile } from './compile.ts';
import type { SizeAt } from './cost/estimate.ts';
import { estimateCost } from './cost/estimate.ts';
import { MAX_REQUEST_BYTES, sizeAt, sizedSchema } from './cost/schema-size.ts';
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
  /** What the rule and its message cost at most for one value, in the server's units; 0 where they do not compile. */
  readonly cost: number;
  readonly messageCost: number;
}

const compiled = new WeakMap<JsonObject, readonly CompiledRule[]>();

/**
 * The rules of one schema, without those of its parts. Source:
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/compilation.go `Compile`, 1.36.
 */
export function compileRules(schema: JsonObject, isRoot: boolean): readonly CompiledRule[] {
  const before = compiled.get(schema);
  if (before !== undefined) return before;
  const rules = arrayAt(schema, 'x-kubernetes-validations');
  const self = rules.length === 0 ? undefined : schemaType(schema, 'selfType', isRoot);
  const sized = self && sizedSchema(schema, isRoot);
  const all =
    self === undefined || sized === undefined
      ? []
      : rules.map((rule) => compileRule(rule, self, (path) => sizeAt(sized, path)));
  compiled.set(schema, all);
  return all;
}

function compileRule(rule: JsonValue, self: CelType, size: SizeAt): CompiledRule {
  const old = valueAt(rule, 'optionalOldSelf') === true ? optionalOf(self) : self;
  const environment: Environment = {
    variables: new Map([
      ['self', self],
      ['oldSelf', old],
    ]),
    functions: baseFunctions(),
  };
  const nothing = {
    rule,
    program: undefined,
    messageProgram: undefined,
    messageError: undefined,
    usesOldSelf: false,
    cost: 0,
    messageCost: 0,
  };
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
    cost: estimateCost(result.program, size),
    ...compileMessage(stringAt(rule, 'messageExpression') ?? '', environment, size),
  };
}

function compileMessage(
  text: string,
  environment: Environment,
  size: SizeAt,
): Partial<Pick<CompiledRule, 'messageProgram' | 'messageError' | 'messageCost'>> {
  if (text === '') return {};
  const result = compile(text, environment);
  if (!result.ok)
    return { messageProgram: undefined, messageError: `messageExpression compilation failed: ${result.message}` };
  return result.program.type === STRING
    ? { messageProgram: result.program, messageCost: estimateCost(result.program, size) }
    : { messageProgram: undefined, messageError: 'messageExpression must evaluate to a string' };
}

/** How often a value of the schema fits into one request. Source: the same file, `maxCardinality`. */
export function mostValues(schema: JsonObject, isRoot: boolean): number {
  return Math.floor(MAX_REQUEST_BYTES / ((sizedSchema(schema, isRoot)?.leastBytes ?? 0) + 1));
}
