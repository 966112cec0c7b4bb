import type { Amount } from './amount.ts';
import { compareAmounts, int64Amount, roundUpAmount, wideAmount } from './amount.ts';
import { INT64_MAX, multiplyInt64 } from './int64.ts';
import type { QuantityFormat } from './quantity-suffix.ts';
import { readSuffix } from './quantity-suffix.ts';

/** Why a text is no quantity, in the API server's words. */
export const WRONG_FORMAT =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
export const WRONG_NUMBER = 'unable to parse numeric part of quantity';
export const WRONG_SUFFIX = "unable to parse quantity's suffix";

export type QuantityProblem = typeof WRONG_FORMAT | typeof WRONG_NUMBER | typeof WRONG_SUFFIX;

/** Numbers longer than this are refused as numbers; the API server would read them, byte by byte. */
const MAX_LENGTH = 10_000;
const NANO = -9;
const MAX_INT64_DIGITS = 18;
const MAX_BINARY = wideAmount(INT64_MAX, 0);

export interface QuantityParts {
  readonly positive: boolean;
  /** The number as written, with its sign. */
  readonly value: string;
  /** The digits before the point, without leading zeros; `0` when none are left. */
  readonly numerator: string;
  /** The digits after the point. */
  readonly denominator: string;
  readonly suffix: string;
}

const NUMBER = /^([+-]?)0*([0-9]*)(\.?)([0-9]*)/;
const SUFFIX = /^[eEinumkKMGTP]*[+-]?[0-9]*$/;

/**
 * Splits a text into number and suffix; undefined when it has a wrong sign in it. It is as permissive as upstream: a
 * missing number (`Ki`, `-`, `.`) is zero.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go, 1.36.
 */
export function splitQuantity(text: string): QuantityParts | undefined {
  const [value, sign, numerator, , denominator] = NUMBER.exec(text)!;
  const suffix = text.slice(value.length);
  if (!SUFFIX.test(suffix)) return undefined;
  return { positive: sign !== '-', value, numerator: numerator || '0', denominator: denominator!, suffix };
}

export interface ParsedQuantity {
  readonly amount: Amount;
  readonly format: QuantityFormat;
  /** The text itself, where it is kept as the way to print the quantity. */
  readonly written?: string;
}

/** Reads a quantity, or says why the text is none. */
export function readQuantity(text: string): ParsedQuantity | QuantityProblem {
  if (text === '') return WRONG_FORMAT;
  if (text === '0') return { amount: int64Amount(0n, 0), format: 'DecimalSI', written: text };
  const parts = splitQuantity(text);
  if (!parts) return WRONG_FORMAT;
  const meaning = readSuffix(parts.suffix);
  if (!meaning) return WRONG_SUFFIX;
  if (parts.value.length > MAX_LENGTH) return WRONG_NUMBER;
  const { base, exponent, format } = meaning;
  const quick = base === 2 ? readBinary(text, parts, exponent) : readDecimal(text, parts, exponent, format);
  return quick ?? readWide(parts, base, exponent, format);
}

/** The way of numbers up to 18 digits, which stay in 64 bits. */
function readDecimal(
  text: string,
  { positive, numerator, denominator }: QuantityParts,
  suffixExponent: number,
  format: QuantityFormat,
): ParsedQuantity | undefined {
  const exponent = suffixExponent - denominator.length;
  if (numerator.length + denominator.length > MAX_INT64_DIGITS || exponent < NANO) return undefined;
  const digits = numerator + denominator;
  const value = BigInt(digits);
  const amount = int64Amount(positive ? value : -value, exponent);
  // Texts of a form that looks canonical are kept as they are, though `+1`, `1E3` and `1.500` are not.
  const keeps = exponent % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
  return keeps ? { amount, format, written: text } : { amount, format };
}

/** The way of whole numbers with a binary suffix that surely fit 64 bits. */
function readBinary(
  text: string,
  { positive, numerator, denominator }: QuantityParts,
  exponent: number,
): ParsedQuantity | undefined {
  // Each binary suffix takes three decimal digits.
  const precision = 15 - numerator.length - (exponent * 3) / 10 - 1;
  if (denominator !== '' || precision < 0) return undefined;
  const number = BigInt(numerator);
  const value = multiplyInt64(number, 1n << BigInt(exponent));
  if (value === undefined) return undefined;
  const amount = int64Amount(positive ? value : -value, 0);
  return (number & 7n) === 0n ? { amount, format: 'BinarySI' } : { amount, format: 'BinarySI', written: text };
}

/** The way of all other numbers: rounded up to a whole nano, binary ones capped at the largest integer of 64 bits. */
function readWide(
  { positive, value, numerator, denominator }: QuantityParts,
  base: 2 | 10,
  exponent: number,
  format: QuantityFormat,
): ParsedQuantity | QuantityProblem {
  if (!/[0-9]/.test(value)) return WRONG_NUMBER;
  const digits = BigInt(numerator + denominator);
  const power = base === 10 ? exponent : 0;
  let amount = wideAmount(base === 2 ? digits << BigInt(exponent) : digits, power - denominator.length);
  if (digits !== 0n) amount = roundUpAmount(amount, NANO).amount;
  if (format === 'BinarySI' && compareAmounts(amount, MAX_BINARY) > 0) amount = MAX_BINARY;
  // A binary suffix on less than one would be rounded away.
  const fraction = digits !== 0n && compareAmounts(amount, wideAmount(1n, 0)) < 0;
  const signed = positive ? amount : wideAmount(-amount.value, amount.exponent);
  return { amount: signed, format: format === 'BinarySI' && fraction ? 'DecimalSI' : format };
}
