import type { JsonValue } from '../base/json.ts';
import { amountToNumber } from './amount-number.ts';
import type { Amount } from './amount.ts';
import * as amounts from './amount.ts';
import { readQuantity } from './quantity-parser.ts';
import type { ParsedQuantity, QuantityProblem } from './quantity-parser.ts';
import type { QuantityFormat } from './quantity-suffix.ts';
import { writeSuffix } from './quantity-suffix.ts';

export type { QuantityProblem } from './quantity-parser.ts';
export type { QuantityFormat } from './quantity-suffix.ts';

/**
 * An amount of something, as resources, limits and sizes are given: `100m`, `1.5`, `2Gi`, `12e6`. Exact, never changed
 * in place. Source: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go, 1.36.
 */
export interface Quantity {
  readonly amount: Amount;
  readonly format: QuantityFormat;
  /** The text it was read from, where the API server prints that text again. */
  readonly written?: string;
}

export const ZERO: Quantity = Object.freeze({ amount: amounts.int64Amount(0n, 0), format: 'DecimalSI' });

/** Reads a quantity; undefined when the text is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const parsed = readQuantity(text);
  return typeof parsed === 'string' ? undefined : parsed;
}

/** Why a text is no quantity, in the API server's words; undefined when it is one. */
export function quantityProblem(text: string): QuantityProblem | undefined {
  const parsed = readQuantity(text);
  return typeof parsed === 'string' ? parsed : undefined;
}

const WHITE_SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const aroundText = new RegExp(`^${WHITE_SPACE}|${WHITE_SPACE}$`, 'g');

/** Reads the quantity of a field as the API server decodes it: a string with white space around it, a number, or null. */
export function readQuantityField(value: JsonValue | undefined): ParsedQuantity | QuantityProblem {
  if (value === null || value === undefined) return { amount: ZERO.amount, format: '' };
  const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
  const withoutBigints = (_key: string, part: unknown) => (typeof part === 'bigint' ? Number(part) : part);
  return readQuantity(isText ? String(value).replace(aroundText, '') : JSON.stringify(value, withoutBigints));
}

/** The quantity of a field, or undefined when the field has none or it is malformed. */
export function quantityOf(value: JsonValue | undefined): Quantity | undefined {
  const read = value === null || value === undefined ? undefined : readQuantityField(value);
  return typeof read === 'string' ? undefined : read;
}

/** `value` × 10^`exponent`. */
export function makeQuantity(value: bigint, format: QuantityFormat = 'DecimalSI', exponent = 0): Quantity {
  return { amount: amounts.int64Amount(value, exponent), format };
}

/** `value` thousandths: `makeMilliQuantity(1500n)` is 1.5. */
export function makeMilliQuantity(value: bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
  return makeQuantity(value, format, -3);
}

/** As the API server prints it: in canonical form, unless it keeps the text it was read from. */
export function formatQuantity(quantity: Quantity): string {
  return quantity.written ?? canonicalQuantity(quantity);
}

/**
 * The canonical form: no fraction, the largest suffix that keeps the number whole. BinarySI between -1024 and 1024, or
 * with a fraction, is printed as DecimalSI.
 */
export function canonicalQuantity({ amount, format }: Quantity): string {
  if (amount.value === 0n) return '0';
  const printed = format === 'BinarySI' && !isBinary(amount) ? 'DecimalSI' : format;
  if (printed === 'BinarySI') {
    const { digits, power } = amounts.canonicalBinary(amount);
    return digits + writeSuffix(power * 10, 'BinarySI');
  }
  const { digits, exponent } = amounts.canonicalDecimal(amount);
  return digits + writeSuffix(exponent, printed);
}

const KIBI = amounts.int64Amount(1024n, 0);
const MINUS_KIBI = amounts.int64Amount(-1024n, 0);

function isBinary(amount: Amount): boolean {
  const small = amounts.compareAmounts(amount, MINUS_KIBI) > 0 && amounts.compareAmounts(amount, KIBI) < 0;
  return !small && amounts.roundUpAmount(amount, 0).exact;
}

export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  return amounts.compareAmounts(a.amount, b.amount);
}

export function signOfQuantity({ amount }: Quantity): -1 | 0 | 1 {
  return amounts.signOf(amount);
}

export function isZeroQuantity({ amount }: Quantity): boolean {
  return amount.value === 0n;
}

/** The sum, in the format of the first unless that is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { amount: amounts.addAmounts(a.amount, b.amount), format: isZeroQuantity(a) ? b.format : a.format };
}

/** The difference, in the format of the first unless that is zero. */
export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return { amount: amounts.subtractAmounts(a.amount, b.amount), format: isZeroQuantity(a) ? b.format : a.format };
}

export function negateQuantity({ amount, format }: Quantity): Quantity {
  return { amount: amounts.negateAmount(amount), format };
}

/** A whole multiple. `exact` is false when it takes more than 64 bits; the product is right all the same. */
export function multiplyQuantity(
  { amount, format }: Quantity,
  factor: bigint,
): { readonly quantity: Quantity; readonly exact: boolean } {
  const product = amounts.multiplyAmount(amount, factor);
  return { quantity: { amount: product.amount, format }, exact: product.exact };
}

export function maxQuantity(a: Quantity, b: Quantity): Quantity {
  return compareQuantities(a, b) < 0 ? b : a;
}

/** Rounded away from zero to a multiple of 10^`exponent`; `exact` when nothing was rounded. */
export function roundUpQuantity(
  quantity: Quantity,
  exponent: number,
): { readonly quantity: Quantity; readonly exact: boolean } {
  const rounded = amounts.roundUpAmount(quantity.amount, exponent);
  if (rounded.amount === quantity.amount) return { quantity, exact: true };
  return { quantity: { amount: rounded.amount, format: quantity.format }, exact: rounded.exact };
}

/** In units of 10^`exponent`, rounded up, in 64 bits; a quantity that does not fit gives 0 or its low bits, as upstream. */
export function scaledValueOf({ amount }: Quantity, exponent: number): bigint {
  return amounts.amountScaled(amount, exponent);
}

/** In whole units, rounded up. */
export function valueOf(quantity: Quantity): bigint {
  return scaledValueOf(quantity, 0);
}

/** In thousandths, rounded up: what the scheduler and the kubelet count CPU in. */
export function milliValueOf(quantity: Quantity): bigint {
  return scaledValueOf(quantity, -3);
}

/** The nearest floating-point number: `AsFloat64Slow`; infinite when there is none that large. */
export function quantityToNumber({ amount }: Quantity): number {
  return amountToNumber(amount);
}

/** Upstream's quick conversion, which is less exact: `AsApproximateFloat64`. */
export function quantityToApproximateNumber({ amount }: Quantity): number {
  return amount.exponent === 0 ? Number(amount.value) : Number(amount.value) * Number(`1e${amount.exponent}`);
}
