import { INT64_MIN, addInt64, fitsInt64, multiplyInt64, removeFactors, scaleDownInt64, scaleUpInt64 } from './int64.ts';

/**
 * The number inside a quantity: `value` × 10^`exponent`, exact.
 *
 * Upstream holds it in 64 bits while it can, and as a decimal of any size (`wide`) once it must. The two round and
 * overflow differently, so which one it is belongs to the number.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/resource/amount.go and scale_int.go, 1.36.
 */
export interface Amount {
  readonly value: bigint;
  readonly exponent: number;
  readonly wide: boolean;
}

/**
 * Numbers whose exponents are further apart than this are not brought to one exponent: the smaller one then is less
 * than one part in 10^10000 and does not count. Upstream would compute with millions of digits.
 */
const MAX_SPREAD = 10_000;

export function int64Amount(value: bigint, exponent: number): Amount {
  return { value, exponent, wide: false };
}

export function wideAmount(value: bigint, exponent: number): Amount {
  return { value, exponent, wide: true };
}

const POWERS = Array.from({ length: 64 }, (_, exponent) => 10n ** BigInt(exponent));

export function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}

export function signOf({ value }: Amount): -1 | 0 | 1 {
  return value === 0n ? 0 : value < 0n ? -1 : 1;
}

/** The exponent of the leading digit, which orders amounts of one sign unless it is the same. */
function magnitude({ value, exponent }: Amount): number {
  return (value < 0n ? -value : value).toString().length + exponent;
}

export function compareAmounts(a: Amount, b: Amount): -1 | 0 | 1 {
  const sign = signOf(a);
  if (sign !== signOf(b)) return sign < signOf(b) ? -1 : 1;
  if (a.exponent === b.exponent) return order(a.value, b.value);
  if (sign === 0) return 0;
  const distance = magnitude(a) - magnitude(b);
  if (distance !== 0) return distance < 0 === sign > 0 ? -1 : 1;
  const low = Math.min(a.exponent, b.exponent);
  return order(a.value * powerOfTen(a.exponent - low), b.value * powerOfTen(b.exponent - low));
}

