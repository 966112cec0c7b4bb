import { quantityProblem } from '../../../apimachinery/quantity.ts';
import type { JsonValue } from '../../../base/json.ts';
import type { Schema } from '../../../openapi/schema.ts';

/** What a typed text becomes in the manifest, or which sentence says why it cannot be taken. */
export type TypedValue =
  | { readonly value: JsonValue }
  | {
      readonly refused: 'notInteger' | 'notNumber' | 'outOfRange' | 'notQuantity' | 'notInEnum' | 'tooBig';
      readonly allowed?: string;
    };

const INTEGER = /^[+-]?\d+$/;
const INT32 = { min: -2147483648n, max: 2147483647n } as const;
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const;

/** Reads what a person typed into a field, by its schema; by the type of the present value where nothing is known. */
export function readTyped(text: string, schema: Schema, present: JsonValue | undefined): TypedValue {
  switch (schema.type) {
    case 'integer':
      return integer(text, schema);
    case 'number':
      return number(text);
    case 'quantity':
      return quantity(text, present);
    case 'integerOrString':
      return INTEGER.test(text.trim()) ? integer(text, schema) : { value: text };
    case 'string':
      return string(text, schema);
    default:
      return asPresent(text, present);
  }
}

function integer(text: string, { format, bounds }: Schema): TypedValue {
  const trimmed = text.trim();
  if (!INTEGER.test(trimmed)) return { refused: 'notInteger' };
  const value = BigInt(trimmed);
  const limits = format === 'int64' ? INT64 : INT32;
  const least = bounds?.minimum === undefined ? limits.min : BigInt(Math.ceil(bounds.minimum));
  const most = bounds?.maximum === undefined ? limits.max : BigInt(Math.floor(bounds.maximum));
  if (value < least || value > most) return { refused: 'outOfRange', allowed: `${least} … ${most}` };
  return { value: Number.isSafeInteger(Number(value)) ? Number(value) : value };
}

function number(text: string): TypedValue {
  const value = Number(text.trim());
  return text.trim() === '' || !Number.isFinite(value) ? { refused: 'notNumber' } : { value };
}

function quantity(text: string, present: JsonValue | undefined): TypedValue {
  const trimmed = text.trim();
  if (quantityProblem(trimmed) !== undefined) return { refused: 'notQuantity' };
  return typeof present === 'number' && INTEGER.test(trimmed) ? { value: Number(trimmed) } : { value: trimmed };
}

function string(text: string, schema: Schema): TypedValue {
  const { enum: allowed, bounds } = schema;
  if (allowed && !allowed.includes(text)) return { refused: 'notInEnum', allowed: allowed.map(String).join(', ') };
  if (bounds?.maxLength !== undefined && [...text].length > bounds.maxLength)
    return { refused: 'tooBig', allowed: String(bounds.maxLength) };
  return { value: text };
}

function asPresent(text: string, present: JsonValue | undefined): TypedValue {
  if (typeof present === 'number' || typeof present === 'bigint') {
    const read = number(text);
    return 'value' in read && INTEGER.test(text.trim()) && !Number.isSafeInteger(read.value)
      ? { value: BigInt(text.trim()) }
      : read;
  }
  return { value: text };
}

/** A scalar as a field shows it. */
export function shownValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
