import { formatTime } from '../apimachinery/time.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { EvaluationError } from './evaluation-error.ts';
import { stringOf } from './library/conversions.ts';
import type { Value } from './value.ts';
import { bigOf, heldBy, isList, isMap, special, typeNameOf } from './value.ts';

/**
 * A value as JSON: bytes as base64, times and durations as text, the keys of maps as text. Throws `EvaluationError` for what
 * JSON has no form of. Source: `ConvertToNative` of common/types of cel-go 0.26 for `structpb.Value`.
 */
export function jsonOf(value: Value): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return integer(value);
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  if (isList(value)) return value.map(jsonOf);
  if (isMap(value)) return objectOf(value);
  const unsigned = bigOf(value, 'uint');
  if (unsigned !== undefined) return integer(unsigned);
  const moment = bigOf(value, 'google.protobuf.Timestamp');
  if (moment !== undefined) return formatTime(moment);
  if (bigOf(value, 'google.protobuf.Duration') !== undefined) return stringOf(value);
  if (special(value)?.type === 'optional_type') {
    const held = heldBy(value);
    return held === undefined ? null : jsonOf(held.value);
  }
  throw new EvaluationError(`unsupported conversion from ${typeNameOf(value)} to JSON`);
}

const integer = (value: bigint): JsonValue => (BigInt.asIntN(54, value) === value ? Number(value) : value);

function objectOf(map: ReadonlyMap<Value, Value>): JsonObject {
  return Object.fromEntries([...map].map(([key, own]) => [typeof key === 'string' ? key : stringOf(key), jsonOf(own)]));
}
