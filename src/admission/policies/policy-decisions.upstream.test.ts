import { describe, expect, test } from 'vitest';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import type { JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import type { ExpressionUse } from '../../kinds/shared/validation/policy-expressions.ts';
import type { CompiledValidatingPolicy } from './compiled-policy.ts';
import { askMatchConditions } from './match-conditions.ts';
import { decide } from './policy-decisions.ts';
import type { PolicyInputs } from './policy-evaluation.ts';
import { PolicyCompiler } from './policy-expressions.ts';
import type { PolicyExpression } from './policy-expressions.ts';
import table from './testdata/decisions.upstream.json' with { type: 'json' };

/** What upstream's fake evaluator answers to one expression; here the expression comes to it. */
interface Evaluation {
  readonly value?: JsonValue;
  readonly error?: JsonValue;
  readonly expression?: string;
  readonly message?: string;
  readonly reason?: string;
}

const NOTHING: PolicyInputs = {
  object: undefined,
  oldObject: undefined,
  params: null,
  namespace: undefined,
  request: {},
  authorizer: undefined,
};
const compiler = new PolicyCompiler({});

function comingTo(use: ExpressionUse, { value = null, error, expression = '' }: Evaluation): PolicyExpression {
  if (error !== undefined) return { text: expression, program: undefined, error: String(error) };
  const text = isJsonObject(value) ? String(value['repeat']).repeat(Number(value['times'])) : value;
  const compiled = compiler.compile(use, JSON.stringify(text));
  return expression === '' ? compiled : { ...compiled, text: expression };
}

interface DecisionRow {
  readonly name: string;
  readonly failurePolicy?: 'Fail' | 'Ignore';
  readonly matcher?: { readonly matches: boolean; readonly error?: string };
  readonly evaluations?: readonly Evaluation[];
  readonly messages?: readonly Evaluation[];
  readonly audits?: readonly Evaluation[];
  readonly decisions?: readonly { readonly action: string; readonly message?: string; readonly reason?: string }[];
  readonly annotations?: readonly { readonly action: string; readonly value?: string }[];
}

function policyOf({ evaluations = [], messages = [], audits = [], matcher }: DecisionRow): CompiledValidatingPolicy {
  const conditions =
    matcher === undefined ? [] : [{ value: matcher.matches, ...(matcher.error && { error: matcher.error }) }];
  return {
    variables: new Map(),
    matchConditions: conditions.map((condition) => comingTo('matchCondition', condition)),
    validations: evaluations.map((evaluation, index) => {
      const message = messages[index];
      return {
        condition: comingTo('validation', evaluation),
        messageExpression: message && Object.keys(message).length > 0 ? comingTo('message', message) : undefined,
        message: evaluation.message ?? '',
        reason: evaluation.reason ?? 'Invalid',
      };
    }),
    auditAnnotations: audits.map((audit, index) => ({ key: `key${index}`, value: comingTo('auditAnnotation', audit) })),
  };
}

describe('decisions', () => {
  const FAKE = 'an evaluator that fails by itself, or costs what the test says';
  const leftOut: Readonly<Record<string, string>> = {
    'test filter error': FAKE,
    'test filter error multiple evaluations': FAKE,
    'messageExpression out of budget after successful eval of expression': FAKE,
  };
  const source = upstreamSource('admission', table.sources.decisions);
  upstreamLeftOut(source, { ...leftOut, TestContextCanceled: 'an evaluation that is cancelled from outside' });
  const rows = (table.decisions as unknown as readonly DecisionRow[]).filter(
    ({ name }) => !Object.hasOwn(leftOut, name),
  );
  upstreamEach(source, 'TestValidate')(rows)('$name', (row) => {
    const inputs = { conditions: NOTHING, validations: NOTHING };
    const answer = decide(policyOf(row), inputs, row.failurePolicy === 'Ignore');
    expect(answer.decisions).toEqual(
      (row.decisions ?? []).map(({ action, message = '', reason = '' }) =>
        expect.objectContaining({ action, reason, message: expect.stringContaining(message) }),
      ),
    );
    expect(answer.auditAnnotations.map(({ action, value }) => ({ action, value }))).toEqual(
      (row.annotations ?? []).map(({ action, value = '' }) => ({ action, value })),
    );
  });
});

test('a message that costs more than the validations left is a failure of its own', () => {
  const condition = compiler.compile('validation', 'object != null');
  const messageExpression = compiler.compile('message', 'string(object == null)');
  const validation = { condition, messageExpression, message: 'no', reason: 'Invalid' };
  const policy = { ...policyOf({ name: '' }), validations: [validation] };
  const inputs = { conditions: NOTHING, validations: NOTHING };
  const words = (budget: number) => decide(policy, inputs, false, budget).decisions.map(({ message }) => message);
  expect(words(100)).toEqual(['true']);
  expect(words(3)).toEqual([
    'failed messageExpression: validation failed due to running out of cost budget, no further validation rules will be run',
  ]);
  expect(words(1)).toEqual([
    'validation failed due to running out of cost budget, no further validation rules will be run',
  ]);
});

interface ConditionRow {
  readonly name: string;
  readonly evaluations: readonly Evaluation[];
  readonly matches: boolean;
  readonly failurePolicy?: 'Fail' | 'Ignore';
  readonly error?: string;
}

describe('match conditions', () => {
  const leftOut = {
    'test error, no fail policy': 'an evaluator that fails by itself',
    'test error, fail policy fail': 'an evaluator that fails by itself',
    'test error, fail policy ignore': 'an evaluator that fails by itself',
  };
  const source = upstreamSource('admission', table.sources.conditions);
  upstreamLeftOut(source, leftOut);
  const rows = (table.conditions as unknown as readonly ConditionRow[]).filter(
    ({ name }) => !Object.hasOwn(leftOut, name),
  );
  upstreamEach(source, 'TestMatch')(rows)('$name', ({ evaluations, matches, failurePolicy, error }) => {
    const conditions = evaluations.map((evaluation) => comingTo('matchCondition', evaluation));
    const answer = askMatchConditions(conditions, new Map(), NOTHING, failurePolicy === 'Ignore');
    expect(answer).toEqual(error === undefined ? { matches } : { error: expect.stringContaining(error) });
  });
});
