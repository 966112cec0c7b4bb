import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { bigOf, duration, equals, concat, isList, isMap, keyOf, numberOf, timestamp, uint } from '../value.ts';

/** What a function of a library does with its arguments; of a member the receiver is the first. */
export type Implementation = (args: readonly Value[]) => Value;

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

export function int(value: bigint): bigint {
  if (value < MIN || value > MAX) throw new EvaluationError('integer overflow');
  return value;
}

/** The first second of the year 1, and the last of the year 9999. */
const [EARLIEST, LATEST] = [-62_135_596_800n * 1_000_000_000n, 253_402_300_800n * 1_000_000_000n - 1n];

/** Source: common/types/overflow.go of cel-go 0.26. */
export function ranged(moment: bigint): Value {
  if (moment < EARLIEST || moment > LATEST) throw new EvaluationError('timestamp overflow');
  return timestamp(moment);
}

function unsigned(value: bigint): Value {
  if (value < 0n || value > MAX_UINT) throw new EvaluationError('unsigned integer overflow');
  return uint(value);
}

const DURATION = 'google.protobuf.Duration';
const TIMESTAMP = 'google.protobuf.Timestamp';

type Sign = '+' | '-' | '*' | '/' | '%';

function arithmetic(sign: Sign): Implementation {
  return ([a, b]) => {
    if (typeof a === 'bigint' && typeof b === 'bigint') return int(whole(sign, a, b));
    if (typeof a === 'number' && typeof b === 'number' && sign !== '%') return floating(sign, a, b);
    const [left, right] = [bigOf(a!, 'uint'), bigOf(b!, 'uint')];
    if (left !== undefined && right !== undefined) return unsigned(whole(sign, left, right));
    if (sign === '+') return plus(a!, b!);
    if (sign === '-') return minus(a!, b!);
    throw noSuchOverload();
  };
}

function whole(sign: Sign, a: bigint, b: bigint): bigint {
  if (sign === '+') return a + b;
  if (sign === '-') return a - b;
  if (sign === '*') return a * b;
  if (b === 0n) throw new EvaluationError(sign === '/' ? 'division by zero' : 'modulus by zero');
  return sign === '/' ? a / b : a % b;
}

function floating(sign: Sign, a: number, b: number): number {
  if (sign === '+') return a + b;
  if (sign === '-') return a - b;
  return sign === '*' ? a * b : a / b;
}

function plus(a: Value, b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Uint8Array.from([...a, ...b]);
  if (isList(a) && isList(b)) return concat(a, b);
  const [spanA, spanB] = [bigOf(a, DURATION), bigOf(b, DURATION)];
  const [timeA, timeB] = [bigOf(a, TIMESTAMP), bigOf(b, TIMESTAMP)];
  if (spanA !== undefined && spanB !== undefined) return duration(int(spanA + spanB));
  if (timeA !== undefined && spanB !== undefined) return ranged(timeA + spanB);
  if (spanA !== undefined && timeB !== undefined) return ranged(spanA + timeB);
  throw noSuchOverload();
}

function minus(a: Value, b: Value): Value {
  const [spanA, spanB] = [bigOf(a, DURATION), bigOf(b, DURATION)];
  const [timeA, timeB] = [bigOf(a, TIMESTAMP), bigOf(b, TIMESTAMP)];
  if (spanA !== undefined && spanB !== undefined) return duration(int(spanA - spanB));
  if (timeA !== undefined && spanB !== undefined) return ranged(timeA - spanB);
  if (timeA !== undefined && timeB !== undefined) return duration(int(timeA - timeB));
  throw noSuchOverload();
}

/** Below 0, 0 or above; NaN where doubles have no order. */
export function compare(a: Value, b: Value): number {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== undefined && right !== undefined) return order(left, right);
  if (typeof a === 'string' && typeof b === 'string') return order(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  for (const type of [DURATION, TIMESTAMP]) {
    const [one, two] = [bigOf(a, type), bigOf(b, type)];
    if (one !== undefined && two !== undefined) return order(one, two);
  }
  throw noSuchOverload();
}

function order<T extends bigint | number | string>(a: T, b: T): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return a >= b ? 0 : Number.NaN;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at === -1 ? a.length - b.length : a[at]! - (b[at] ?? -1);
}

function isIn([a, b]: readonly Value[]): boolean {
  if (isMap(b!)) return b.has(keyOf(a!));
  if (isList(b!)) return b.some((item) => equals(item, a!));
  throw noSuchOverload();
}

export const OPERATORS: Readonly<Record<string, Implementation>> = {
  '_+_': arithmetic('+'),
  '_-_': arithmetic('-'),
  '_*_': arithmetic('*'),
  '_/_': arithmetic('/'),
  '_%_': arithmetic('%'),
  '_==_': ([a, b]) => equals(a!, b!),
  '_!=_': ([a, b]) => !equals(a!, b!),
  '_<_': ([a, b]) => compare(a!, b!) < 0,
  '_<=_': ([a, b]) => compare(a!, b!) <= 0,
  '_>_': ([a, b]) => compare(a!, b!) > 0,
  '_>=_': ([a, b]) => compare(a!, b!) >= 0,
  '@in': isIn,
  '!_': ([a]) => {
    if (typeof a !== 'boolean') throw noSuchOverload();
    return !a;
  },
  '-_': ([a]) => {
    if (typeof a === 'number') return -a;
    if (typeof a !== 'bigint') throw noSuchOverload();
    return int(-a);
  },
};
