/**
 * Cases of upstream's quantity tests, re-expressed.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity_test.go and quantity_proto_test.go,
 * Kubernetes 1.36 (Apache-2.0).
 *
 * A quantity is [value, exponent, format, form]: value × 10^exponent, format D(ecimalSI), B(inarySI) or E(xponent),
 * held as a wide decimal unless the form is 'int64'.
 *
 * Left out: the rows that watch whether a copy shares memory (TestQuantityDeepCopy's and the proto tests' second tables,
 * TestDeepCopy: quantities are never changed in place here), the three rows of TestQuantityUnmarshalCBOR about binary
 * encodings (there is no CBOR here), TestQuantityValueSet and its example (a command-line flag). The random round trips
 * are properties in the test.
 */
export const SOURCE = {
  area: 'apimachinery',
  file: 'staging/src/k8s.io/apimachinery/pkg/api/resource/{quantity,quantity_proto,quantity_example}_test.go',
  release: '1.36.2',
} as const;

export type Value = number | bigint;
export type QuantityRow =
  | readonly [value: Value, exponent: number, format: 'D' | 'B' | 'E' | '']
  | readonly [value: Value, exponent: number, format: 'D' | 'B' | 'E' | '', form: 'int64'];

const MAX = 9223372036854775807n;
const MIN = -9223372036854775808n;
const Ki = 1024;
const Mi = 1024 * Ki;
const Gi = 1024 * Mi;
const Ti = 1024 * Gi;

/** TestDec and TestBigDec: [value, exponent, text as a plain decimal]. */
export const DECIMALS: readonly (readonly [Value, number, string])[] = [
  [1, 0, '1'],
  [1, 1, '10'],
  [5, 2, '500'],
  [8, 3, '8000'],
  [2, 0, '2'],
  [1, -1, '0.1'],
  [3, -2, '0.03'],
  [4, -3, '0.004'],
  [1n, 0, '1'],
  [1n, 1, '10'],
  [5n, 2, '500'],
  [8n, 3, '8000'],
  [2n, 0, '2'],
  [1n, -1, '0.1'],
  [3n, -2, '0.03'],
  [4n, -3, '0.004'],
  [MAX + 1n, 0, '9223372036854775808'],
  [MAX + 1n, 1, '92233720368547758080'],
  [MAX + 1n, 2, '922337203685477580800'],
  [MAX + 1n, -1, '922337203685477580.8'],
  [MAX + 1n, -2, '92233720368547758.08'],
  [MIN - 1n, 0, '-9223372036854775809'],
  [MIN - 1n, 1, '-92233720368547758090'],
  [MIN - 1n, 2, '-922337203685477580900'],
  [MIN - 1n, -1, '-922337203685477580.9'],
  [MIN - 1n, -2, '-92233720368547758.09'],
];

/** TestQuantityAddZeroPreservesSuffix and TestQuantitySubZeroPreservesSuffix. */
export const KEEP_THEIR_SUFFIX = ['100m', '1Gi'];

/** TestQuantityCmp, first table: [a, b, order]. */
export const COMPARED: readonly (readonly [string, string, number])[] = [
  ['0', '0', 0],
  ['100m', '50m', 1],
  ['50m', '100m', -1],
  ['10000T', '100Gi', 1],
];

/** TestQuantityCmp, second table: wide decimals and (undefined) the zero quantity. */
export const COMPARED_WIDE: readonly (readonly [number | undefined, number | undefined, number])[] = [
  [0, 0, 0],
  [undefined, 0, 0],
  [0, undefined, 0],
  [undefined, undefined, 0],
  [undefined, 10, -1],
  [undefined, -10, 1],
  [10, undefined, 1],
  [-10, undefined, -1],
];

/** TestParseQuantityString: [text, positive, value, numerator, denominator, suffix]. */
export const SPLIT: readonly (readonly [string, boolean, string, string, string, string])[] = [
  ['0.025Ti', true, '0.025', '0', '025', 'Ti'],
  ['1.025Ti', true, '1.025', '1', '025', 'Ti'],
  ['-1.025Ti', false, '-1.025', '1', '025', 'Ti'],
  ['.', true, '.', '0', '', ''],
  ['-.', false, '-.', '0', '', ''],
  ['1E-3', true, '1', '1', '', 'E-3'],
];

