import type { Schema, SchemaBounds, SchemaType } from './schema.ts';
import { ANY_SCHEMA, makeSchema } from './schema.ts';
import type { EncodedField, EncodedFieldWithMarks, EncodedType, StructureChunk } from './structure-chunk.ts';

/** Types read from chunks so far, by id. */
export interface TypeTable {
  readonly types: Map<string, Schema>;
  /** Ids of the kinds among them: apiVersion, a dot, kind. */
  readonly kinds: Set<string>;
}

/** A type whose fields are still being read; others may already point at it. */
interface OpenType {
  readonly schema: Schema;
  readonly properties: Map<string, Schema>;
}

const LEAVES: Readonly<Record<string, readonly [SchemaType, string?]>> = {
  s: ['string'],
  y: ['string', 'byte'],
  t: ['string', 'date-time'],
  u: ['string', 'micro-time'],
  b: ['boolean'],
  i: ['integer', 'int32'],
  l: ['integer', 'int64'],
  I: ['integer'],
  d: ['number', 'double'],
  x: ['integerOrString'],
  q: ['quantity'],
};

const LIST_TYPES = { a: 'atomic', s: 'set', m: 'map' } as const;

/** Kinds that come from CRDs; everything else is decoded into Go types. */
function judgeOf(typeId: string): Schema['judgedBy'] {
  return /^gateway\.networking\.(?:x-)?k8s\.io\//.test(typeId) ? 'openapi' : 'go';
}

/** Adds a chunk's types to the table. The chunks that it builds on must be there already. */
export function readChunk(chunk: StructureChunk, table: TypeTable): void {
  const open = new Map<string, OpenType>();
  for (const [id, encoded] of Object.entries(chunk)) {
    const properties = new Map<string, Schema>();
    const schema = makeSchema('object', judgeOf(id), {
      typeId: id,
      properties,
      required: encoded.r,
      mapType: encoded.m === 'a' ? 'atomic' : undefined,
      ignoresStatus: encoded.k === 1,
    });
    open.set(id, { schema, properties });
    table.types.set(id, schema);
    if (encoded.k === 1) table.kinds.add(id);
  }
  for (const [id, encoded] of Object.entries(chunk)) fillProperties(encoded, open.get(id)!, table);
}

function fillProperties(encoded: EncodedType, { schema, properties }: OpenType, table: TypeTable): void {
  for (const [name, field] of Object.entries(encoded.p)) {
    properties.set(name, readField(field, schema.judgedBy, !schema.required.includes(name), table));
  }
}

/** Schemas without marks, by encoding: most fields share them. */
const plain = new Map<string, Schema>();

function readField(field: EncodedField, judgedBy: Schema['judgedBy'], optional: boolean, table: TypeTable): Schema {
  if (typeof field !== 'string') return readMarks(field, judgedBy, optional, table);
  if (field.startsWith('@')) return table.types.get(field.slice(1)) ?? ANY_SCHEMA;
  const key = `${judgedBy} ${field}`;
  const known = plain.get(key);
  if (known !== undefined) return known;
  const schema = readType(field, undefined, judgedBy, table);
  if (!field.includes('@')) plain.set(key, schema);
  return schema;
}

function readType(code: string, of: EncodedField | undefined, judgedBy: Schema['judgedBy'], table: TypeTable): Schema {
  const sign = code.charAt(0);
  if (sign === '@') return table.types.get(code.slice(1)) ?? ANY_SCHEMA;
  if (sign === '[')
    return makeSchema('array', judgedBy, { items: readField(of ?? code.slice(1), judgedBy, false, table) });
  if (sign === '{')
    return makeSchema('object', judgedBy, { values: readField(of ?? code.slice(1), judgedBy, false, table) });
  const leaf = LEAVES[sign];
  return leaf === undefined ? ANY_SCHEMA : makeSchema(leaf[0], judgedBy, { format: leaf[1] });
}

function readMarks(
  field: EncodedFieldWithMarks,
  judgedBy: Schema['judgedBy'],
  optional: boolean,
  table: TypeTable,
): Schema {
  const type = readType(field.t, field.of, judgedBy, table);
  return {
    ...type,
    enum: field.e,
    emptyMeansUnset: optional && judgedBy === 'go',
    bounds: readBounds(field),
    listType: field.l === undefined ? undefined : LIST_TYPES[field.l],
    listMapKeys: field.ks ?? type.listMapKeys,
    mapType: field.m === 'a' ? 'atomic' : type.mapType,
    patchStrategies: field.ps?.split(',') ?? type.patchStrategies,
    patchMergeKey: field.pk,
    default: field.df,
  };
}

function readBounds(field: EncodedFieldWithMarks): SchemaBounds | undefined {
  const bounds = {
    ...(field.min !== undefined && { minimum: field.min }),
    ...(field.max !== undefined && { maximum: field.max }),
    ...(field.minL !== undefined && { minLength: field.minL }),
    ...(field.maxL !== undefined && { maxLength: field.maxL }),
    ...(field.minI !== undefined && { minItems: field.minI }),
    ...(field.maxI !== undefined && { maxItems: field.maxI }),
    ...(field.minP !== undefined && { minProperties: field.minP }),
    ...(field.maxP !== undefined && { maxProperties: field.maxP }),
    ...(field.pat !== undefined && { pattern: new RegExp(field.pat, 'u') }),
  };
  return Object.keys(bounds).length === 0 ? undefined : bounds;
}
