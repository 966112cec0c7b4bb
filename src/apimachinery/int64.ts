export const INT64_MAX = 9223372036854775807n;
export const INT64_MIN = -9223372036854775808n;

export function fitsInt64(value: bigint): boolean {
  return value >= INT64_MIN && value <= INT64_MAX;
}

/** Reads a decimal integer as Go's `strconv.ParseInt(text, 10, 64)`; undefined when it is none or does not fit. */
export function parseInt64(text: string): bigint | undefined {
  const match = /^([+-]?)0*([0-9]*)$/.exec(text);
  const digits = match?.[2];
  if (digits === undefined || digits.length > 19 || !/[0-9]/.test(text)) return undefined;
  const value = match![1] === '-' ? -BigInt(digits) : BigInt(digits);
  return fitsInt64(value) ? value : undefined;
}
