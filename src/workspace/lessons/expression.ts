import { compile } from '../../cel/compile.ts';
import { baseFunctions } from '../../cel/declarations.ts';
import { evaluate } from '../../cel/evaluate.ts';
import { EvaluationError } from '../../cel/evaluation-error.ts';
import { jsonOf } from '../../cel/json-of-value.ts';
import { dynValue } from '../../cel/schema-type.ts';
import * as types from '../../cel/type.ts';
import type { Value } from '../../cel/value.ts';
import type { JsonValue } from '../../base/json.ts';

/** What the expressions of a lesson may speak of; each is made when it is first asked for. */
export type LessonVariables = Readonly<Record<string, () => JsonValue>>;

/** The value of an expression of CEL. Throws, in the words of CEL, where it has none. */
export function valueOfExpression(text: string, variables: LessonVariables): JsonValue {
  const environment = {
    variables: new Map(Object.keys(variables).map((name) => [name, types.DYN])),
    functions: baseFunctions(),
    hasBindings: true,
  };
  const compiled = compile(text, environment);
  if (!compiled.ok) throw new Error(compiled.message);
  const made = new Map<string, Value>();
  const { value } = evaluate(
    compiled.program,
    (name) => {
      const make = variables[name];
      if (make === undefined) return undefined;
      let known = made.get(name);
      if (known === undefined) made.set(name, (known = dynValue(make())));
      return known;
    },
    // Nobody waits for a lesson's expression but who learns.
    { limit: Number.POSITIVE_INFINITY },
  );
  if (value instanceof EvaluationError) throw new Error(value.message);
  return jsonOf(value);
}
