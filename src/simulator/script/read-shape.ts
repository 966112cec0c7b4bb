import { milliValueOf, quantityOf, valueOf } from '../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import type { StepReader } from './request-step.ts';

/** Reads one value of a script; undefined where it cannot be used, and why is told. */
export type Read = (value: JsonValue, field: string, reader: StepReader) => unknown;

/** The fields of an object of a script: what each becomes, and how it is read. */
export type Shape = Readonly<Record<string, { readonly as?: string; readonly read: Read }>>;

export const text: Read = (value, field, reader) =>
  typeof value === 'string' ? value : reader.problem('script.type', field, { type: 'string' });

export const integer: Read = (value, field, reader) =>
  typeof value === 'number' && Number.isSafeInteger(value)
    ? value
    : reader.problem('script.type', field, { type: 'integer' });

export const truth: Read = (value, field, reader) =>
  typeof value === 'boolean' ? value : reader.problem('script.type', field, { type: 'boolean' });

/** An object of any fields. */
export const object: Read = (value, field, reader) =>
  isJsonObject(value) ? value : reader.problem('script.type', field, { type: 'object' });

/** Milliseconds. */
export const duration: Read = (value, field, reader) => reader.duration(value, field);

/** Milliseconds, or Infinity for `never`. */
export const durationOrNever: Read = (value, field, reader) =>
  value === 'never' ? Infinity : reader.duration(value, field);

/** Bytes. */
export const bytes: Read = (value, field, reader) => {
  const quantity = quantityOf(value);
  return quantity === undefined
    ? reader.problem('script.type', field, { type: 'quantity' })
    : Number(valueOf(quantity));
};

/** Millicores. */
export const millicores: Read = (value, field, reader) => {
  const quantity = quantityOf(value);
  return quantity === undefined
    ? reader.problem('script.type', field, { type: 'quantity' })
    : Number(milliValueOf(quantity));
};

export function oneOf(...known: readonly string[]): Read {
  return (value, field, reader) =>
    typeof value === 'string' && known.includes(value)
      ? value
      : reader.problem('script.parameter', field, { known: known.join(', ') });
}

export const labels: Read = (value, field, reader) =>
  isJsonObject(value) && Object.values(value).every((each) => typeof each === 'string')
    ? value
    : reader.problem('script.type', field, { type: 'map of strings' });

export function listOf(read: Read): Read {
  return (value, field, reader) => {
    if (!Array.isArray(value)) return reader.problem('script.type', field, { type: 'array' });
    return (value as readonly JsonValue[]).flatMap((item, index) => {
      const made = read(item, `${field}[${index}]`, reader);
      return made === undefined ? [] : [made];
    });
  };
}

export function objectOf(shape: Shape): Read {
  return (value, field, reader) =>
    isJsonObject(value)
      ? readShape(value, shape, field, reader)
      : reader.problem('script.type', field, { type: 'object' });
}

function readShape(value: JsonObject, shape: Shape, field: string, reader: StepReader): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [key, own] of Object.entries(value)) {
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (known === undefined || own === undefined) {
      reader.problem('script.unknownField', `${field}.${key}`, { known: Object.keys(shape).join(', ') });
      continue;
    }
    const read = known.read(own, `${field}.${key}`, reader);
    if (read !== undefined) made[known.as ?? key] = read;
  }
  return made;
}
