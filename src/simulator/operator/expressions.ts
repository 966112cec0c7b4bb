import type { Environment } from '../../cel/check.ts';
import { compile } from '../../cel/compile.ts';
import { baseFunctions } from '../../cel/declarations.ts';
import { evaluate } from '../../cel/evaluate.ts';
import { EvaluationError } from '../../cel/evaluation-error.ts';
import { jsonOf } from '../../cel/json-of-value.ts';
import { dynValue } from '../../cel/schema-type.ts';
import { DYN } from '../../cel/type.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';

/** What expressions speak of. */
export interface Variables {
  readonly object: JsonObject;
  readonly children: JsonObject;
}

const ENVIRONMENT: Environment = {
  variables: new Map([
    ['object', DYN],
    ['children', DYN],
  ]),
  functions: baseFunctions(),
  hasBindings: true,
};

/** An expression has no value: a field is not there, or a type is another one. In the words of CEL. */
export class NoValue extends Error {}

const compiled = new Map<string, ReturnType<typeof compile>>();

function programOf(text: string): ReturnType<typeof compile> {
  let result = compiled.get(text);
  if (result === undefined) compiled.set(text, (result = compile(text, ENVIRONMENT)));
  return result;
}

/** What is wrong with an expression; undefined where it compiles. */
export function expressionProblem(text: string): string | undefined {
  const result = programOf(text);
  return result.ok ? undefined : result.message;
}

/** Throws `NoValue`. */
export function valueOf(text: string, variables: Variables): JsonValue {
  const result = programOf(text);
  if (!result.ok) throw new NoValue(result.message);
  const { value } = evaluate(result.program, (name) =>
    name === 'object' ? dynValue(variables.object) : name === 'children' ? dynValue(variables.children) : undefined,
  );
  if (value instanceof EvaluationError) throw new NoValue(value.message);
  try {
    return jsonOf(value);
  } catch (thrown) {
    if (thrown instanceof EvaluationError) throw new NoValue(thrown.message);
    throw thrown;
  }
}

const WHOLE = /^\$\{((?:[^}]|\}(?!$))*)\}$/;
const PARTS = /\$\{([^}]*)\}/g;

/** The expressions in a text. */
export function expressionsIn(text: string): readonly string[] {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined && !whole.includes('${')) return [whole];
  return [...text.matchAll(PARTS)].map((match) => match[1] ?? '');
}

/** A text with its expressions worked out. */
function filledText(text: string, variables: Variables): JsonValue {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined && !whole.includes('${')) return valueOf(whole, variables);
  return text.replace(PARTS, (_, expression: string) => {
    const value = valueOf(expression, variables);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/** A template with all expressions worked out; throws `NoValue` where one has none. */
export function filled(template: JsonValue, variables: Variables): JsonValue {
  if (typeof template === 'string') return filledText(template, variables);
  if (Array.isArray(template)) return (template as readonly JsonValue[]).map((one) => filled(one, variables));
  if (!isJsonObject(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([key, one]) => [key, filled(one ?? null, variables)]));
}

/** The same, without fields of objects that have no value yet. */
export function filledWhereKnown(template: JsonValue, variables: Variables): JsonValue | undefined {
  if (isJsonObject(template)) {
    const fields = Object.entries(template).flatMap(([key, one]) => {
      const value = filledWhereKnown(one ?? null, variables);
      return value === undefined ? [] : [[key, value] as const];
    });
    return Object.fromEntries(fields);
  }
  try {
    return filled(template, variables);
  } catch (thrown) {
    if (thrown instanceof NoValue) return undefined;
    throw thrown;
  }
}