/** TestQuantityParse: [text, value, exponent, format]. */
export const PARSED: readonly (readonly [string, Value, number, 'D' | 'B' | 'E'])[] = [
  ['0', 0, 0, 'D'],
  ['0n', 0, 0, 'D'],
  ['0u', 0, 0, 'D'],
  ['0m', 0, 0, 'D'],
  ['0Ki', 0, 0, 'B'],
  ['0k', 0, 0, 'D'],
  ['0Mi', 0, 0, 'B'],
  ['0M', 0, 0, 'D'],
  ['0Gi', 0, 0, 'B'],
  ['0G', 0, 0, 'D'],
  ['0Ti', 0, 0, 'B'],
  ['0T', 0, 0, 'D'],
  ['1', 1, 0, 'D'],
  ['1Ki', 1024, 0, 'B'],
  ['8Ki', 8 * Ki, 0, 'B'],
  ['7Mi', 7 * Mi, 0, 'B'],
  ['6Gi', 6 * Gi, 0, 'B'],
  ['5Ti', 5 * Ti, 0, 'B'],
  ['4Pi', 4n << 50n, 0, 'B'],
  ['3Ei', 3n << 60n, 0, 'B'],
  ['10Ti', 10 * Ti, 0, 'B'],
  ['100Ti', 100 * Ti, 0, 'B'],
  ['5n', 5, -9, 'D'],
  ['4u', 4, -6, 'D'],
  ['3m', 3, -3, 'D'],
  ['9', 9, 0, 'D'],
  ['8k', 8, 3, 'D'],
  ['50k', 5, 4, 'D'],
  ['7M', 7, 6, 'D'],
  ['6G', 6, 9, 'D'],
  ['5T', 5, 12, 'D'],
  ['40T', 4, 13, 'D'],
  ['300T', 3, 14, 'D'],
  ['2P', 2, 15, 'D'],
  ['1E', 1, 18, 'D'],
  ['1E-3', 1, -3, 'E'],
  ['1e3', 1, 3, 'E'],
  ['1E6', 1, 6, 'E'],
  ['1e9', 1, 9, 'E'],
  ['1E12', 1, 12, 'E'],
  ['1e15', 1, 15, 'E'],
  ['1E18', 1, 18, 'E'],
  ['1e14', 1, 14, 'E'],
  ['1e13', 1, 13, 'E'],
  ['1e3', 1, 3, 'E'],
  ['100.035k', 100035, 0, 'D'],
  ['0.001', 1, -3, 'D'],
  ['0.0005k', 5, -1, 'D'],
  ['0.005', 5, -3, 'D'],
  ['0.05', 5, -2, 'D'],
  ['0.5', 5, -1, 'D'],
  ['0.00050k', 5, -1, 'D'],
  ['0.00500', 5, -3, 'D'],
  ['0.05000', 5, -2, 'D'],
  ['0.50000', 5, -1, 'D'],
  ['0.5e0', 5, -1, 'E'],
  ['0.5e-1', 5, -2, 'E'],
  ['0.5e-2', 5, -3, 'E'],
  ['0.5e0', 5, -1, 'E'],
  ['10.035M', 10035, 3, 'D'],
  ['1.2e3', 12, 2, 'E'],
  ['1.3E+6', 13, 5, 'E'],
  ['1.40e9', 14, 8, 'E'],
  ['1.53E12', 153, 10, 'E'],
  ['1.6e15', 16, 14, 'E'],
  ['1.7E18', 17, 17, 'E'],
  ['9.01', 901, -2, 'D'],
  ['8.1k', 81, 2, 'D'],
  ['7.123456M', 7123456, 0, 'D'],
  ['6.987654321G', 6987654321, 0, 'D'],
  ['5.444T', 5444, 9, 'D'],
  ['40.1T', 401, 11, 'D'],
  ['300.2T', 3002, 11, 'D'],
  ['2.5P', 25, 14, 'D'],
  ['1.01E', 101, 16, 'D'],
  ['3.001n', 4, -9, 'D'],
  ['1.1E-9', 2, -9, 'E'],
  ['0.0000000001', 1, -9, 'D'],
  ['0.0000000005', 1, -9, 'D'],
  ['0.00000000050', 1, -9, 'D'],
  ['0.5e-9', 1, -9, 'E'],
  ['0.9n', 1, -9, 'D'],
  ['0.00000012345', 124, -9, 'D'],
  ['0.00000012354', 124, -9, 'D'],
  ['9Ei', MAX, 0, 'B'],
  ['9223372036854775807Ki', MAX, 0, 'B'],
  ['12E', 12, 18, 'D'],
  ['100.035Ki', 10243584, -2, 'B'],
  ['0.5Mi', Mi / 2, 0, 'B'],
  ['0.05Gi', 536870912, -1, 'B'],
  ['0.025Ti', 274877906944, -1, 'B'],
  ['0.000000000001Ki', 2, -9, 'D'],
  ['.001', 1, -3, 'D'],
  ['.0001k', 100, -3, 'D'],
  ['1.', 1, 0, 'D'],
  ['1.G', 1, 9, 'D'],
];

