/**
 * A chunk of the generated schema: its types by id (`apps/v1.DeploymentSpec`, see generate/type-id.mjs), in a compact
 * form, since it is what a page loads. `schema-types.ts` reads it into `Schema`.
 */
export type StructureChunk = Readonly<Record<string, EncodedType>>;

export interface EncodedType {
  /** Properties. */
  readonly p: Readonly<Record<string, EncodedField>>;
  /** Required ones. */
  readonly r?: readonly string[];
  /** Merged as a whole by server-side apply. */
  readonly m?: 'a';
  /** A kind: objects carry its apiVersion and kind. */
  readonly k?: 1;
}

/**
 * A field: only its type, or its type with what else is known of it. A type is one sign:
 *
 * | s string | y base64 bytes | t RFC 3339 time | u the same with microseconds | b boolean | i int32 | l int64 |
 * | I integer | d number | x integer or string | q quantity | * anything | @id a type | [ list of | { map to |
 *
 * The last two are followed by what they hold (`[@v1.Container`, `{q`), or stand alone with it in `of`.
 */
export type EncodedField = string | EncodedFieldWithMarks;

export interface EncodedFieldWithMarks {
  readonly t: string;
  readonly of?: EncodedField;
  /** Allowed values. */
  readonly e?: readonly string[];
  /** List type: atomic, set or map; with the keys of a map. */
  readonly l?: 'a' | 's' | 'm';
  readonly ks?: readonly string[];
  readonly m?: 'a';
  /** Patch strategy (`merge,retainKeys`) and merge key. */
  readonly ps?: string;
  readonly pk?: string;
  /** Default; only where a list's map key needs it. */
  readonly df?: string;
  /** Bounds. */
  readonly min?: number;
  readonly max?: number;
  readonly minL?: number;
  readonly maxL?: number;
  readonly pat?: string;
  readonly minI?: number;
  readonly maxI?: number;
  readonly minP?: number;
  readonly maxP?: number;
}

/** By type id: the text about the type, and about each of its fields. */
export type DescriptionChunk = Readonly<
  Record<string, readonly [type: string, fields: Readonly<Record<string, string>>]>
>;
