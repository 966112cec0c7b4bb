import { quantityProblem, readQuantityField } from '../apimachinery/quantity.ts';
import type { Schema } from './schema.ts';
import type { ExpectedType } from './structure-error.ts';

/** What a scalar should have been, or undefined when it is right. */
export function scalarProblem(value: unknown, schema: Schema): ExpectedType | undefined {
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' ? stringProblem(value, schema) : 'string';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'boolean';
    case 'integer':
      return integerProblem(value, schema.format);
    case 'number':
      return isNumber(value) ? undefined : 'number';
    case 'quantity':
      return isQuantity(value) ? undefined : 'quantity';
    case 'integerOrString':
      return typeof value === 'string' || isInteger(value, schema.judgedBy === 'go' ? 'int32' : undefined)
        ? undefined
        : 'integerOrString';
    default:
      return undefined;
  }
}

function stringProblem(value: string, schema: Schema): ExpectedType | undefined {
  if (schema.format === undefined || schema.judgedBy !== 'go') return undefined;
  if (schema.format === 'byte') return isBase64(value) ? undefined : 'base64';
  if (schema.format === 'date-time') return isTime(value) ? undefined : 'dateTime';
  if (schema.format === 'micro-time') return isMicroTime(value) ? undefined : 'microTime';
  return undefined;
}

function integerProblem(value: unknown, format: string | undefined): ExpectedType | undefined {
  if (isInteger(value, format)) return undefined;
  return format === 'int32' || format === 'int64' ? format : 'integer';
}

const INT64_MAX = (1n << 63n) - 1n;
const INT64_MIN = -(1n << 63n);

/** Integers are numbers, or bigints beyond 2^53. 64 bits are the most that Go decodes, whatever the format. */
function isInteger(value: unknown, format: string | undefined): boolean {
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return false;
    if (format === 'int32') return value >= -2147483648 && value <= 2147483647;
    return value >= -9223372036854775808 && value < 9223372036854775808;
  }
  return typeof value === 'bigint' && format !== 'int32' && value >= INT64_MIN && value <= INT64_MAX;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
}

/** Most quantities are a few digits and a suffix; the exact reader is for the rest. */
const COMMON_QUANTITY = /^[0-9]{1,9}(?:m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;

function isQuantity(value: unknown): boolean {
  if (typeof value === 'string')
    return (
      COMMON_QUANTITY.test(value) ||
      quantityProblem(value) === undefined ||
      typeof readQuantityField(value) !== 'string'
    );
  return isNumber(value) && typeof readQuantityField(value as number) !== 'string';
}

/**
 * What Go's base64.StdEncoding decodes: padded, line ends left out of account.
 * Source: encoding/base64 and encoding/json of Go.
 */
export function isBase64(text: string): boolean {
  const digits = text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]/g, '') : text;
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})([.,]\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/;

/** metav1.Time: RFC 3339. Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/time.go, 1.36. */
export function isTime(text: string): boolean {
  const match = RFC3339.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [zoneHour, zoneMinute] = [Number(match[8] ?? 0), Number(match[9] ?? 0)];
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    zoneHour <= 24 &&
    zoneMinute < 60
  );
}

/** metav1.MicroTime: with exactly six digits of a second. Source: micro_time.go beside time.go. */
function isMicroTime(text: string): boolean {
  return /:\d{2}\.\d{6}(?:Z|[+-])/.test(text) && isTime(text);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
