/**
 * A value at evaluation: an int is a bigint, a double a number, a map or object a Map, a uint and the types of libraries are
 * objects with a `type`.
 */
export type Value =
  null | boolean | bigint | number | string | Uint8Array | readonly Value[] | ReadonlyMap<Value, Value> | Special;

/** Whatever has a type of its own. `value` is the number, the nanoseconds, the name of a type, the library's object. */
export interface Special {
  readonly type: string;
  readonly value: unknown;
}

export const uint = (value: bigint): Special => ({ type: 'uint', value });
export const duration = (nanoseconds: bigint): Special => ({ type: 'google.protobuf.Duration', value: nanoseconds });
export const timestamp = (nanoseconds: bigint): Special => ({ type: 'google.protobuf.Timestamp', value: nanoseconds });
export const typeValue = (name: string): Special => ({ type: 'type', value: name });
export const some = (value: Value): Special => ({ type: 'optional_type', value: { value } });
export const NONE: Special = { type: 'optional_type', value: undefined };

export function typeNameOf(value: Value): string {
  if (value === null) return 'null_type';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'string') return 'string';
  if (value instanceof Uint8Array) return 'bytes';
  if (isList(value)) return 'list';
  return isMap(value) ? 'map' : value.type;
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isMap = (value: Value): value is ReadonlyMap<Value, Value> => value instanceof Map;

export function special(value: Value): Special | undefined {
  const isOther = typeof value !== 'object' || value === null || value instanceof Uint8Array;
  return isOther || isList(value) || isMap(value) ? undefined : value;
}

/** The bigint in a value of a type: of a uint, a duration, a timestamp. */
export function bigOf(value: Value, type: string): bigint | undefined {
  const own = special(value);
  return own?.type === type && typeof own.value === 'bigint' ? own.value : undefined;
}

/** What an optional holds; undefined for one that holds nothing. */
export function heldBy(value: Value): { readonly value: Value } | undefined {
  const own = special(value);
  return own?.type === 'optional_type' ? (own.value as { readonly value: Value } | undefined) : undefined;
}

/** A number of any of the three types. */
export function numberOf(value: Value): bigint | number | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return bigOf(value, 'uint');
}

export function equals(a: Value, b: Value): boolean {
  if (a === b) return true;
  const [left, right] = [numberOf(a), numberOf(b)];
  // oxlint-disable-next-line eqeqeq
  if (left !== undefined && right !== undefined) return left == right;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array)
    return a instanceof Uint8Array && b instanceof Uint8Array && a.join() === b.join();
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => equals(item, b[index]!));
  if (isMap(a)) {
    if (!isMap(b) || a.size !== b.size) return false;
    return [...a].every(([key, value]) => b.has(key) && equals(value, b.get(key)!));
  }
  return sameSpecial(a, special(b));
}

function sameSpecial(a: Special, b: Special | undefined): boolean {
  if (b === undefined || a.type !== b.type) return false;
  if (a.type === 'optional_type') {
    const [left, right] = [heldBy(a), heldBy(b)];
    return left === undefined || right === undefined ? left === right : equals(left.value, right.value);
  }
  const compared = a.value as { readonly compareTo?: (other: unknown) => number } | null;
  return compared?.compareTo === undefined ? a.value === b.value : compared.compareTo(b.value) === 0;
}

/** The key under which a map holds a value: numbers of all types are one. */
export function keyOf(value: Value): Value {
  const number = numberOf(value);
  if (typeof number === 'number') return Number.isInteger(number) ? BigInt(number) : number;
  return number ?? value;
}
