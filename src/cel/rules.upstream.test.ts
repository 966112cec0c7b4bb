import { expect } from 'vitest';
import { ValidationPath } from '../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../base/testing/upstream-table.ts';
import table from './testdata/rules.upstream.json' with { type: 'json' };
import { LEFT_OUT_RULES } from './testdata/rules.left-out.ts';
import { validateRules } from './validate-rules.ts';

interface Rule {
  readonly rule: string;
  /** Units that it cost at run time. */
  readonly cost: number;
  /** Path, reason and detail. */
  readonly errors?: readonly (readonly string[])[];
}

interface Row {
  readonly test: string;
  readonly name: string;
  readonly schema: JsonObject;
  readonly root?: boolean;
  readonly object: JsonValue;
  readonly old?: JsonValue;
  readonly rules: readonly Rule[];
}

/** Go goes through maps in random order, and one order costs more than the other. */
const COST_AT_RANDOM: readonly string[] = ['map access: self.val.exists(k, v, v == 2)'];

const source = upstreamSource('validation', table.source);
const rows = (table.cases as unknown as readonly Row[]).flatMap((row) =>
  row.rules.map((one) => [`${row.name}: ${one.rule}`, row, one] as const),
);

upstreamLeftOut(source, LEFT_OUT_RULES);
upstreamEach(source, 'TestValidationExpressions')(rows.filter(([title]) => !Object.hasOwn(LEFT_OUT_RULES, title)))(
  '%s',
  (title, { schema, root, object, old }, { rule, cost, errors = [] }) => {
    const ruled = { ...schema, 'x-kubernetes-validations': [{ rule }] };
    const isWeighed = cost > 1 && !COST_AT_RANDOM.includes(title);
    const budget = isWeighed ? { budget: cost } : {};
    const options = { path: ValidationPath.of('root'), isRoot: root === true };
    const told = validateRules(ruled, object, old, { ...options, ...budget }).map(({ path, reason, detail }) => [
      path.toString(),
      reason,
      detail,
    ]);
    // The server makes up a name for the type of what is judged.
    const wanted = errors.map((words) => words.map((text) => text.replaceAll(/selfType\d+/g, 'selfType')));
    expect(told).toEqual(wanted);
    if (!isWeighed) return;
    const [short] = validateRules(ruled, object, old, { ...options, budget: cost - 1 });
    expect(short?.detail).toContain('running out of cost budget');
  },
);
