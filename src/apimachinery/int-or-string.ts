import type { JsonValue } from '../base/json.ts';
import { parseInt64 } from './int64.ts';
import { quoteString } from './quoted-string.ts';

/**
 * A field that is a number or a string: a port by number or name, a count or a percentage.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr.go, 1.36.
 */
export type IntOrString = number | string;

function isInt32(value: number): boolean {
  return (value | 0) === value;
}

/** The field's value; undefined when it is neither a string nor an integer of 32 bits. */
export function intOrStringOf(value: JsonValue | undefined): IntOrString | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && isInt32(value) ? value + 0 : undefined;
}

/** What a person wrote, as a number when it is an integer of 32 bits. */
export function parseIntOrString(text: string): IntOrString {
  const value = parseInt64(text);
  return value !== undefined && isInt32(Number(value)) ? Number(value) : text;
}

/** The number; a string is read as one, and is 0 when it is none. */
export function intValueOf(value: IntOrString): number {
  return typeof value === 'number' ? value : Number(parseInt64(value) ?? 0n);
}

/** A count given as such or as a percentage of something. */
export interface IntOrPercent {
  readonly value: number;
  readonly isPercent: boolean;
}

/** Reads a count or a percentage, or says why the value is neither. A string must end in `%`. */
export function readIntOrPercent(value: IntOrString): IntOrPercent | { readonly error: string } {
  if (typeof value === 'number') return { value, isPercent: false };
  if (!value.endsWith('%')) return { error: 'invalid type: string is not a percentage' };
  const digits = value.slice(0, -1);
  const percent = parseInt64(digits);
  if (percent !== undefined) return { value: Number(percent), isPercent: true };
  const reason = /^[+-]?[0-9]+$/.test(digits) ? 'value out of range' : 'invalid syntax';
  return { error: `invalid value ${quoteString(value)}: strconv.Atoi: parsing ${quoteString(digits)}: ${reason}` };
}

/**
 * The count that a value means out of `total`: `25%` of 10 is 3 rounded up, 2 rounded down. A plain number is itself,
 * whatever the total. The error is in the words of the controllers.
 */
export function scaledIntOrPercent(
  value: IntOrString | undefined,
  total: number,
  rounding: 'up' | 'down',
): { readonly value: number } | { readonly error: string } {
  if (value === undefined) return { error: 'nil value for IntOrString' };
  const read = readIntOrPercent(value);
  if ('error' in read) return { error: `invalid value for IntOrString: ${read.error}` };
  if (!read.isPercent) return { value: read.value };
  const exact = (read.value * total) / 100;
  // Adding 0 turns -0 into 0.
  return { value: (rounding === 'up' ? Math.ceil(exact) : Math.floor(exact)) + 0 };
}
