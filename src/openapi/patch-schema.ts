import type { PatchSchema, PatchStrategy } from '../apimachinery/patch/patch-schema.ts';
import { anySchema } from '../apimachinery/patch/patch-schema.ts';
import type { Schema, SchemaType } from './schema.ts';

const made = new WeakMap<Schema, PatchSchema>();

/** A schema as strategic merge and server-side apply want to see it; the same object for the same schema. */
export function patchSchemaOf(schema: Schema): PatchSchema {
  const known = made.get(schema);
  if (known !== undefined) return known;
  const patchSchema = makePatchSchema(schema);
  made.set(schema, patchSchema);
  return patchSchema;
}

function makePatchSchema(schema: Schema): PatchSchema {
  const common = {
    ...(schema.typeId !== undefined && { typeName: schema.typeId.slice(schema.typeId.lastIndexOf('.') + 1) }),
    ...(schema.patchStrategies.length > 0 && { patchStrategy: schema.patchStrategies.filter(isPatchStrategy) }),
    ...(schema.patchMergeKey !== undefined && { patchMergeKey: schema.patchMergeKey }),
    ...(schema.listType !== undefined && { listType: schema.listType }),
    ...(schema.listMapKeys.length > 0 && { listMapKeys: schema.listMapKeys }),
    ...(schema.mapType !== undefined && { mapType: schema.mapType }),
    ...(schema.default !== undefined && { default: schema.default }),
  };
  // What Go keeps raw is owned as a whole; what a CRD preserves, field by field.
  if (schema.type === 'any') return anySchema(schema.judgedBy === 'go' ? 'atomic' : 'granular', common);
  if (schema.type === 'array') {
    const items = schema.items;
    return { ...common, shape: 'list', field: () => undefined, items: () => items && patchSchemaOf(items) };
  }
  if (schema.type === 'object') {
    const shape = schema.properties.size === 0 && schema.values !== undefined ? 'map' : 'struct';
    return { ...common, shape, field: (name) => fieldOf(schema, name), items: () => undefined };
  }
  return {
    ...common,
    shape: 'scalar',
    scalarType: SCALAR_TYPES[schema.type],
    field: () => undefined,
    items: () => undefined,
  };
}

function fieldOf(schema: Schema, name: string): PatchSchema | undefined {
  const field = schema.properties.get(name) ?? schema.values;
  if (field !== undefined) return patchSchemaOf(field);
  return schema.preservesUnknownFields ? anySchema('granular') : undefined;
}

const SCALAR_TYPES: Readonly<Record<Exclude<SchemaType, 'any' | 'array' | 'object'>, PatchSchema['scalarType']>> = {
  string: 'string',
  integer: 'numeric',
  number: 'numeric',
  boolean: 'boolean',
  quantity: 'untyped',
  integerOrString: 'untyped',
};

function isPatchStrategy(word: string): word is PatchStrategy {
  return word === 'merge' || word === 'replace' || word === 'retainKeys';
}
