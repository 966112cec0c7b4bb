import type { JsonObject } from '../base/json.ts';
import { jsonEqual } from '../base/json.ts';
import type { EvaluationError } from './evaluation-error.ts';

/**
 * A value at evaluation: an int is a bigint, a double a number, a map or object a Map, a uint and the types of libraries are
 * objects with a `type`.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly Value[]
  | ReadonlyMap<Value, Value>
  | Special;

/** What comes of an expression. */
export type Outcome = Value | EvaluationError;

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
  return isMap(value) ? (structTypes.get(value) ?? 'map') : value.type;
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

type SameItem = (a: Value, b: Value) => boolean;
const identities = new WeakMap<readonly Value[], SameItem>();
const unknownFields = new WeakMap<ReadonlyMap<Value, Value>, JsonObject>();
const structTypes = new WeakMap<ReadonlyMap<Value, Value>, string>();

/**
 * The list as one whose items are told apart by `same`: a set, or a list with keys. Their order does not count, and none
 * is added twice. Source: staging/src/k8s.io/apiserver/pkg/cel/common/valuesunstructured.go, 1.36.
 */
export function withIdentity(list: readonly Value[], same: SameItem): readonly Value[] {
  identities.set(list, same);
  return list;
}

export function concat(a: readonly Value[], b: readonly Value[]): readonly Value[] {
  const same = identities.get(a);
  if (same === undefined) return [...a, ...b];
  const items = [...a];
  for (const item of b) {
    const at = items.findIndex((own) => same(own, item));
    if (at < 0) items.push(item);
    else items[at] = item;
  }
  return withIdentity(items, same);
}

/** The object with fields that rules do not see, but that tell it from another. */
export function withUnknown(object: ReadonlyMap<Value, Value>, unknown: JsonObject): ReadonlyMap<Value, Value> {
  unknownFields.set(object, unknown);
  return object;
}

/** The object as one of a type: `Object.spec`, `JSONPatch`. */
export function ofStructType(fields: ReadonlyMap<Value, Value>, type: string): ReadonlyMap<Value, Value> {
  structTypes.set(fields, type);
  return fields;
}

/** The type as which an object was written; undefined for a map. */
export const structTypeOf = (map: ReadonlyMap<Value, Value>): string | undefined => structTypes.get(map);

/** Entries, those that rules do not see among them. */
export const sizeOfMap = (map: ReadonlyMap<Value, Value>): number =>
  map.size + Object.keys(unknownFields.get(map) ?? {}).length;

function equalLists(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  const same = identities.get(a);
  if (same === undefined) return a.every((item, index) => equals(item, b[index]!));
  return b.every((item) => a.some((own) => same(own, item) && equals(own, item)));
}

function equalMaps(a: ReadonlyMap<Value, Value>, b: ReadonlyMap<Value, Value>): boolean {
  if (structTypes.get(a) !== structTypes.get(b)) return false;
  const [unknown, other] = [unknownFields.get(a) ?? {}, unknownFields.get(b) ?? {}];
  const names = Object.keys(unknown);
  if (a.size + names.length !== b.size + Object.keys(other).length) return false;
  return (
    [...a].every(([key, value]) => b.has(key) && equals(value, b.get(key)!)) &&
    names.every((name) => other[name] === undefined || jsonEqual(unknown[name], other[name]))
  );
}

export function equals(a: Value, b: Value): boolean {
  if (a === b) return true;
  const [left, right] = [numberOf(a), numberOf(b)];
  // oxlint-disable-next-line eqeqeq
  if (left !== undefined && right !== undefined) return left == right;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array)
    return a instanceof Uint8Array && b instanceof Uint8Array && a.join() === b.join();
  if (isList(a)) return isList(b) && equalLists(a, b);
  if (isMap(a)) return isMap(b) && equalMaps(a, b);
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
