import { expect, test } from 'vitest';
import { formatFieldError } from '../apimachinery/field-error.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { compileRules } from './schema-rules.ts';
import { validateRules } from './validate-rules.ts';

const withRule = (rule: JsonObject): JsonObject => ({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        replicas: { type: 'integer' },
        max: { type: 'integer' },
        tags: { type: 'array', items: { type: 'string' } },
        size: { 'x-kubernetes-int-or-string': true },
      },
      'x-kubernetes-validations': [rule],
    },
  },
});
const refusals = (rule: JsonObject, spec: JsonObject, old?: JsonObject) =>
  validateRules(withRule(rule), { spec }, old && { spec: old }).map(formatFieldError);

test.each([
  ['self.replicas <= self.max', { replicas: 3, max: 2 }, false],
  ['self.replicas <= self.max', { replicas: 2, max: 2 }, true],
  ['!has(self.max) || self.max > 0', { replicas: 2 }, true],
  ['self.tags.all(t, t.startsWith("a"))', { tags: ['ab', 'b'] }, false],
  ['self.tags.all(i, t, i < 2)', { tags: ['ab', 'b'] }, true],
  ['self.?max.orValue(5) == 5', {}, true],
  ['self.tags.map(t, size(t)).sum() == 3', { tags: ['ab', 'b'] }, true],
  ['quantity("1Gi").isGreaterThan(quantity("1G"))', {}, true],
  ['type(self.size) == string ? self.size == "5%" : self.size == 5', { size: '5%' }, true],
  ['cidr("10.0.0.0/8").containsIP("10.1.2.3")', {}, true],
  ['isSemver("1.2.3") && semver("1.2.3").isLessThan(semver("1.10.0"))', {}, true],
  ['"a-b".split("-").join("+") == "a+b" && "x".matches("^[a-z]$")', {}, true],
])('the rule %s on %j', (rule, spec, holds) => {
  expect(refusals({ rule }, spec)).toEqual(holds ? [] : [`spec: Invalid value: failed rule: ${rule}`]);
});

test('message, reason, fieldPath and messageExpression say what was refused', () => {
  const rule = {
    rule: 'self.replicas < 2',
    message: 'too many',
    reason: 'FieldValueForbidden',
    fieldPath: '.replicas',
  };
  expect(refusals(rule, { replicas: 2 })).toEqual(['spec.replicas: Forbidden: too many']);
  const told = { rule: 'self.replicas < 2', messageExpression: '"not " + string(self.replicas)' };
  expect(refusals(told, { replicas: 2 })).toEqual(['spec: Invalid value: not 2']);
});

test('a rule on oldSelf counts only on an update', () => {
  expect(refusals({ rule: 'self.replicas == oldSelf.replicas' }, { replicas: 2 })).toEqual([]);
  expect(refusals({ rule: 'self.replicas == oldSelf.replicas' }, { replicas: 2 }, { replicas: 1 })).toHaveLength(1);
});

test.each([
  ['self.replcas > 1', "1:5: undefined field 'replcas'"],
  ['x', "1:1: undeclared reference to 'x' (in container '')"],
  ['self.replicas > "a"', "1:15: found no matching overload for '_>_' applied to '(int, string)'"],
  ['self.tags.all(t, 1)', "1:18: expected type 'bool' but found 'int'"],
])('%s does not compile', (rule, words) => {
  const spec = withRule({ rule })['properties'] as { readonly spec: JsonObject };
  expect(compileRules(spec.spec, spec.spec, false)?.[0]?.error).toContain(
    `compilation failed: ERROR: <input>:${words}`,
  );
});

test('rules in allOf count for the value that the schema is of, and for its parts', () => {
  const schema = {
    type: 'object',
    properties: { size: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
    allOf: [
      { 'x-kubernetes-validations': [{ rule: 'self.size > 1' }] },
      { properties: { tags: { items: { 'x-kubernetes-validations': [{ rule: 'size(self) > 1' }] } } } },
    ],
  };
  const refused = validateRules(schema, { size: 1, tags: ['ab', 'c'] }, undefined, { isRoot: false });
  expect(refused.map(({ path, detail }) => `${path.toString()}: ${detail}`)).toEqual([
    '<nil>: failed rule: self.size > 1',
    'tags[1]: failed rule: size(self) > 1',
  ]);
});

test('one evaluation, and all together, cost no more than they may', () => {
  const list = { type: 'array', items: { type: 'integer' } };
  const nested = 'self.all(a, self.all(b, self.all(c, a + b + c >= 0)))';
  const numbers = Array.from({ length: 60 }, (_, at) => at);
  const cheap = 'self.all(a, self.all(b, self.all(c, a >= 0)))';
  const check = (rules: readonly string[], value: JsonValue, budget?: number): readonly string[] =>
    validateRules({ ...list, 'x-kubernetes-validations': rules.map((rule) => ({ rule })) }, value, undefined, {
      isRoot: false,
      ...(budget === undefined ? {} : { budget }),
    }).map(({ detail }) => detail);
  expect(check([nested, 'size(self) == 0'], numbers)).toEqual([
    `'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: ${nested}`,
  ]);
  expect(check([cheap, 'size(self) == 0'], numbers.slice(0, 10), 5_000)).toEqual([
    'validation failed due to running out of cost budget, no further validation rules will be run',
  ]);
});
