import { EvaluationError } from './evaluation-error.ts';
import { fieldSpokenOf } from './field-name.ts';
import type { Value } from './value.ts';
import { NONE, heldBy, isList, isMap, keyOf, numberOf, some, special, typeNameOf } from './value.ts';

/**
 * What a key or index of a value stands for; of an optional, or asked for optionally, an optional.
 * Source: interpreter/attributes.go `refQualify` of cel-go 0.26. Throws `EvaluationError` where there is nothing.
 */
export function qualify(object: Value, key: Value, isAsked: boolean, isField = false): Value {
  const isOptional = isAsked || special(object)?.type === 'optional_type';
  const value = heldBy(object)?.value ?? object;
  const found = find(value, key, isField);
  if (isOptional) return found === undefined ? NONE : some(found);
  if (found !== undefined) return found;
  throw new EvaluationError(`${isList(value) ? 'index out of bounds' : 'no such key'}: ${shown(key)}`);
}

function find(value: Value, key: Value, isField: boolean): Value | undefined {
  if (isMap(value)) {
    const name = isField && typeof key === 'string' ? fieldSpokenOf(key, (one) => value.has(one)) : keyOf(key);
    return value.get(name);
  }
  return isList(value) ? value[indexOf(key)] : undefined;
}

function indexOf(key: Value): number {
  const number = numberOf(key);
  if (number === undefined) throw new EvaluationError(`unsupported index type '${typeNameOf(key)}' in list`);
  if (typeof number === 'number' && !Number.isInteger(number))
    throw new EvaluationError(`unsupported index value ${shown(key)} in list`);
  return Number(number);
}

const shown = (key: Value): string => String(numberOf(key) ?? key);
