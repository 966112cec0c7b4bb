/**
 * Cases of upstream's duration tests, re-expressed.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/duration/duration_test.go and pkg/apis/meta/v1/duration_test.go,
 * Kubernetes 1.36 (Apache-2.0); the format's own cases are src/time/time_test.go of Go 1.26 (BSD-3-Clause).
 */
import { HOUR, MICROSECOND, MILLISECOND, MINUTE, SECOND } from '../duration.ts';

export const SOURCE = {
  area: 'apimachinery',
  file: 'staging/src/k8s.io/apimachinery/pkg/{util/duration,apis/meta/v1}/duration_test.go',
  release: '1.36.2',
} as const;

/** TestHumanDuration: [duration, text]. */
export const HUMAN: readonly (readonly [bigint, string])[] = [
  [SECOND, '1s'],
  [70n * SECOND, '70s'],
  [190n * SECOND, '3m10s'],
  [70n * MINUTE, '70m'],
  [47n * HOUR, '47h'],
  [49n * HOUR, '2d1h'],
  [(8n*24n + 2n) * HOUR, '8d'],
  [(367n * 24n) * HOUR, '367d'],
  [(365n*2n*24n + 25n) * HOUR, '2y1d'],
  [(365n*8n*24n + 2n) * HOUR, '8y'],
];

/** TestHumanDurationBoundaries: [duration, text]. */
export const HUMAN_BOUNDARIES: readonly (readonly [bigint, string])[] = [
  [-2n * SECOND, '<invalid>'],
  [-2n*SECOND + 1n, '0s'],
  [0n, '0s'],
  [SECOND - MILLISECOND, '0s'],
  [2n*MINUTE - MILLISECOND, '119s'],
  [2n * MINUTE, '2m'],
  [2n*MINUTE + SECOND, '2m1s'],
  [10n*MINUTE - MILLISECOND, '9m59s'],
  [10n * MINUTE, '10m'],
  [10n*MINUTE + SECOND, '10m'],
  [3n*HOUR - MILLISECOND, '179m'],
  [3n * HOUR, '3h'],
  [3n*HOUR + MINUTE, '3h1m'],
  [8n*HOUR - MILLISECOND, '7h59m'],
  [8n * HOUR, '8h'],
  [8n*HOUR + 59n*MINUTE, '8h'],
  [2n*24n*HOUR - MILLISECOND, '47h'],
  [2n * 24n * HOUR, '2d'],
  [2n*24n*HOUR + HOUR, '2d1h'],
  [8n*24n*HOUR - MILLISECOND, '7d23h'],
  [8n * 24n * HOUR, '8d'],
  [8n*24n*HOUR + 23n*HOUR, '8d'],
  [2n*365n*24n*HOUR - MILLISECOND, '729d'],
  [2n * 365n * 24n * HOUR, '2y'],
  [2n*365n*24n*HOUR + 23n*HOUR, '2y'],
  [2n*365n*24n*HOUR + 23n*HOUR + 59n*MINUTE, '2y'],
  [2n*365n*24n*HOUR + 24n*HOUR - MILLISECOND, '2y'],
  [2n*365n*24n*HOUR + 24n*HOUR, '2y1d'],
  [3n * 365n * 24n * HOUR, '3y'],
  [4n * 365n * 24n * HOUR, '4y'],
  [5n * 365n * 24n * HOUR, '5y'],
  [6n * 365n * 24n * HOUR, '6y'],
  [7n * 365n * 24n * HOUR, '7y'],
  [8n*365n*24n*HOUR - MILLISECOND, '7y364d'],
  [8n * 365n * 24n * HOUR, '8y'],
  [8n*365n*24n*HOUR + 364n*24n*HOUR, '8y'],
  [9n * 365n * 24n * HOUR, '9y'],
];

/** TestShortHumanDurationBoundaries: [duration, text]. */
export const SHORT_BOUNDARIES: readonly (readonly [bigint, string])[] = [
  [-2n * SECOND, '<invalid>'],
  [-2n*SECOND + 1n, '0s'],
  [0n, '0s'],
  [SECOND - MILLISECOND, '0s'],
  [SECOND, '1s'],
  [2n*SECOND - MILLISECOND, '1s'],
  [MINUTE - MILLISECOND, '59s'],
  [MINUTE, '1m'],
  [2n*MINUTE - MILLISECOND, '1m'],
  [HOUR - MILLISECOND, '59m'],
  [HOUR, '1h'],
  [2n*HOUR - MILLISECOND, '1h'],
  [24n*HOUR - MILLISECOND, '23h'],
  [24n * HOUR, '1d'],
  [2n*24n*HOUR - MILLISECOND, '1d'],
  [365n*24n*HOUR - MILLISECOND, '364d'],
  [365n * 24n * HOUR, '1y'],
  [2n*365n*24n*HOUR - MILLISECOND, '1y'],
  [2n * 365n * 24n * HOUR, '2y'],
];

/** durationTests of Go: [text, duration]. */
export const PRINTED: readonly (readonly [string, bigint])[] = [
  ['0s', 0n],
  ['1ns', 1n],
  ['1.1µs', 1100n],
  ['2.2ms', 2200n * MICROSECOND],
  ['3.3s', 3300n * MILLISECOND],
  ['4m5s', 4n*MINUTE + 5n*SECOND],
  ['4m5.001s', 4n*MINUTE + 5001n*MILLISECOND],
  ['5h6m7.001s', 5n*HOUR + 6n*MINUTE + 7001n*MILLISECOND],
  ['8m0.000000001s', 8n*MINUTE + 1n],
  ['2562047h47m16.854775807s', (1n << 63n) - 1n],
  ['-2562047h47m16.854775808s', -(1n << 63n)],
];

