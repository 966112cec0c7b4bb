import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import * as amounts from './amount.ts';
import { addInt64, multiplyInt64, parseInt64, removeFactors, scaleDownInt64, scaleUpInt64 } from './int64.ts';
import * as cases from './testdata/amount.cases.ts';

const amount = ([value, exponent]: readonly [bigint, number]) => amounts.int64Amount(value, exponent);
const scaledUp = ({ value, exponent }: amounts.Amount) => value * 10n ** BigInt(exponent + 60);
const optional = (row: readonly [bigint, number] | undefined) => row && amount(row);

describe('integers of 64 bits', () => {
  upstreamEach(cases.SOURCE, 'TestDetectOverflowAdd')(cases.SUMS)('%d + %d', (a, b, sum) => {
    expect(addInt64(a, b)).toBe(sum);
    expect(addInt64(b, a)).toBe(sum);
  });

  upstreamEach(cases.SOURCE, 'TestDetectOverflowMultiply')(cases.PRODUCTS)('%d × %d', (a, b, product) => {
    expect(multiplyInt64(a, b)).toBe(product);
    expect(multiplyInt64(b, a)).toBe(product);
  });

  upstreamEach(cases.SOURCE, 'TestDetectOverflowScale')(cases.SCALED_VALUES)('%d times a power of ten', (value) => {
    for (const [scale, power] of cases.SCALES) expect(scaleUpInt64(value, scale)).toBe(multiplyInt64(value, power));
  });

  upstreamEach(cases.SOURCE, 'TestRemoveInt64Factors')(cases.FACTORS)(
    'the factors of %d that are %d',
    (value, base, result, times) => {
      expect(removeFactors(value, base)).toEqual({ result, times });
    },
  );

  upstreamEach(cases.SOURCE, 'TestNegativeScaleInt64')(cases.SCALED_DOWN)(
    '%d divided by 10^%d',
    (value, scale, result, exact) => {
      expect(scaleDownInt64(value, scale)).toEqual({ result, exact });
    },
  );

  test.each([
    ['0', 0n],
    ['-007', -7n],
    ['+5', 5n],
    ['9223372036854775807', cases.MAX],
    ['-9223372036854775808', cases.MIN],
    ['0000000000000000000000001', 1n],
    ['9223372036854775808', undefined],
    ['', undefined],
    ['-', undefined],
    ['1_000', undefined],
    ['0x1', undefined],
    [' 1', undefined],
    ['1.0', undefined],
  ])('reads %j', (text, value) => {
    expect(parseInt64(text)).toBe(value);
  });
});

describe('amounts', () => {
  upstreamEach(cases.SOURCE, 'TestInt64AmountAsInt64')(cases.WHOLE)('%s as a whole number', (row, value) => {
    expect(amounts.amountAsInt64(amount(row))).toBe(value);
  });

  upstreamEach(cases.SOURCE, 'TestInt64AmountAdd')(cases.AMOUNT_SUMS)('%s + %s', (a, b, sum) => {
    expect(amounts.addInt64Amounts(amount(a), amount(b))).toEqual(optional(sum));
    expect(amounts.addInt64Amounts(amount(b), amount(a))).toEqual(optional(sum));
  });

  upstreamEach(cases.SOURCE, 'TestInt64AmountMul')(cases.AMOUNT_PRODUCTS)('%s × %d', (row, factor, product) => {
    expect(amounts.multiplyInt64Amount(amount(row), factor)).toEqual(optional(product));
  });

  upstreamEach(cases.SOURCE, 'TestInt64AsCanonicalString')(cases.CANONICAL)(
    '%s in canonical form',
    (row, digits, exponent) => {
      expect(amounts.canonicalDecimal(amount(row))).toEqual({ digits, exponent });
    },
  );

  upstreamEach(cases.SOURCE, 'TestAmountSign')(cases.SIGNS)('the sign of %s', (row, sign) => {
    expect(amounts.signOf(amount(row))).toBe(sign);
  });

  upstreamEach(cases.SOURCE, 'TestInt64AmountAsScaledInt64')(cases.AMOUNTS_SCALED)(
    '%s in units of 10^%d',
    (row, exponent, result) => {
      expect(amounts.int64AmountScaled(amount(row), exponent)).toBe(result);
    },
  );

  upstreamEach(cases.SOURCE, 'TestScaledValueInternal')(cases.SCALED)(
    '%d of scale %d at scale %d',
    (unscaled, scale, newScale, result) => {
      expect(amounts.scaledValue(unscaled, scale, newScale)).toBe(result);
    },
  );

  const anyAmount = fc.record({
    value: fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
    exponent: fc.integer({ min: -30, max: 30 }),
    wide: fc.constant(true),
  });

  test('order and sum are those of the numbers', () => {
    fc.assert(
      fc.property(anyAmount, anyAmount, (a, b) => {
        const [left, right] = [scaledUp(a), scaledUp(b)];
        expect(amounts.compareAmounts(a, b)).toBe(left < right ? -1 : left > right ? 1 : 0);
        expect(scaledUp(amounts.addAmounts(a, b))).toBe(left + right);
        expect(scaledUp(amounts.subtractAmounts(a, b))).toBe(left - right);
      }),
    );
  });

  test('huge exponents cost nothing', () => {
    const huge = amounts.int64Amount(1n, 2147483647);
    const tiny = amounts.wideAmount(-5n, -2147483648);
    expect(amounts.compareAmounts(huge, tiny)).toBe(1);
    expect(amounts.addAmounts(huge, tiny)).toEqual({ ...huge, wide: true });
    expect(amounts.roundUpAmount(tiny, 0)).toEqual({ amount: amounts.wideAmount(-1n, 0), exact: false });
    expect(amounts.amountScaled(amounts.wideAmount(1n, 2147483647), 0)).toBe(-9223372036854775808n);
  });
});

test("every row of upstream's tables is here", () => {
  const { SUMS, PRODUCTS, FACTORS, SCALED_DOWN, SCALED_VALUES, SCALES, SCALED } = cases;
  expect(SUMS.length + PRODUCTS.length + FACTORS.length + SCALED_DOWN.length).toBe(65);
  // Upstream's other six factors go through functions of their own, which are one function here.
  expect(SCALED_VALUES.length * SCALES.length).toBe(24);
  const { WHOLE, AMOUNT_SUMS, AMOUNT_PRODUCTS, CANONICAL, SIGNS, AMOUNTS_SCALED } = cases;
  const rows = [WHOLE, AMOUNT_SUMS, AMOUNT_PRODUCTS, CANONICAL, SIGNS, AMOUNTS_SCALED];
  expect(rows.reduce((sum, table) => sum + table.length, 0)).toBe(48);
  expect(SCALED).toHaveLength(15);
});
