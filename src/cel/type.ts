/**
 * A type of CEL: `list` and `map` have parameters, `struct` is an object with known fields, `opaque` a type of Kubernetes'
 * libraries, `param` a type variable.
 * Source: github.com/google/cel-go/common/types/types.go and checker/types.go, as vendored by 1.36.
 */
export interface CelType {
  readonly kind: 'scalar' | 'dyn' | 'error' | 'null' | 'list' | 'map' | 'opaque' | 'struct' | 'param' | 'type';
  readonly name: string;
  readonly params: readonly CelType[];
  /** The fields of a struct, made when they are first asked for; undefined for a struct that takes any field. */
  readonly fields?: ReadonlyMap<string, CelType> | undefined;
}

const simple = (name: string, kind: CelType['kind'] = 'scalar'): CelType => ({ kind, name, params: [] });

export const DYN = simple('dyn', 'dyn');
/** Of a value of which nothing is known, not even that it could be gone through. */
export const ANY = simple('google.protobuf.Any', 'dyn');
export const ERROR = simple('*error*', 'error');
export const BOOL = simple('bool');
export const INT = simple('int');
export const UINT = simple('uint');
export const DOUBLE = simple('double');
export const STRING = simple('string');
export const BYTES = simple('bytes');
export const NULL = simple('null_type', 'null');
export const TIMESTAMP = simple('google.protobuf.Timestamp');
export const DURATION = simple('google.protobuf.Duration');

export const listOf = (item: CelType): CelType => ({ kind: 'list', name: 'list', params: [item] });
export const mapOf = (key: CelType, value: CelType): CelType => ({ kind: 'map', name: 'map', params: [key, value] });
export const optionalOf = (value: CelType): CelType => opaque('optional_type', value);
export const typeOf = (value: CelType): CelType => ({ kind: 'type', name: 'type', params: [value] });
export const param = (name: string): CelType => simple(name, 'param');
export const opaque = (name: string, ...params: readonly CelType[]): CelType => ({ kind: 'opaque', name, params });
export const struct = (name: string, fields?: ReadonlyMap<string, CelType>): CelType => ({
  kind: 'struct',
  name,
  params: [],
  fields,
});

export const isOptional = (type: CelType): boolean => type.kind === 'opaque' && type.name === 'optional_type';
export const isDynOrError = (type: CelType): boolean => type.kind === 'dyn' || type.kind === 'error';

/** As an error of the checker names it: `list(int)`, `timestamp`. */
export function formatType(type: CelType): string {
  if (type.kind === 'null') return 'null';
  if (type === ANY) return 'any';
  if (type.kind === 'error') return '!error!';
  if (type === TIMESTAMP) return 'timestamp';
  if (type === DURATION) return 'duration';
  return type.params.length === 0 ? type.name : `${type.name}(${type.params.map(formatType).join(', ')})`;
}

/** As Go's `Type.String` has it, where the result of an expression is of the wrong type. */
export function typeString(type: CelType): string {
  return type.params.length === 0 ? type.name : `${type.name}(${type.params.map(typeString).join(', ')})`;
}

export function sameType(a: CelType, b: CelType): boolean {
  return (
    a === b ||
    (a.kind === b.kind &&
      a.name === b.name &&
      a.params.length === b.params.length &&
      a.params.every((type, index) => sameType(type, b.params[index]!)))
  );
}
