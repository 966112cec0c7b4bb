import { readDuration } from '../../apimachinery/duration.ts';
import { formatTime, parseTime } from '../../apimachinery/time.ts';
import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { bigOf, duration, isList, isMap, special, typeNameOf, typeValue, uint } from '../value.ts';
import type { Implementation } from './operators.ts';
import { int, ranged } from './operators.ts';

const SECOND = 1_000_000_000n;
const DURATION = 'google.protobuf.Duration';
const TIMESTAMP = 'google.protobuf.Timestamp';

export function stringOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
  if (value instanceof Uint8Array) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(value);
    } catch {
      throw new EvaluationError('invalid UTF-8 in bytes, cannot convert to string');
    }
  }
  const own = special(value);
  if (own?.type === 'uint' || own?.type === 'type') return String(own.value);
  const span = bigOf(value, DURATION);
  if (span !== undefined) return secondsOf(span);
  const time = bigOf(value, TIMESTAMP);
  if (time !== undefined) return formatTime(time);
  const named = own?.value as { readonly toString?: () => string } | null | undefined;
  if (own?.type === 'net.IP' || own?.type === 'net.CIDR') return String(named);
  throw noSuchOverload();
}

const conversionError = (type: string): string => `type conversion error from ${"'string'"} to '${type}'`;

function secondsOf(span: bigint): string {
  const size = span < 0n ? -span : span;
  const rest = String(size % SECOND)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${span < 0n ? '-' : ''}${size / SECOND}${rest === '' ? '' : `.${rest}`}s`;
}

function toInt([value]: readonly Value[]): Value {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') {
    if (!(Math.abs(value) < 2 ** 63)) throw new EvaluationError('integer overflow');
    return BigInt(Math.trunc(value));
  }
  const unsigned = bigOf(value!, 'uint');
  if (unsigned !== undefined) return int(unsigned);
  const time = bigOf(value!, TIMESTAMP);
  if (time !== undefined) return (time - (((time % SECOND) + SECOND) % SECOND)) / SECOND;
  const span = bigOf(value!, DURATION);
  if (span !== undefined) return span;
  if (typeof value !== 'string') throw noSuchOverload();
  if (!/^[+-]?\d+$/.test(value)) throw new EvaluationError(conversionError('int'));
  const whole = BigInt(value.replace(/^\+/, ''));
  if (whole !== BigInt.asIntN(64, whole)) throw new EvaluationError(conversionError('int'));
  return whole;
}

function toUint([value]: readonly Value[]): Value {
  if (bigOf(value!, 'uint') !== undefined) return value!;
  const isText = typeof value === 'string';
  if (isText && !(/^\d+$/.test(value) && BigInt(value) < 2n ** 64n)) throw new EvaluationError(conversionError('uint'));
  if (!isText && typeof value !== 'bigint' && typeof value !== 'number') throw noSuchOverload();
  const whole = BigInt(typeof value === 'number' ? Math.trunc(value) : value);
  if (whole < 0n || whole >= 2n ** 64n) throw new EvaluationError('unsigned integer overflow');
  return uint(whole);
}

function toDouble([value]: readonly Value[]): Value {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  const unsigned = bigOf(value!, 'uint');
  if (unsigned !== undefined) return Number(unsigned);
  if (typeof value !== 'string') throw noSuchOverload();
  if (value.trim() === '' || Number.isNaN(Number(value))) throw new EvaluationError(conversionError('double'));
  return Number(value);
}

function toBool([value]: readonly Value[]): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') throw noSuchOverload();
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false;
  throw new EvaluationError(conversionError('bool'));
}

export function durationOf(value: Value | undefined): Value {
  if (bigOf(value!, DURATION) !== undefined) return value!;
  if (typeof value === 'bigint') return duration(value);
  if (typeof value !== 'string') throw noSuchOverload();
  const read = readDuration(value);
  if (typeof read === 'string') throw new EvaluationError(read);
  return duration(read);
}

export function timestampOf(value: Value | undefined): Value {
  if (bigOf(value!, TIMESTAMP) !== undefined) return value!;
  if (typeof value === 'bigint') return ranged(value * SECOND);
  if (typeof value !== 'string') throw noSuchOverload();
  const moment = parseTime(value);
  if (moment === undefined) throw new EvaluationError(conversionError('google.protobuf.Timestamp'));
  return ranged(moment);
}

function sizeOf([value]: readonly Value[]): Value {
  if (typeof value === 'string') return BigInt([...value].length);
  if (value instanceof Uint8Array || isList(value!)) return BigInt(value.length);
  if (isMap(value!)) return BigInt(value.size);
  throw noSuchOverload();
}

export const CONVERSIONS: Readonly<Record<string, Implementation>> = {
  size: sizeOf,
  type: ([value]) => typeValue(typeNameOf(value!)),
  dyn: ([value]) => value!,
  int: toInt,
  uint: toUint,
  double: toDouble,
  bool: toBool,
  string: ([value]) => stringOf(value!),
  bytes: ([value]) => (typeof value === 'string' ? new TextEncoder().encode(value) : value!),
  duration: ([value]) => durationOf(value),
  timestamp: ([value]) => timestampOf(value),
};