/** parseDurationTests of Go: [text, duration]. */
export const PARSED: readonly (readonly [string, bigint])[] = [
  ['0', 0n],
  ['5s', 5n * SECOND],
  ['30s', 30n * SECOND],
  ['1478s', 1478n * SECOND],
  ['-5s', -5n * SECOND],
  ['+5s', 5n * SECOND],
  ['-0', 0n],
  ['+0', 0n],
  ['5.0s', 5n * SECOND],
  ['5.6s', 5n*SECOND + 600n*MILLISECOND],
  ['5.s', 5n * SECOND],
  ['.5s', 500n * MILLISECOND],
  ['1.0s', 1n * SECOND],
  ['1.00s', 1n * SECOND],
  ['1.004s', 1n*SECOND + 4n*MILLISECOND],
  ['1.0040s', 1n*SECOND + 4n*MILLISECOND],
  ['100.00100s', 100n*SECOND + 1n*MILLISECOND],
  ['10ns', 10n],
  ['11us', 11n * MICROSECOND],
  ['12µs', 12n * MICROSECOND],
  ['12μs', 12n * MICROSECOND],
  ['13ms', 13n * MILLISECOND],
  ['14s', 14n * SECOND],
  ['15m', 15n * MINUTE],
  ['16h', 16n * HOUR],
  ['3h30m', 3n*HOUR + 30n*MINUTE],
  ['10.5s4m', 4n*MINUTE + 10n*SECOND + 500n*MILLISECOND],
  ['-2m3.4s', -(2n*MINUTE + 3n*SECOND + 400n*MILLISECOND)],
  ['1h2m3s4ms5us6ns', 1n*HOUR + 2n*MINUTE + 3n*SECOND + 4n*MILLISECOND + 5n*MICROSECOND + 6n],
  ['39h9m14.425s', 39n*HOUR + 9n*MINUTE + 14n*SECOND + 425n*MILLISECOND],
  ['52763797000ns', 52763797000n],
  ['0.3333333333333333333h', 20n * MINUTE],
  ['9007199254740993ns', ((1n << 53n) + 1n)],
  ['9223372036854775807ns', ((1n << 63n) - 1n)],
  ['9223372036854775.807us', ((1n << 63n) - 1n)],
  ['9223372036s854ms775us807ns', ((1n << 63n) - 1n)],
  ['-9223372036854775808ns', -(1n << 63n)],
  ['-9223372036854775.808us', -(1n << 63n)],
  ['-9223372036s854ms775us808ns', -(1n << 63n)],
  ['-9223372036854775808ns', -(1n << 63n)],
  ['-2562047h47m16.854775808s', -(1n << 63n)],
  ['0.100000000000000000000h', 6n * MINUTE],
  ['0.830103483285477580700h', 49n*MINUTE + 48n*SECOND + 372539827n],
];

/** parseDurationErrorTests of Go: [text, how the message quotes it]. Left out: three texts that are not UTF-8. */
export const REFUSED: readonly (readonly [string, string])[] = [
  ["", '""'],
  ["3", '"3"'],
  ["-", '"-"'],
  ["s", '"s"'],
  [".", '"."'],
  ["-.", '"-."'],
  [".s", '".s"'],
  ["+.s", '"+.s"'],
  ["1d", '"1d"'],
  ["\uFFFD", '"\\xef\\xbf\\xbd"'],
  ["\uFFFD hello \uFFFD world", '"\\xef\\xbf\\xbd hello \\xef\\xbf\\xbd world"'],
  ["9223372036854775810ns", '"9223372036854775810ns"'],
  ["9223372036854775808ns", '"9223372036854775808ns"'],
  ["-9223372036854775809ns", '"-9223372036854775809ns"'],
  ["9223372036854776us", '"9223372036854776us"'],
  ["3000000h", '"3000000h"'],
  ["9223372036854775.808us", '"9223372036854775.808us"'],
  ["9223372036854ms775us808ns", '"9223372036854ms775us808ns"'],
];

/** TestDurationMarshalYAML and TestDurationMarshalJSON: [duration, text]. */
export const FIELDS_PRINTED: readonly (readonly [bigint, string])[] = [
  [5n * SECOND, '5s'],
  [2n * MINUTE, '2m0s'],
  [HOUR + 3n * MILLISECOND, '1h0m0.003s'],
];

/** TestDurationUnmarshalYAML and TestDurationUnmarshalJSON: [text, duration]. */
export const FIELDS_READ: readonly (readonly [string, bigint])[] = [
  ['0s', 0n],
  ['5s', 5n * SECOND],
  ['2m0s', 2n * MINUTE],
  ['1h0m0.003s', HOUR + 3n * MILLISECOND],
  ['2m', 2n * MINUTE],
  ['1h0.003s', HOUR + 3n * MILLISECOND],
];

/** TestDurationMarshalJSONUnmarshalYAML. */
export const FIELD_ROUND_TRIPS: readonly bigint[] = [0n, 5n * SECOND, 2n * MINUTE, HOUR + 3n * MILLISECOND];