/** TestQuantityParse: what is refused. The empty string is upstream's first line of the test. */
export const REFUSED = ['', '1.1.M', '1+1.0M', '0.1mi', '0.1am', 'aoeu', '.5i', '1i', '-3.01i', '-3.01e-', ' 1', '1 '];

/** TestQuantityRoundUp: [text, exponent, value, exponent of the result, exact]. */
export const ROUNDED: readonly (readonly [string, number, number, number, boolean])[] = [
  ['9.01', -3, 901, -2, true],
  ['9.01', -2, 901, -2, true],
  ['9.01', -1, 91, -1, false],
  ['9.01', 0, 10, 0, false],
  ['9.01', 1, 10, 0, false],
  ['9.01', 2, 100, 0, false],
  ['-9.01', -3, -901, -2, true],
  ['-9.01', -2, -901, -2, true],
  ['-9.01', -1, -91, -1, false],
  ['-9.01', 0, -10, 0, false],
  ['-9.01', 1, -10, 0, false],
  ['-9.01', 2, -100, 0, false],
];

const E18 = 10n ** 18n;

/** TestQuantityCmpInt64AndDec: [value, exponent, value, exponent, order]. */
export const COMPARED_ACROSS_EXPONENTS: readonly (readonly [Value, number, Value, number, number])[] = [
  [901, -2, 901, -2, 0],
  [90, -1, 901, -2, -1],
  [901, -2, 900, -2, 1],
  [0, 0, 0, 0, 0],
  [0, 1, 0, -1, 0],
  [0, -1, 0, 1, 0],
  [800, -3, 1, 0, -1],
  [800, -3, 79, -2, 1],
  [MAX, 0, 1, -1, 1],
  [MAX, 1, 1, 0, 1],
  [MAX, 1, 1, 1, 1],
  [MAX, 1, 0, 1, 1],
  [MAX, -16, 1, 3, -1],
  [MIN, 0, 0, 0, -1],
  [MIN, -18, -1, 0, -1],
  [MIN, -19, -1, 0, 1],
  [E18, -17, 1, 1, 0],
  [E18, -17, -10, 0, 1],
  [-E18, -17, -10, 0, 0],
  [E18, -17, 1, 0, 1],
  [E18 + 1n, -17, 1, 1, 1],
  [E18 - 1n, -17, 1, 1, -1],
];

/** TestQuantityNeg: [quantity, text of its opposite]. */
export const NEGATED_TEXT: readonly (readonly [QuantityRow, string])[] = [
  [[901, -2, 'D', 'int64'], '-9010m'],
  [[901, -2, 'D'], '-9010m'],
];

