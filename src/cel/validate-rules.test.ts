import { expect, test } from 'vitest';
import { formatFieldError } from '../apimachinery/field-error.ts';
import type { JsonObject } from '../base/json.ts';
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
  expect(compileRules(spec.spec, false)[0]?.error).toContain(`compilation failed: ERROR: <input>:${words}`);
});
