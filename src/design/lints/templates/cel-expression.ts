import type { Environment } from '../../../cel/check.ts';
import { compile } from '../../../cel/compile.ts';
import { baseFunctions } from '../../../cel/declarations.ts';
import { evaluate } from '../../../cel/evaluate.ts';
import { EvaluationError } from '../../../cel/evaluation-error.ts';
import * as types from '../../../cel/type.ts';
import type { Value } from '../../../cel/value.ts';
import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import type { LintContext } from '../lint.ts';
import { NO_SPOTS, perRecord } from '../spots.ts';
import type { LintTemplate } from './template.ts';

const OBJECT = types.mapOf(types.STRING, types.ANY);

function environment(): Environment {
  return {
    variables: new Map([
      ['object', OBJECT],
      ['objects', types.listOf(OBJECT)],
    ]),
    functions: baseFunctions(),
  };
}

/** An expression over an object, and over all objects, that gives the words of a finding, or nothing. */
export const celExpression: LintTemplate = {
  key: 'cel-expression',
  kinds: ['Any'],
  parameters: { check: { type: 'string', isRequired: true } },
  refuses: ({ check = '' }) => (compile(String(check), environment()).ok ? undefined : 'check'),
  find({ check = '' }) {
    const compiled = compile(String(check), environment());
    if (!compiled.ok) return () => [];
    const { program } = compiled;
    const { used } = program;
    return perRecord(({ object }, context) => {
      const { value } = evaluate(program, (name) => {
        if (name === 'object') return valueOf(object);
        return name === 'objects' && used.has(name) ? allOf(context) : undefined;
      });
      const message = messageOf(value);
      return message === '' ? NO_SPOTS : [{ at: [], params: { words: message } }];
    });
  },
};

/** An expression that has no value tells why, but for a field that an object does not have: kube-linter fills in empty ones. */
function messageOf(value: Value | EvaluationError): string {
  if (value instanceof EvaluationError) return value.message.startsWith('no such key') ? '' : value.message;
  return typeof value === 'string' ? value : `expected string, got ${String(value)}`;
}

function allOf(context: LintContext): Value {
  return context.everything().map(({ object }) => valueOf(object));
}

const known = new WeakMap<object, Value>();

/** As JSON is read where no type is known: numbers are doubles. */
function valueOf(value: JsonValue): Value {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const made: Value = isJsonObject(value)
    ? new Map(Object.entries(value).map(([key, own]) => [key, valueOf(own ?? null)] as const))
    : value.map(valueOf);
  known.set(value, made);
  return made;
}
