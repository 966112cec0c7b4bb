import type { JsonValue, Path } from '../base/json.ts';

/**
 * What is wrong with a value, seen from its schema alone. Go refuses to decode `type` and `unknownField` (status 400,
 * before anything else is looked at); the reasons that begin with `FieldValue` are those of a validation (422).
 */
export type StructureError = { readonly path: Path } & StructureProblem;

export type StructureProblem =
  /** The type has no such field. `path` ends with it. */
  | { readonly reason: 'unknownField' }
  /** Go cannot decode the value into its type. */
  | { readonly reason: 'type'; readonly expected: ExpectedType; readonly value: JsonValue }
  /** The value is not of the type that a CRD's schema names. */
  | { readonly reason: 'FieldValueTypeInvalid'; readonly expected: ExpectedType; readonly value: JsonValue }
  /** A required field is missing; `path` ends with it. */
  | { readonly reason: 'FieldValueRequired' }
  | { readonly reason: 'FieldValueNotSupported'; readonly value: JsonValue; readonly supported: readonly JsonValue[] }
  /** A rule of a CRD's schema is broken; `limit` is its number, pattern or format. */
  | {
      readonly reason: BoundReason;
      readonly rule: BoundRule;
      readonly limit: number | string;
      readonly value: JsonValue;
    };

export type BoundReason = 'FieldValueInvalid' | 'FieldValueTooLong' | 'FieldValueTooMany' | 'FieldValueDuplicate';

export type BoundRule =
  | 'minimum'
  | 'exclusiveMinimum'
  | 'maximum'
  | 'exclusiveMaximum'
  | 'multipleOf'
  | 'minLength'
  | 'maxLength'
  | 'pattern'
  | 'minItems'
  | 'maxItems'
  | 'uniqueItems'
  | 'minProperties'
  | 'maxProperties'
  | 'format'
  | 'listType'
  | 'depth';

/** What a value should have been: JSON's types, and the Go types that are narrower. */
export type ExpectedType =
  | 'object'
  | 'array'
  | 'string'
  | 'boolean'
  | 'number'
  | 'integer'
  | 'int32'
  | 'int64'
  | 'quantity'
  | 'integerOrString'
  | 'base64'
  | 'dateTime'
  | 'microTime';
