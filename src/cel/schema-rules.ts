import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, isJsonObject, objectAt, stringAt, valueAt } from '../base/json.ts';
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

const compiled = new WeakMap<JsonObject, WeakMap<JsonObject, readonly CompiledRule[] | undefined>>();

/**
 * The rules that one schema has itself, without those of its parts; undefined where it has some and values of the schema
 * have no type. `rules` is what holds them: `schema`, or one of its `allOf`. Source:
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/compilation.go `Compile`, 1.36.
 */
export function compileRules(
  rules: JsonObject,
  schema: JsonObject,
  isRoot: boolean,
): readonly CompiledRule[] | undefined {
  const known = compiled.get(rules) ?? new WeakMap<JsonObject, readonly CompiledRule[] | undefined>();
  compiled.set(rules, known);
  if (!known.has(schema)) known.set(schema, compileAll(arrayAt(rules, 'x-kubernetes-validations'), schema, isRoot));
  return known.get(schema);
}

function compileAll(
  rules: readonly JsonValue[],
  schema: JsonObject,
  isRoot: boolean,
): readonly CompiledRule[] | undefined {
  if (rules.length === 0) return [];
  const self = schemaType(schema, 'selfType', isRoot);
  const sized = self && sizedSchema(schema, isRoot);
  if (self === undefined || sized === undefined) return undefined;
  return rules.map((rule) => compileRule(rule, self, (path) => sizeAt(sized, path)));
}

const ruled = new WeakMap<JsonObject, boolean>();

/** Whether there are rules in a schema or in any of its parts, also those of `allOf`. */
export function hasRules(schema: JsonObject): boolean {
  const before = ruled.get(schema);
  if (before !== undefined) return before;
  const parts = [
    objectAt(schema, 'items'),
    objectAt(schema, 'additionalProperties'),
    ...Object.values(objectAt(schema, 'properties') ?? {}),
    ...arrayAt(schema, 'allOf'),
  ];
  const found =
    arrayAt(schema, 'x-kubernetes-validations').length > 0 ||
    parts.some((part) => isJsonObject(part) && hasRules(part));
  ruled.set(schema, found);
  return found;
}

const typed = new WeakMap<JsonObject, boolean>();

/** Whether rules can speak of values of the schema. */
export function isTyped(schema: JsonObject): boolean {
  const before = typed.get(schema);
  if (before !== undefined) return before;
  const found = schemaType(schema, 'selfType') !== undefined;
  typed.set(schema, found);
  return found;
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
  const { instantiationError } = result.program;
  if (instantiationError !== undefined)
    return { ...nothing, error: `program instantiation failed: ${instantiationError}` };
  return {
    ...nothing,
    program: result.program,
    error: undefined,
    usesOldSelf: result.program.used.has('oldSelf'),
    cost: estimateCost(result.program, size).max,
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
  const { instantiationError } = result.program;
  if (result.program.type === STRING && instantiationError !== undefined)
    return { messageProgram: undefined, messageError: `messageExpression instantiation failed: ${instantiationError}` };
  return result.program.type === STRING
    ? { messageProgram: result.program, messageCost: estimateCost(result.program, size).max }
    : { messageProgram: undefined, messageError: 'messageExpression must evaluate to a string' };
}

/** How often a value of the schema fits into one request. Source: the same file, `maxCardinality`. */
export function mostValues(schema: JsonObject, isRoot: boolean): number {
  return Math.floor(MAX_REQUEST_BYTES / ((sizedSchema(schema, isRoot)?.leastBytes ?? 0) + 1));
}