/** TestQuantityString: [value, exponent, format, text, another way to write it]. */
export const PRINTED: readonly (readonly [Value, number, 'D' | 'B' | 'E', string, string])[] = [
  [Gi, 0, 'B', '1Gi', '1024Mi'],
  [300 * Mi, 0, 'B', '300Mi', '307200Ki'],
  [6 * Ki, 0, 'B', '6Ki', ''],
  [1001 * Gi, 0, 'B', '1001Gi', '1025024Mi'],
  [Ti, 0, 'B', '1Ti', '1024Gi'],
  [5, 0, 'B', '5', '5000m'],
  [500, -3, 'B', '500m', '0.5'],
  [1, 9, 'D', '1G', '1000M'],
  [1000, 6, 'D', '1G', '0.001T'],
  [1000000, 3, 'D', '1G', ''],
  [1000000000, 0, 'D', '1G', ''],
  [1, -3, 'D', '1m', '1000u'],
  [80, -3, 'D', '80m', ''],
  [1080, -3, 'D', '1080m', '1.08'],
  [108, -2, 'D', '1080m', '1080000000n'],
  [10800, -4, 'D', '1080m', ''],
  [300, 6, 'D', '300M', ''],
  [1, 12, 'D', '1T', ''],
  [1234567, 6, 'D', '1234567M', ''],
  [1234567, -3, 'B', '1234567m', ''],
  [3, 3, 'D', '3k', ''],
  [1025, 0, 'B', '1025', ''],
  [0, 0, 'D', '0', ''],
  [0, 0, 'B', '0', ''],
  [1, 9, 'E', '1e9', '.001e12'],
  [1, -3, 'E', '1e-3', '0.001e0'],
  [1, -9, 'E', '1e-9', '1000e-12'],
  [80, -3, 'E', '80e-3', ''],
  [300, 6, 'E', '300e6', ''],
  [1, 12, 'E', '1e12', ''],
  [1, 3, 'E', '1e3', ''],
  [3, 3, 'E', '3e3', ''],
  [3, 3, 'D', '3k', ''],
  [0, 0, 'E', '0', '00'],
  [1, -9, 'D', '1n', ''],
  [80, -9, 'D', '80n', ''],
  [1080, -9, 'D', '1080n', ''],
  [108, -8, 'D', '1080n', ''],
  [10800, -10, 'D', '1080n', ''],
  [1, -6, 'D', '1u', ''],
  [80, -6, 'D', '80u', ''],
  [1080, -6, 'D', '1080u', ''],
];

/** TestQuantityParseEmit: [text, canonical text]. */
export const CANONICAL: readonly (readonly [string, string])[] = [
  ['1Ki', '1Ki'],
  ['1Mi', '1Mi'],
  ['1Gi', '1Gi'],
  ['1024Mi', '1Gi'],
  ['1000M', '1G'],
  ['.001Ki', '1024m'],
  ['.000001Ki', '1024u'],
  ['.000000001Ki', '1024n'],
  ['.000000000001Ki', '2n'],
];

/** TestJSONWhitespace: [JSON of a field, text]; white space outside the JSON value is left to the JSON reader. */
export const FIELDS: readonly (readonly [string, string])[] = [
  ['" 1"', '1'],
  ['"1 "', '1'],
  ['1', '1'],
  [' 1', '1'],
  ['1 ', '1'],
  ['10', '10'],
  ['-1', '-1'],
  [' -1', '-1'],
];

/** TestMilliNewSet: [thousandths, format, text, whether the text gives the same number of thousandths]. */
export const MILLI: readonly (readonly [number, 'D' | 'B' | '', string, boolean])[] = [
  [1, 'D', '1m', true],
  [1000, 'D', '1', true],
  [1234000, 'D', '1234', true],
  [1024, 'B', '1024m', false],
  [1000000, '', '1e3', true],
  [1024 * 1024, 'B', '1048576m', false],
];

/** TestNewSet: [value, format, text]. */
export const WHOLE: readonly (readonly [number, 'D' | 'B' | '', string])[] = [
  [1, 'D', '1'],
  [1000, 'D', '1k'],
  [1234000, 'D', '1234k'],
  [1024, 'B', '1Ki'],
  [1000000, '', '1e6'],
  [1024 * 1024, 'B', '1Mi'],
];

/** TestNewScaledSet: [value, exponent, text]. */
export const SCALED: readonly (readonly [number, number, string])[] = [
  [1, -9, '1n'],
  [1000, -9, '1u'],
  [1, -6, '1u'],
  [1000, -6, '1m'],
  [1, -3, '1m'],
  [1000, -3, '1'],
  [1, 0, '1'],
  [0, -9, '0'],
  [0, -6, '0'],
  [0, -3, '0'],
  [0, 0, '0'],
];

