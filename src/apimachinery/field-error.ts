import type { JsonValue } from '../base/json.ts';
import { formatGoNumber } from './go-number.ts';
import { quoteString } from './quoted-string.ts';
import type { ValidationPath } from './validation-path.ts';

/** Machine-readable reasons, as in `status.details.causes[].reason`. */
export type FieldErrorReason =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooShort'
  | 'FieldValueTooMany'
  | 'FieldValueTooFew'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/**
 * One thing that the API server refuses about one field.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go, 1.36.
 */
export interface FieldError {
  readonly reason: FieldErrorReason;
  readonly path: ValidationPath;
  /** The value as the server shows it; undefined where it shows none. */
  readonly badValue?: JsonValue;
  readonly detail: string;
}

const WORDS: Record<FieldErrorReason, string> = {
  FieldValueNotFound: 'Not found',
  FieldValueRequired: 'Required value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooShort: 'Too short',
  FieldValueTooMany: 'Too many',
  FieldValueTooFew: 'Too few',
  FieldValueTypeInvalid: 'Invalid value',
  InternalError: 'Internal error',
};

export const required = (path: ValidationPath, detail = ''): FieldError => ({
  reason: 'FieldValueRequired',
  path,
  detail,
});

export const forbidden = (path: ValidationPath, detail: string): FieldError => ({
  reason: 'FieldValueForbidden',
  path,
  detail,
});

/** A missing value is shown as the empty value of its type, so give `''` or `null` as the Go type has it. */
export const invalid = (path: ValidationPath, badValue: JsonValue, detail: string): FieldError => ({
  reason: 'FieldValueInvalid',
  path,
  badValue,
  detail,
});

export const duplicate = (path: ValidationPath, badValue: JsonValue): FieldError => ({
  reason: 'FieldValueDuplicate',
  path,
  badValue,
  detail: '',
});

export const notFound = (path: ValidationPath, badValue: JsonValue): FieldError => ({
  reason: 'FieldValueNotFound',
  path,
  badValue,
  detail: '',
});

/** `supported` is printed in the order given: upstream mostly sorts it. */
export const notSupported = (path: ValidationPath, badValue: JsonValue, supported: readonly string[]): FieldError => ({
  reason: 'FieldValueNotSupported',
  path,
  badValue,
  detail: supported.length === 0 ? '' : `supported values: ${supported.map((value) => quoteString(value)).join(', ')}`,
});

export const tooLong = (path: ValidationPath, maxBytes: number): FieldError => ({
  reason: 'FieldValueTooLong',
  path,
  detail: maxBytes < 0 ? 'value is too long' : `may not be more than ${maxBytes} ${maxBytes === 1 ? 'byte' : 'bytes'}`,
});

/** `actual` below 0 is not shown. */
export const tooMany = (path: ValidationPath, actual: number, max: number): FieldError => ({
  reason: 'FieldValueTooMany',
  path,
  ...(actual >= 0 ? { badValue: actual } : {}),
  detail: `must have at most ${max} ${max === 1 ? 'item' : 'items'}`,
});

export const internalError = (path: ValidationPath, detail: string): FieldError => ({
  reason: 'InternalError',
  path,
  detail,
});

/** Reasons that never show the value. */
const WITHOUT_VALUE: ReadonlySet<FieldErrorReason> = new Set([
  'FieldValueRequired',
  'FieldValueForbidden',
  'FieldValueTooLong',
  'FieldValueTooShort',
  'InternalError',
]);

/** The error without its field: `Invalid value: "x": must be…`, as in `causes[].message`. */
export function errorBody({ reason, badValue, detail }: FieldError): string {
  const value = WITHOUT_VALUE.has(reason) || badValue === undefined ? '' : `: ${showValue(badValue)}`;
  return `${WORDS[reason]}${value}${detail === '' ? '' : `: ${detail}`}`;
}

/** The whole error: `spec.replicas: Invalid value: -1: must be…`. */
export function formatFieldError(error: FieldError): string {
  return `${error.path.toString()}: ${errorBody(error)}`;
}

function showValue(value: JsonValue): string {
  if (typeof value === 'string') return quoteString(value);
  if (typeof value === 'object') return goJson(value);
  return typeof value === 'boolean' ? String(value) : formatGoNumber(value);
}

/** JSON as Go prints it: map keys sorted, `<`, `>` and `&` escaped. Structs keep the order they are given in. */
function goJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part)).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
