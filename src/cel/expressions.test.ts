import { expect, test } from 'vitest';
import { admissionEnvironment } from './admission-environment.ts';
import { compileCondition } from './condition.ts';
import { deviceSelectorError, isDeviceSelectorTooComplex } from './device-environment.ts';
import { evaluate } from './evaluate.ts';
import data from './testdata/expressions.json';
import { BOOL } from './type.ts';

const environment = admissionEnvironment({ hasParams: false, hasAuthorizer: true });

test.each(data.cases)('$expression is taken or refused as the API server does', ({ expression, error }) => {
  expect(compileCondition(expression, environment, [BOOL]).error ?? null).toBe(error);
});

test.each([
  ['[{"a": 2}, {"a": 1}].sortBy(e, e.a)[0].a == 1', true],
  ['[1, 2].first().value() == 1 && [1, 2].last().value() == 2 && ![].first().hasValue()', true],
  ['"%s-%d".format(["a", 1]) == "a-1"', true],
])('%s is %s', (expression, value) => {
  const { program } = compileCondition(expression, environment, [BOOL]);
  expect(program && evaluate(program, () => undefined).value).toBe(value);
});

test.each([
  ['device.attributes["dra.example.com"].model == "a"', undefined, false],
  ['cel.bind(a, device.attributes["dra.example.com"], a.one && a.two)', undefined, false],
  ['device.driver', 'must evaluate to bool or the unknown type, not string', false],
  [
    'device.attributes["a"].map(k, k).map(a, device.attributes["a"].map(k, k).map(b, device.attributes["a"].map(k, k).map(c, c.matches(a + b)))).size() > 1',
    undefined,
    true,
  ],
])('the device selector %s', (expression, error, isTooComplex) => {
  expect(deviceSelectorError(expression)).toBe(error);
  expect(isDeviceSelectorTooComplex(expression)).toBe(isTooComplex);
});