/** TestScaledValue: one of 10^from is so many of 10^to. */
export const SCALED_VALUES: readonly (readonly [number, number, number])[] = [
  [-9, -9, 1],
  [-9, -6, 1],
  [-9, -3, 1],
  [-9, 0, 1],
  [-6, -9, 1000],
  [-6, -6, 1],
  [-6, -3, 1],
  [-6, 0, 1],
  [-3, -9, 1000000],
  [-3, -6, 1000],
  [-3, -3, 1],
  [-3, 0, 1],
  [0, -9, 1000000000],
  [0, -6, 1000000],
  [0, -3, 1000],
  [0, 0, 1],
  [2, -2, 10000],
];

const NONE: QuantityRow = [0, 0, 'D', 'int64'];

/** TestSub: [a, b, a - b]. */
export const DIFFERENCES: readonly (readonly [QuantityRow, QuantityRow, QuantityRow])[] = [
  [[10, 0, 'D'], [1, 1, 'D'], [0, 0, 'D']],
  [[10, 0, 'D'], [1, 0, 'B'], [9, 0, 'D']],
  [[10, 0, 'B'], [1, 0, 'D'], [9, 0, 'B']],
  [NONE, [50, 0, 'D'], [-50, 0, 'D']],
  [[50, 0, 'D'], NONE, [50, 0, 'D']],
  [NONE, NONE, [0, 0, 'D']],
];

/** TestNeg: [quantity, its opposite]. */
export const OPPOSITES: readonly (readonly [QuantityRow, QuantityRow])[] = [
  [NONE, NONE],
  [[0, 0, '', 'int64'], [0, 0, '', 'int64']],
  [[10, 0, 'B', 'int64'], [-10, 0, 'B', 'int64']],
  [[-10, 0, 'B', 'int64'], [10, 0, 'B', 'int64']],
  [[0, 0, 'D'], [0, 0, 'D', 'int64']],
  [[10, 0, 'B'], [-10, 0, 'B', 'int64']],
  [[-10, 0, 'B'], [10, 0, 'B', 'int64']],
];

/** TestAdd: [a, b, a + b]. */
export const SUMS: readonly (readonly [QuantityRow, QuantityRow, QuantityRow])[] = [
  [[10, 0, 'D'], [1, 1, 'D'], [20, 0, 'D']],
  [[10, 0, 'D'], [1, 0, 'B'], [11, 0, 'D']],
  [[10, 0, 'B'], [1, 0, 'D'], [11, 0, 'B']],
  [NONE, [50, 0, 'D'], [50, 0, 'D']],
  [[50, 0, 'D'], NONE, [50, 0, 'D']],
  [NONE, NONE, [0, 0, 'D']],
];

/** TestMul: [a, factor, product, exact]. */
export const PRODUCTS: readonly (readonly [QuantityRow, number, QuantityRow, boolean])[] = [
  [[10, 0, 'D'], 10, [100, 0, 'D'], true],
  [[10, 0, 'D'], 1, [10, 0, 'D'], true],
  [[10, 0, 'B'], 1, [10, 0, 'B'], true],
  [NONE, 50, [0, 0, 'D'], true],
  [[50, 0, 'D'], 0, [0, 0, 'D'], true],
  [NONE, 0, [0, 0, 'D'], true],
  [[10, 0, 'D'], -10, [-100, 0, 'D'], true],
  [[-10, 0, 'D'], 1, [-10, 0, 'D'], true],
  [[10, 0, 'B'], -1, [-10, 0, 'B'], true],
  [[-50, 0, 'D'], 0, [0, 0, 'D'], true],
  [[-50, 0, 'D'], -50, [2500, 0, 'D'], true],
  [NONE, -50, [0, 0, 'D'], true],
  [[MAX, 0, 'D'], 0, [0, 1, 'D'], true],
  [[MAX, 0, 'D'], 1, [MAX, 0, 'D'], true],
  [[MAX, 0, 'D'], -1, [-MAX, 0, 'D'], true],
  [[MAX / 2n, 0, 'D'], 2, [(MAX / 2n) * 2n, 0, 'D'], true],
  [[MAX / -2n, 0, 'D'], -2, [(MAX / 2n) * 2n, 0, 'D'], true],
  [[MAX, 0, 'D'], 2, [MAX * 2n, 0, 'D'], false],
  [[MAX, 0, 'D'], 10, [MAX, 1, 'D'], false],
  [[MAX, 0, 'D'], -10, [-MAX, 1, 'D'], false],
  [[MIN, 0, 'D'], 0, [0, 1, 'D'], true],
  [[MIN, 0, 'D'], 1, [MIN, 0, 'D'], true],
  [[MIN, 0, 'D'], -1, [MAX + 1n, 0, 'D'], false],
  [[MIN / 2n, 0, 'D'], 2, [MIN, 0, 'D'], true],
  [[MIN / -2n, 0, 'D'], -2, [MIN, 0, 'D'], true],
  [[MIN, 0, 'D'], 2, [MIN * 2n, 0, 'D'], false],
  [[MIN, 0, 'D'], 10, [MIN, 1, 'D'], false],
  [[MIN, 0, 'D'], -10, [MAX + 1n, 1, 'D'], false],
];

