export const INT64_MAX = 9223372036854775807n;
export const INT64_MIN = -9223372036854775808n;

export function fitsInt64(value: bigint): boolean {
  return value >= INT64_MIN && value <= INT64_MAX;
}

/** Reads a decimal integer as Go's `strconv.ParseInt(text, 10, 64)`; undefined when it is none or does not fit. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text) || text.length > 4096) return undefined;
  const value = text.startsWith('+') ? BigInt(text.slice(1)) : BigInt(text);
  return fitsInt64(value) ? value : undefined;
}
