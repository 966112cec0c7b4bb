import type { JsonValue, Path } from '../base/json.ts';

/** What a value must be. A Quantity and an integer-or-string are types of their own, as in Go. */
export type SchemaType =
  | 'object' // with known fields (`properties`), or a map (`values`)
  | 'array'
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'quantity'
  | 'integerOrString'
  | 'any';

/**
 * What a field holds: made from the pinned release's types, or from the `openAPIV3Schema` of a CustomResourceDefinition.
 * Never changed once made. A type may hold itself (JSONSchemaProps does), so a schema is a graph, not a tree.
 */
export interface Schema {
  readonly type: SchemaType;
  /** `int32`, `int64`, `double`, `byte` (base64), `date-time`, `micro-time` (with six digits); a CRD may say others. */
  readonly format: string | undefined;
  /** Id of a built-in type, `apps/v1.DeploymentSpec`: where its descriptions are found. */
  readonly typeId: string | undefined;
  /** Known fields of an object; empty for a map. */
  readonly properties: ReadonlyMap<string, Schema>;
  readonly required: readonly string[];
  /** What a list holds. */
  readonly items: Schema | undefined;
  /** What every value of a map is. */
  readonly values: Schema | undefined;
  /** Unknown fields are kept (`x-kubernetes-preserve-unknown-fields`). */
  readonly preservesUnknownFields: boolean;
  readonly enum: readonly JsonValue[] | undefined;
  /** Whether the empty string is as good as no value, which a Go string without a pointer cannot tell apart. */
  readonly emptyMeansUnset: boolean;
  readonly bounds: SchemaBounds | undefined;
  /**
   * Who judges the value: `go` = decoded into a Go type, where null is as good as absent; `openapi` = checked against a
   * CRD's schema, which has its own words for a wrong type and allows null only where it is `nullable`.
   */
  readonly judgedBy: 'go' | 'openapi';
  readonly nullable: boolean;
  /** Of a kind: its `status` is dropped before it is looked at, so that only decoding can fail on it. */
  readonly ignoresStatus: boolean;
  /** How server-side apply merges a list; atomic where nothing is said. */
  readonly listType: 'atomic' | 'set' | 'map' | undefined;
  readonly listMapKeys: readonly string[];
  /** How server-side apply merges an object; granular where nothing is said. */
  readonly mapType: 'atomic' | 'granular' | undefined;
  /** Of a strategic merge patch: `merge`, `replace`, `retainKeys`. */
  readonly patchStrategies: readonly string[];
  readonly patchMergeKey: string | undefined;
  /** Texts of a CRD; those of built-in types are loaded apart (see descriptions.ts). */
  readonly description: string | undefined;
  /** Of a CRD's field; of a built-in one only where a list's map key needs it, as all other defaults live in the kinds. */
  readonly default: JsonValue | undefined;
}

/** Inclusive, but for the `exclusive…` ones. Lengths count characters (code points). */
export interface SchemaBounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly pattern?: RegExp;
}

const NO_PROPERTIES: ReadonlyMap<string, Schema> = new Map();
const NO_NAMES: readonly string[] = Object.freeze([]);

/** A schema with every field in its place; all schemas having one shape keeps the walker fast. */
export function makeSchema(type: SchemaType, judgedBy: Schema['judgedBy'], parts: Partial<Schema> = {}): Schema {
  return {
    type,
    format: parts.format,
    typeId: parts.typeId,
    properties: parts.properties ?? NO_PROPERTIES,
    required: parts.required ?? NO_NAMES,
    items: parts.items,
    values: parts.values,
    preservesUnknownFields: parts.preservesUnknownFields ?? false,
    enum: parts.enum,
    emptyMeansUnset: parts.emptyMeansUnset ?? false,
    bounds: parts.bounds,
    judgedBy,
    nullable: parts.nullable ?? judgedBy === 'go',
    ignoresStatus: parts.ignoresStatus ?? false,
    listType: parts.listType,
    listMapKeys: parts.listMapKeys ?? NO_NAMES,
    mapType: parts.mapType,
    patchStrategies: parts.patchStrategies ?? NO_NAMES,
    patchMergeKey: parts.patchMergeKey,
    description: parts.description,
    default: parts.default,
  };
}

/** Holds whatever it is given: RawExtension, a CRD's preserved fields. */
export const ANY_SCHEMA: Schema = makeSchema('any', 'go', { preservesUnknownFields: true });

/** One step into a schema: a field, a map's value, a list's item (any number, or `*`). */
export function stepInto(schema: Schema, key: string | number): Schema | undefined {
  if (schema.type === 'array') return typeof key === 'number' || key === '*' ? schema.items : undefined;
  if (schema.type === 'object') return schema.properties.get(String(key)) ?? schema.values;
  return undefined;
}

/** The schema of a field, or undefined where the path leads to nothing that the schema knows. */
export function fieldSchema(schema: Schema, path: Path): Schema | undefined {
  let current: Schema | undefined = schema;
  for (const key of path) {
    current = stepInto(current, key);
    if (current === undefined) return undefined;
  }
  return current;
}