const SEVEN_MI = 7 * Mi;

function numbers(format: 'D' | 'B' | 'E'): readonly (readonly [QuantityRow, number, number])[] {
  return [
    [[1024, 0, format], 1024, 1024],
    [[8 * Ki, 0, format], 8 * Ki, 8 * Ki],
    [[SEVEN_MI, 0, format], SEVEN_MI, SEVEN_MI],
    [[SEVEN_MI, 1, format], SEVEN_MI * 10, SEVEN_MI * 10],
    [[SEVEN_MI, 4, format], SEVEN_MI * 10000, SEVEN_MI * 10000],
    [[SEVEN_MI, 8, format], SEVEN_MI * 100000000, SEVEN_MI * 100000000],
    [[SEVEN_MI, -1, format], SEVEN_MI * 0.1, SEVEN_MI / 10],
    [[SEVEN_MI, -8, format], SEVEN_MI / 100000000, SEVEN_MI / 100000000],
  ];
}

/** TestQuantityAsApproximateFloat64 and TestQuantityAsFloat64Slow: [quantity, quick number, nearest number]. */
export const NUMBERS: readonly (readonly [QuantityRow, number, number])[] = [
  [[0, 0, 'D'], 0, 0],
  [[0, 0, 'E'], 0, 0],
  [[0, 0, 'B'], 0, 0],
  [[1, 0, 'D'], 1, 1],
  [[1, 0, 'E'], 1, 1],
  [[1, 0, 'B'], 1, 1],
  ...numbers('B'),
  ...numbers('D'),
  ...numbers('E'),
  [[MAX, 0, 'D'], 9223372036854775807, 9223372036854775807],
  [[MAX, 0, 'B'], 9223372036854775807, 9223372036854775807],
  [[12, 18, 'D'], 1.2e19, 1.2e19],
  [[12, 500, 'D'], Infinity, Infinity],
  [[-12, 500, 'D'], -Infinity, -Infinity],
];

/** TestStringQuantityAsApproximateFloat64 and TestStringQuantityAsFloat64Slow. */
export const NUMBERS_OF_TEXT: readonly (readonly [string, number])[] = [
  ['2Ki', 2048],
  ['1.1Ki', 1126.4],
  ['1Mi', 1048576],
  ['2Gi', 2147483648],
];

/** TestQuantityDeepCopy (first table) and TestQuantityProtoMarshal/Unmarshal: texts that come back the same. */
export const ROUND_TRIPS = ['0', '100m', '50m', '10000T'];

/** TestQuantityUnmarshalCBOR, the rows about text: [decoded text, value, exponent] or refused. */
export const DECODED: readonly (readonly [string | null, number | undefined, number])[] = [
  [null, 0, 0],
  ['1M', 1, 6],
  [' \t\n\r1M \t\n\r', 1, 6],
  ['', undefined, 0],
];

/** The examples of quantity_example_test.go: [text, whole units, thousandths, format]. */
export const EXAMPLES: readonly (readonly [string, bigint, bigint, string])[] = [
  ['5Gi', 5368709120n, 5368709120000n, 'BinarySI'],
  ['5G', 5000000000n, 5000000000000n, 'DecimalSI'],
  ['5300m', 6n, 5300n, 'DecimalSI'],
  ['5.4', 6n, 5400n, 'DecimalSI'],
];