function order(a: bigint, b: bigint): -1 | 0 | 1 {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The sum in 64 bits, or undefined when it does not fit. */
export function addInt64Amounts(a: Amount, b: Amount): Amount | undefined {
  if (b.value === 0n) return a;
  if (a.value === 0n) return b;
  const low = Math.min(a.exponent, b.exponent);
  const left = scaleUpInt64(a.value, a.exponent - low);
  const right = scaleUpInt64(b.value, b.exponent - low);
  const sum = left === undefined || right === undefined ? undefined : addInt64(left, right);
  return sum === undefined ? undefined : int64Amount(sum, low);
}

export function addAmounts(a: Amount, b: Amount): Amount {
  const narrow = a.wide || b.wide ? undefined : addInt64Amounts(a, b);
  return narrow ?? addWide(a, b);
}

/** The difference. In 64 bits the opposite of the smallest integer is itself, so upstream adds it. */
export function subtractAmounts(a: Amount, b: Amount): Amount {
  const narrow = a.wide || b.wide ? undefined : addInt64Amounts(a, negateAmount(b));
  return narrow ?? addWide(a, wideAmount(-b.value, b.exponent));
}

function addWide(a: Amount, b: Amount): Amount {
  if (Math.abs(a.exponent - b.exponent) > MAX_SPREAD) {
    const larger = b.value === 0n || (a.value !== 0n && magnitude(a) > magnitude(b)) ? a : b;
    return wideAmount(larger.value, larger.exponent);
  }
  const low = Math.min(a.exponent, b.exponent);
  const left = a.value * powerOfTen(a.exponent - low);
  return wideAmount(left + b.value * powerOfTen(b.exponent - low), low);
}

export function negateAmount({ value, exponent, wide }: Amount): Amount {
  return { value: wide ? -value : BigInt.asIntN(64, -value), exponent, wide };
}

/** The product in 64 bits, or undefined when it, or its whole part, does not fit or is not exact. */
export function multiplyInt64Amount(a: Amount, factor: bigint): Amount | undefined {
  if (a.value === 0n) return a;
  if (factor === 0n) return int64Amount(0n, 0);
  const product = multiplyInt64(a.value, factor);
  if (product === undefined) return undefined;
  if (a.exponent > 0 && scaleUpInt64(product, a.exponent) === undefined) return undefined;
  if (a.exponent < 0 && !scaleDownInt64(product, -a.exponent).exact) return undefined;
  return int64Amount(product, a.exponent);
}

/** `exact` is upstream's answer: false when the product took more than 64 bits. */
export function multiplyAmount(a: Amount, factor: bigint): { readonly amount: Amount; readonly exact: boolean } {
  const narrow = a.wide ? undefined : multiplyInt64Amount(a, factor);
  if (narrow) return { amount: narrow, exact: true };
  const amount = wideAmount(a.value * factor, a.exponent);
  return { amount, exact: fitsInt64(amount.value) };
}

/** At least the given exponent, rounded away from zero; `exact` when nothing was rounded. */
export function roundUpAmount(a: Amount, exponent: number): { readonly amount: Amount; readonly exact: boolean } {
  if (!a.wide) {
    if (a.exponent >= exponent) return { amount: a, exact: true };
    const { result, exact } = scaleDownInt64(a.value, exponent - a.exponent);
    return { amount: int64Amount(result, exponent), exact };
  }
  const amount = roundWide(a, exponent);
  return { amount, exact: compareAmounts(amount, a) === 0 };
}

function roundWide(a: Amount, exponent: number): Amount {
  const shift = exponent - a.exponent;
  if (shift <= 0) return -shift > MAX_SPREAD ? a : wideAmount(a.value * powerOfTen(-shift), exponent);
  const away = BigInt(signOf(a));
  if (magnitude(a) < exponent) return wideAmount(away, exponent);
  const divisor = powerOfTen(shift);
  return wideAmount(a.value / divisor + (a.value % divisor === 0n ? 0n : away), exponent);
}

/** As a whole number of 64 bits, undefined where upstream has no quick answer: a wide or a fractional amount. */
export function amountAsInt64(a: Amount): bigint | undefined {
  return a.wide || a.exponent < 0 ? undefined : scaleUpInt64(a.value, a.exponent);
}

/** In units of 10^`exponent`, rounded up; undefined when it does not fit 64 bits. Not for wide amounts. */
export function int64AmountScaled(a: Amount, exponent: number): bigint | undefined {
  if (a.exponent < exponent) return scaleDownInt64(a.value, exponent - a.exponent).result;
  return scaleUpInt64(a.value, a.exponent - exponent);
}

/** In units of 10^`exponent`, rounded up. Overflow gives what upstream gives: the low 64 bits, or 0. */
export function amountScaled(a: Amount, exponent: number): bigint {
  if (a.wide) return scaledValue(a.value, -a.exponent, -exponent);
  return int64AmountScaled(a, exponent) ?? overflown(a.value, a.exponent - exponent);
}

/** Upstream multiplies by these powers of ten at once and leaves what came of it; others it tries digit by digit. */
const QUICK_POWERS: readonly number[] = [1, 2, 3, 6, 9];

function overflown(value: bigint, shift: number): bigint {
  if (value === INT64_MIN || !QUICK_POWERS.includes(shift)) return 0n;
  return BigInt.asIntN(64, value * powerOfTen(shift));
}

/**
 * `unscaled` × 10^-`scale` in units of 10^-`newScale`, rounded up, in 64 bits. Negative numbers that divide with a
 * remainder come out one too high, and very negative ones wrap around: upstream's answers, which a caller may meet.
 */
export function scaledValue(unscaled: bigint, scale: number, newScale: number): bigint {
  const shift = scale - newScale;
  const low = BigInt.asIntN(64, unscaled);
  if (shift === 0) return low;
  if (shift < 0) return BigInt.asIntN(64, low * powerOfTenInt64(-shift));
  if (unscaled < 9223372036854775807n && shift < 19) {
    const divisor = powerOfTen(shift);
    return low / divisor + (low % divisor === 0n ? 0n : 1n);
  }
  if (shift > MAX_SPREAD) return unscaled > 0n ? 1n : 0n;
  const divisor = powerOfTen(shift);
  const remainder = ((unscaled % divisor) + divisor) % divisor;
  return BigInt.asIntN(64, (unscaled - remainder) / divisor + (remainder === 0n ? 0n : 1n));
}

/** A power of ten squeezed into 64 bits: from the 19th on it is the smallest integer, as on the server's machines. */
function powerOfTenInt64(exponent: number): bigint {
  return exponent > 18 ? -9223372036854775808n : powerOfTen(exponent);
}

/** The digits to print, and the exponent, which is a multiple of three. */
export function canonicalDecimal(a: Amount): { readonly digits: string; readonly exponent: number } {
  const text = a.value.toString();
  const zeros = trailingZeros(text);
  const exponent = a.exponent + zeros;
  const padding = ((exponent % 3) + 3) % 3;
  return { digits: text.slice(0, text.length - zeros) + '0'.repeat(padding), exponent: exponent - padding };
}

function trailingZeros(digits: string): number {
  let zeros = 0;
  while (zeros < digits.length - 1 && digits.endsWith('0', digits.length - zeros)) zeros++;
  return zeros;
}

/** The digits to print, and the power of 1024. The amount is a whole number. */
export function canonicalBinary(a: Amount): { readonly digits: string; readonly power: number } {
  const { result, times } = removeFactors(roundWide(a, 0).value, 1024n);
  return { digits: result.toString(), power: times };
}
