import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import * as values from './int-or-string.ts';
import * as cases from './testdata/int-or-string.cases.ts';

describe('a field', () => {
  upstreamEach(
    cases.SOURCE,
    'TestIntOrStringUnmarshalJSON, TestIntOrStringMarshalJSON, TestIntOrStringMarshalJSONUnmarshalYAML, TestMarshalCBOR and TestUnmarshalCBOR',
  )([...cases.FIELDS, ...cases.ENCODED])('%j', (value) => {
    expect(values.intOrStringOf(JSON.parse(JSON.stringify(value)))).toBe(value);
  });

  test.each([...cases.REFUSED, null, true, [], 1.5, 2147483648, -2147483649, NaN, Infinity, undefined])(
    '%j is none',
    (value) => {
      expect(values.intOrStringOf(value)).toBeUndefined();
    },
  );

  test('-0 is 0', () => {
    expect(values.intOrStringOf(-0)).toBe(0);
  });
});

describe('reading', () => {
  upstreamEach(cases.SOURCE, 'TestParse')(cases.PARSED)('%j', (text, value) => {
    expect(values.parseIntOrString(text)).toBe(value);
  });

  upstreamEach(cases.SOURCE, 'TestGetIntFromIntOrString')(cases.INT_OR_PERCENT)('%j', (value, number, isPercent) => {
    const read = values.readIntOrPercent(value);
    expect('error' in read).toBe(number === undefined);
    if (number !== undefined) expect(read).toEqual({ value: number, isPercent });
  });

  test.each([
    ['90', 'invalid value for IntOrString: invalid type: string is not a percentage'],
    ['a%', 'invalid value for IntOrString: invalid value "a%": strconv.Atoi: parsing "a": invalid syntax'],
    ['%', 'invalid value for IntOrString: invalid value "%": strconv.Atoi: parsing "": invalid syntax'],
    [
      '99999999999999999999%',
      'invalid value for IntOrString: invalid value "99999999999999999999%": strconv.Atoi: parsing "99999999999999999999": value out of range',
    ],
    [undefined, 'nil value for IntOrString'],
  ])('%j: %s', (value, error) => {
    expect(values.scaledIntOrPercent(value, 10, 'up')).toEqual({ error });
  });

  test.each([
    [80, 80],
    ['80', 80],
    ['http', 0],
    ['', 0],
  ])('%j as a number is %d', (value, number) => {
    expect(values.intValueOf(value)).toBe(number);
  });
});

function percentOf(percent: number, total: number, rounding: 'up' | 'down'): number {
  const scaled = values.scaledIntOrPercent(`${percent}%`, total, rounding);
  return 'value' in scaled ? scaled.value : NaN;
}

describe('a percentage', () => {
  upstreamEach(cases.SOURCE, 'TestGetIntFromIntOrPercent and TestGetValueFromIntOrPercentNil')(cases.SCALED)(
    '%j of %d rounded %s is %j',
    (value, total, rounding, result) => {
      const scaled = values.scaledIntOrPercent(value, total, rounding);
      expect('value' in scaled ? scaled.value : undefined).toBe(result);
    },
  );

  test('rounds to the whole numbers on either side', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.nat({ max: 100_000 }), (percent, total) => {
        const [up, down] = [percentOf(percent, total, 'up'), percentOf(percent, total, 'down')];
        expect(up * 100).toBeGreaterThanOrEqual(percent * total);
        expect(down * 100).toBeLessThanOrEqual(percent * total);
        expect(up - down).toBe((percent * total) % 100 === 0 ? 0 : 1);
      }),
    );
  });
});

test("every row of upstream's tables is here", () => {
  const { FIELDS, ENCODED, REFUSED, INT_OR_PERCENT, SCALED, PARSED } = cases;
  // Fields: three tables and TestFromInt, TestFromInt32, TestFromString; encoded values: both ways.
  const rows = 3 * FIELDS.length + 3 + 2 * ENCODED.length + REFUSED.length;
  expect(rows + INT_OR_PERCENT.length + SCALED.length + PARSED.length).toBe(73);
});
