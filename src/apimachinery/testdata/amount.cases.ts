/**
 * Cases of upstream's tests of 64-bit arithmetic, re-expressed.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/resource/{math,amount,scale_int}_test.go, Kubernetes 1.36 (Apache-2.0).
 */
export const SOURCE = {
  area: 'apimachinery',
  file: 'staging/src/k8s.io/apimachinery/pkg/api/resource/{math,amount,scale_int}_test.go',
  release: '1.36.2',
} as const;

export const MAX = 9223372036854775807n;
export const MIN = -9223372036854775808n;

type Sum = bigint | undefined;

/** TestDetectOverflowAdd: [a, b, sum or undefined where it overflows]. */
export const SUMS: readonly (readonly [bigint, bigint, Sum])[] = [
  [0n, 0n, 0n],
  [-1n, 1n, 0n],
  [0n, 1n, 1n],
  [2n, 2n, 4n],
  [2n, -2n, 0n],
  [-2n, -2n, -4n],
  [MIN, -1n, undefined],
  [MIN, 1n, MIN + 1n],
  [MAX, -1n, MAX - 1n],
  [MAX, 1n, undefined],
  [MIN, MAX, -1n],
  [MAX, MIN, -1n],
  [MAX, MAX, undefined],
  [MIN, MIN, undefined],
  [-MAX, MIN, undefined],
  [MIN, -MAX, undefined],
  [-MAX, -MAX, undefined],
];

/** TestDetectOverflowMultiply. */
export const PRODUCTS: readonly (readonly [bigint, bigint, Sum])[] = [
  [0n, 0n, 0n],
  [-1n, 1n, -1n],
  [-1n, -1n, 1n],
  [1n, 1n, 1n],
  [0n, 1n, 0n],
  [1n, 0n, 0n],
  [2n, 2n, 4n],
  [2n, -2n, -4n],
  [-2n, -2n, 4n],
  [MIN, -1n, undefined],
  [MIN, 1n, MIN],
  [MAX, -1n, -MAX],
  [MAX, 1n, MAX],
  [MIN, MAX, undefined],
  [MAX, MIN, undefined],
  [MAX, MAX, undefined],
  [MIN, MIN, undefined],
  [-MAX, MIN, undefined],
  [MIN, -MAX, undefined],
  [-MAX, -MAX, undefined],
];

/** TestDetectOverflowScale: each value times each power of ten must be what multiplication gives. */
export const SCALED_VALUES = [0n, -1n, 1n, 10n, -10n, MAX, MIN, -MAX];
export const SCALES: readonly (readonly [number, bigint])[] = [
  [1, 10n],
  [2, 100n],
  [3, 1000n],
];

/** TestRemoveInt64Factors: [value, factor, rest, times]. */
export const FACTORS: readonly (readonly [bigint, bigint, bigint, number])[] = [
  [100n, 10n, 1n, 2],
  [100n, 10n, 1n, 2],
  [100n, 100n, 1n, 1],
  [1n, 10n, 1n, 0],
];

/** TestNegativeScaleInt64: [value, scale, result, exact]. */
export const SCALED_DOWN: readonly (readonly [bigint, number, bigint, boolean])[] = [
  [1234567n, 0, 1234567n, true],
  [1234567n, 1, 123457n, false],
  [1234567n, 2, 12346n, false],
  [1234567n, 3, 1235n, false],
  [1234567n, 4, 124n, false],
  [-1234567n, 0, -1234567n, true],
  [-1234567n, 1, -123457n, false],
  [-1234567n, 2, -12346n, false],
  [-1234567n, 3, -1235n, false],
  [-1234567n, 4, -124n, false],
  [1000n, 0, 1000n, true],
  [1000n, 1, 100n, true],
  [1000n, 2, 10n, true],
  [1000n, 3, 1n, true],
  [1000n, 4, 1n, false],
  [-1000n, 0, -1000n, true],
  [-1000n, 1, -100n, true],
  [-1000n, 2, -10n, true],
  [-1000n, 3, -1n, true],
  [-1000n, 4, -1n, false],
  [0n, 0, 0n, true],
  [0n, 1, 0n, true],
  [0n, 2, 0n, true],
  [1000n, -1, 1000n, true],
];

