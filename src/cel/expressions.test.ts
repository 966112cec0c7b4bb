import { expect, test } from 'vitest';
import { admissionEnvironment } from './admission-environment.ts';
import { compileCondition } from './condition.ts';
import { deviceSelectorError, isDeviceSelectorTooComplex } from './device-environment.ts';
import { evaluate } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import data from './testdata/expressions.json';
import { BOOL } from './type.ts';

const environment = admissionEnvironment({ hasParams: false, hasAuthorizer: true });

test.each(data.cases)('$expression is taken or refused as the API server does', ({ expression, error }) => {
  expect(compileCondition(expression, environment, [BOOL]).error ?? null).toBe(error);
});

test.each([
  ['[{"a": 2}, {"a": 1}].sortBy(e, e.a)[0].a == 1', true],
  ['[1, 2].first().value() == 1 && [1, 2].last().value() == 2 && ![].first().hasValue()', true],
  ['timestamp("2026-01-31T20:30:00Z").getHours("Asia/Shanghai") == 4', true],
  ['timestamp("2026-01-31T20:30:00Z").getMonth("Asia/Shanghai") == 1', true],
  ['timestamp("2026-07-01T03:15:00Z").getDate("America/New_York") == 30', true],
  ['timestamp("2026-03-29T01:00:00Z").getHours("Europe/Berlin") == 3', true],
  ['timestamp("2026-03-29T00:59:59.9Z").getHours("Europe/Berlin") == 1', true],
  ['timestamp("1900-01-01T00:00:00Z").getSeconds("Asia/Shanghai") == 43', true],
  ['timestamp("2026-01-01T00:00:00Z").getMinutes("Asia/Kathmandu") == 45', true],
  ['timestamp("2026-01-01T00:00:00Z").getHours("-03:30") == 20', true],
  ['timestamp("9999-12-31T23:59:59Z") + duration("-1s") < timestamp("9999-12-31T23:59:59Z")', true],
  ['"%s-%d".format(["a", 1]) == "a-1"', true],
])('%s is %s', (expression, value) => {
  const { program } = compileCondition(expression, environment, [BOOL]);
  expect(program && evaluate(program, () => undefined).value).toBe(value);
});

test.each([
  ['"Mars/Olympus"', 'unknown time zone Mars/Olympus'],
  ['"../etc"', 'time: invalid location name'],
  ['"a:00"', 'strconv.Atoi: parsing "a": invalid syntax'],
])('%s is no time zone', (zone, words) => {
  const { program } = compileCondition(`timestamp("2026-01-01T00:00:00Z").getHours(${zone}) == 0`, environment, [BOOL]);
  expect(program && evaluate(program, () => undefined).value).toEqual(new EvaluationError(words));
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

test.each([
  ['timestamp("9999-12-31T23:59:59Z") + duration("1s") > timestamp(0)', 'timestamp overflow'],
  ['duration("2562047h") + duration("2562047h") > duration("0s")', 'integer overflow'],
  ['"a".find("(" + "x") == ""', 'Illegal regex: error parsing regexp: missing closing ): `(x`'],
])('%s has no value', (expression, words) => {
  const { program } = compileCondition(expression, environment, [BOOL]);
  expect(program && evaluate(program, () => undefined).value).toEqual(new EvaluationError(words));
});

test.each([
  ['"a".find("(") == ""', 'error parsing regexp: missing closing ): `(`'],
  ['int("x") == 1', "type conversion error from 'string' to 'int'"],
])('of %s no program can be made', (expression, words) => {
  expect(compileCondition(expression, environment, [BOOL]).error).toBe(`program instantiation failed: ${words}`);
});
