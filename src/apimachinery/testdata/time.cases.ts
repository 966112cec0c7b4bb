/**
 * Cases of upstream's tests of moments, re-expressed. A moment is [seconds since 1970, nanoseconds], undefined is null.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/time_test.go and micro_time_test.go, Kubernetes 1.36
 * (Apache-2.0). The CBOR rows hold the same texts.
 *
 * Left out: Equal, Before and IsZero of nil (moments here are numbers or undefined), protobuf, local time zones, and the
 * rows whose CBOR value is no text.
 */
export const SOURCE = {
  area: 'apimachinery',
  file: 'staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/{time,micro_time}_test.go',
  release: '1.36.2',
} as const;

type MomentRow = readonly [seconds: number, nanoseconds: number];

const MAY_1998 = 894_344_705;

/** TestTimeMarshalYAML (second row given in UTC), TestTimeMarshalJSON, TestTimeMarshalCBOR: [moment, text]. */
export const PRINTED: readonly (readonly [MomentRow, string])[] = [
  [[MAY_1998, 50], '1998-05-05T05:05:05Z'],
  [[MAY_1998, 0], '1998-05-05T05:05:05Z'],
  [[MAY_1998, 50], '1998-05-05T05:05:05Z'],
  [[MAY_1998, 0], '1998-05-05T05:05:05Z'],
  [[MAY_1998, 0], '1998-05-05T05:05:05Z'],
  [[MAY_1998, 123_456_789], '1998-05-05T05:05:05Z'],
  [[0, 0], '1970-01-01T00:00:00Z'],
  [[-315_619_200, 0], '1960-01-01T00:00:00Z'],
];

/** TestTimeUnmarshalYAML, TestTimeUnmarshalJSON, TestTimeUnmarshalCBOR: [text, moment]. */
export const READ: readonly (readonly [string, MomentRow | undefined])[] = [
  ['1998-05-05T05:05:05Z', [MAY_1998, 0]],
  ['1998-05-05T05:05:05Z', [MAY_1998, 0]],
  ['1998-05-05T05:05:05.123456789Z', [MAY_1998, 123_456_789]],
  ['1998-05-05T05:05:05Z', [MAY_1998, 0]],
  ['1998-05-05T05:05:05.123456789Z', [MAY_1998, 123_456_789]],
  ['hello', undefined],
];

/** TestMicroTimeMarshalYAML, TestMicroTimeMarshalJSON, TestMicroTimeMarshalCBOR: [moment, text]. */
export const MICRO_PRINTED: readonly (readonly [MomentRow, string])[] = [
  [[MAY_1998, 50], '1998-05-05T05:05:05.000000Z'],
  [[MAY_1998, 0], '1998-05-05T05:05:05.000000Z'],
  [[MAY_1998, 50], '1998-05-05T05:05:05.000000Z'],
  [[MAY_1998, 0], '1998-05-05T05:05:05.000000Z'],
  [[MAY_1998, 0], '1998-05-05T05:05:05.000000Z'],
  [[MAY_1998, 5050], '1998-05-05T05:05:05.000005Z'],
];

/** TestMicroTimeUnmarshalYAML, TestMicroTimeUnmarshalJSON, TestMicroTimeUnmarshalCBOR: [text, moment]. */
export const MICRO_READ: readonly (readonly [string, MomentRow | undefined])[] = [
  ['1998-05-05T05:05:05.000000Z', [MAY_1998, 0]],
  ['1998-05-05T05:05:05.000000Z', [MAY_1998, 0]],
  ['1998-05-05T05:05:05.000000Z', [MAY_1998, 0]],
  ['hello', undefined],
];
