import { expect } from 'vitest';
import { formatQuantity } from '../apimachinery/quantity.ts';
import type { Quantity } from '../apimachinery/quantity.ts';
import type { JsonValue } from '../base/json.ts';
import { upstreamEach, upstreamSource } from '../base/testing/upstream-table.ts';
import { compile } from './compile.ts';
import { baseFunctions } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import table from './testdata/library.upstream.json' with { type: 'json' };
import type { Value } from './value.ts';
import { heldBy, isList, special, typeNameOf } from './value.ts';

interface Row {
  readonly name: string;
  readonly expression: string;
  /** The type, and the value as text or JSON. */
  readonly value?: Readonly<Record<string, JsonValue>>;
  /** Patterns of the errors of the checker. */
  readonly compileErrors?: readonly string[];
  /** A pattern, or for addresses the whole error. */
  readonly error?: string;
}

const environment = { variables: new Map(), functions: baseFunctions() };

/** As the table writes values: its type, and what it holds. */
function written(value: Value): unknown {
  const own = special(value);
  if (own?.type === 'optional_type') return { optional: heldBy(value)?.value ?? null };
  if (own?.type === 'kubernetes.Quantity') return { [own.type]: formatQuantity(own.value as Quantity) };
  if (own !== undefined) return { [own.type]: String(own.value) };
  return { [typeNameOf(value)]: typeof value === 'bigint' ? Number(value) : isList(value) ? [...value] : value };
}

function run(expression: string): { value?: unknown; compileError?: string; error?: string } {
  const compiled = compile(expression, environment);
  if (!compiled.ok) return { compileError: compiled.message };
  const { value } = evaluate(compiled.program, () => undefined);
  return value instanceof EvaluationError ? { error: value.message } : { value: written(value) };
}

for (const { source, test, cases } of table.tables as unknown as readonly {
  source: string;
  test: string;
  cases: readonly Row[];
}[])
  upstreamEach(upstreamSource('validation', source), test)(cases)(
    '$name: $expression',
    ({ expression, value, compileErrors = [], error }) => {
      const found = run(expression);
      for (const words of compileErrors) expect(found.compileError).toMatch(new RegExp(words));
      const isPattern = /quantity_test|semver_test/.test(source);
      if (error !== undefined) expect(found.error).toMatch(isPattern ? new RegExp(error) : error);
      if (error !== undefined && !isPattern) expect(found.error).toBe(error);
      if (value !== undefined) expect(found).toEqual({ value: expect.objectContaining(value) as unknown });
    },
  );