type Row = readonly [value: bigint, exponent: number];

/** TestInt64AmountAsInt64: [amount, whole number]. */
export const WHOLE: readonly (readonly [Row, Sum])[] = [
  [[100n, 0], 100n],
  [[100n, 1], 1000n],
  [[100n, -5], undefined],
  [[100n, 100], undefined],
];

/** TestInt64AmountAdd: [a, b, sum]. */
export const AMOUNT_SUMS: readonly (readonly [Row, Row, Row | undefined])[] = [
  [[100n, 1], [10n, 2], [200n, 1]],
  [[100n, 1], [1n, 2], [110n, 1]],
  [[100n, 1], [1n, 100], undefined],
  [[-5n, 2], [50n, 1], [0n, 1]],
  [[-5n, 2], [5n, 2], [0n, 2]],
  [[MAX, -1], [1n, -1], undefined],
  [[MAX, -1], [0n, -1], [MAX, -1]],
  [[MAX / 10n, 1], [10n, 0], undefined],
];

/** TestInt64AmountMul: [amount, factor, product]. */
export const AMOUNT_PRODUCTS: readonly (readonly [Row, bigint, Row | undefined])[] = [
  [[100n, 1], 1000n, [100000n, 1]],
  [[100n, -1], 1000n, [100000n, -1]],
  [[1n, 100], 10n, undefined],
  [[1n, -100], 10n, undefined],
  [[-5n, 2], 500n, [-2500n, 2]],
  [[-5n, -2], 500n, [-2500n, -2]],
  [[0n, 1], 0n, [0n, 1]],
  [[MAX, -1], 10n, undefined],
  [[MAX, -1], 0n, [0n, 0]],
  [[MAX, 0], 1n, [MAX, 0]],
  [[MAX / 10n, 1], 10n, undefined],
  [[MAX, 0], -1n, [-MAX, 0]],
  [[MIN, 0], 1n, [MIN, 0]],
  [[MIN, 1], 0n, [0n, 0]],
  [[MIN, 1], 1n, undefined],
];

/** TestInt64AsCanonicalString: [amount, digits, exponent]. */
export const CANONICAL: readonly (readonly [Row, string, number])[] = [
  [[100n, 0], '100', 0],
  [[100n, 1], '1', 3],
  [[100n, -1], '10', 0],
  [[10800n, -10], '1080', -9],
];

/** TestAmountSign. */
export const SIGNS: readonly (readonly [Row, -1 | 0 | 1])[] = [
  [[-50n, 1], -1],
  [[0n, 1], 0],
  [[300n, 1], 1],
  [[-50n, -8], -1],
  [[50n, -8], 1],
  [[0n, -8], 0],
  [[-50n, 0], -1],
  [[50n, 0], 1],
  [[0n, 0], 0],
];

/** TestInt64AmountAsScaledInt64: [amount, exponent, result]. */
export const AMOUNTS_SCALED: readonly (readonly [Row, number, Sum])[] = [
  [[100n, 0], 5, 1n],
  [[100n, 1], 1, 100n],
  [[100n, 5], 2, 100000n],
  [[876n, 30], 4, undefined],
  [[93n, -1], 0, 10n],
  [[100n, -1], 0, 10n],
  [[-1932n, 2], 4, -20n],
  [[-1900n, 2], 4, -19n],
];

/** TestScaledValueInternal: [unscaled, scale, new scale, result]. */
export const SCALED: readonly (readonly [bigint, number, number, bigint])[] = [
  [1000n, 0, 0, 1000n],
  [1000n, 0, -3, 1n],
  [1000n, 3, 0, 1n],
  [0n, 3, 0, 0n],
  [999n, 3, 0, 1n],
  [500n, 3, 0, 1n],
  [499n, 3, 0, 1n],
  [1n, 3, 0, 1n],
  [MAX - 1n, 1, 0, (MAX - 1n) / 10n + 1n],
  [10n ** 100n, 100, 0, 1n],
  [0n, 0, 3, 0n],
  [1n, 0, 3, 1000n],
  [1n, -3, 0, 1000n],
  [1000n, -3, 2, 100000000n],
  [MAX / 1000n, 0, 3, (MAX / 1000n) * 1000n],
];
