/**
 * Cases of upstream's int-or-string tests, re-expressed.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr_test.go, Kubernetes 1.36 (Apache-2.0).
 *
 * The rows of TestMarshalCBOR and TestUnmarshalCBOR are the same values in another encoding; they go through JSON here.
 * Left out: a Type that is neither, which cannot be expressed, and the 500 random round trips, which are a property.
 */
import type { JsonValue } from '../../base/json.ts';
import type { IntOrString } from '../int-or-string.ts';

export const SOURCE = {
  area: 'apimachinery',
  file: 'staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr_test.go',
  release: '1.36.2',
} as const;

/** TestIntOrStringUnmarshalJSON, TestIntOrStringMarshalJSON, TestIntOrStringMarshalJSONUnmarshalYAML. */
export const FIELDS: readonly IntOrString[] = [123, '123'];

/** TestMarshalCBOR and TestUnmarshalCBOR. */
export const ENCODED: readonly IntOrString[] = [
  '',
  'abc',
  0,
  23,
  24,
  255,
  256,
  65535,
  65536,
  2147483647,
  -1,
  -24,
  -25,
  -256,
  -257,
  -65536,
  -65537,
  -2147483648,
];

/** TestUnmarshalCBOR, what is refused. */
export const REFUSED: readonly JsonValue[] = [{}];

/** TestGetIntFromIntOrString: [value, number, percentage] or no number. */
export const INT_OR_PERCENT: readonly (readonly [IntOrString, number | undefined, boolean])[] = [
  [200, 200, false],
  ['200', undefined, false],
  ['30%0', undefined, false],
  ['40%', 40, true],
  ['%', undefined, false],
  ['a%', undefined, false],
  ['a', undefined, false],
  ['40#', undefined, false],
  ['40%%', undefined, false],
];

/** TestGetIntFromIntOrPercent and TestGetValueFromIntOrPercentNil: [value, total, rounding, result]. */
export const SCALED: readonly (readonly [IntOrString | undefined, number, 'up' | 'down', number | undefined])[] = [
  [123, 0, 'down', 123],
  ['90%', 100, 'up', 90],
  ['90%', 95, 'up', 86],
  ['90%', 95, 'down', 85],
  ['%', 0, 'down', undefined],
  ['90#', 0, 'down', undefined],
  ['#%', 0, 'down', undefined],
  ['90', 0, 'down', undefined],
  [undefined, 0, 'down', undefined],
];

/** TestParse: [text, value]. */
export const PARSED: readonly (readonly [string, IntOrString])[] = [
  ['0', 0],
  ['2147483647', 2147483647],
  ['-2147483648', -2147483648],
  ['2147483648', '2147483648'],
  ['-2147483649', '-2147483649'],
  ['9223372036854775807', '9223372036854775807'],
  ['-9223372036854775808', '-9223372036854775808'],
  ['9223372036854775808', '9223372036854775808'],
  ['-9223372036854775809', '-9223372036854775809'],
];
