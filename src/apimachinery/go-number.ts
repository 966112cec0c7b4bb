const INT64_MAX = (1n << 63n) - 1n;
const INT64_MIN = -(1n << 63n);

/** Whether Go decodes a number of a manifest as int64, and not as float64. */
export function isInt64(value: unknown): value is number | bigint {
  if (typeof value === 'bigint') return value >= INT64_MIN && value <= INT64_MAX;
  return (
    Number.isInteger(value) && (value as number) >= -9223372036854775808 && (value as number) < 9223372036854775808
  );
}

/** A number of a manifest as Go prints it with `%v`. */
export function formatGoNumber(value: number | bigint): string {
  return isInt64(value) ? BigInt(value).toString() : formatGoFloat(Number(value));
}

/** A float64 with `%v`: `0.5`, `1e+06`, `1e-05`. Source: strconv/ftoa.go of Go, the shortest form of `%g`. */
export function formatGoFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN';
  const [mantissa = '0', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
