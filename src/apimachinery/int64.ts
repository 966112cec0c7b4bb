/**
 * Integers of 64 bits, as Kubernetes computes with them: a result that does not fit is `undefined`.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/resource/math.go, 1.36.
 */
export const INT64_MAX = 9223372036854775807n;
export const INT64_MIN = -9223372036854775808n;

export function fitsInt64(value: bigint): boolean {
  return value >= INT64_MIN && value <= INT64_MAX;
}

function fitting(value: bigint): bigint | undefined {
  return fitsInt64(value) ? value : undefined;
}

export function addInt64(a: bigint, b: bigint): bigint | undefined {
  return fitting(a + b);
}

/** The most negative integer times anything but 0 and 1 counts as an overflow, whatever the product. */
export function multiplyInt64(a: bigint, b: bigint): bigint | undefined {
  if (a === 0n || b === 0n || a === 1n || b === 1n) return a * b;
  if (a === INT64_MIN || b === INT64_MIN) return undefined;
  return fitting(a * b);
}

/** `value` times 10 to the power of `scale`; a scale below 1 changes nothing. */
export function scaleUpInt64(value: bigint, scale: number): bigint | undefined {
  if (scale <= 0 || value === 0n) return value;
  // The first power of ten that does not fit is the 19th.
  return scale > 18 ? undefined : multiplyInt64(value, 10n ** BigInt(scale));
}

/** `value` divided by 10 to the power of `scale`, rounded away from zero; `exact` when nothing was rounded. */
export function scaleDownInt64(value: bigint, scale: number): { readonly result: bigint; readonly exact: boolean } {
  if (scale <= 0 || value === 0n) return { result: value, exact: true };
  const away = value > 0n ? 1n : -1n;
  if (scale > 19) return { result: away, exact: false };
  const divisor = 10n ** BigInt(scale);
  const exact = value % divisor === 0n;
  return { result: value / divisor + (exact ? 0n : away), exact };
}

/** Takes every factor `base` out of a value: value = result × base^times. Zero has none. */
export function removeFactors(value: bigint, base: bigint): { readonly result: bigint; readonly times: number } {
  let result = value;
  let times = 0;
  while (result !== 0n && result % base === 0n) {
    result /= base;
    times++;
  }
  return { result, times };
}

/** Reads a decimal integer as Go's `strconv.ParseInt(text, 10, 64)`; undefined when it is none or does not fit. */
export function parseInt64(text: string): bigint | undefined {
  const match = /^([+-]?)0*([0-9]*)$/.exec(text);
  const digits = match?.[2];
  if (digits === undefined || digits.length > 19 || !/[0-9]/.test(text)) return undefined;
  return fitting(match![1] === '-' ? -BigInt(digits) : BigInt(digits));
}
