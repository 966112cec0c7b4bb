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
    let known: PatchSchema | undefined;
    return {
      ...common,
      shape: 'list',
      field: () => undefined,
      items: () => (known ??= items && patchSchemaOf(items)),
    };
  }
  if (schema.type === 'object') {
    const shape = schema.properties.size === 0 && schema.values !== undefined ? 'map' : 'struct';
    return { ...common, shape, field: fieldsOf(schema), items: () => undefined };
  }
  return {
    ...common,
    shape: 'scalar',
    scalarType: SCALAR_TYPES[schema.type],
    field: () => undefined,
    items: () => undefined,
  };
}

/** Fields by name, each made when it is asked for first: they are asked for by the million. */
function fieldsOf(schema: Schema): PatchSchema['field'] {
  const { properties, values } = schema;
  const declared = new Map<string, PatchSchema>();
  const other = (): PatchSchema | undefined => {
    if (values !== undefined) return patchSchemaOf(values);
    return schema.preservesUnknownFields ? anySchema('granular') : undefined;
  };
  return (name) => {
    const known = declared.get(name);
    if (known !== undefined) return known;
    const field = properties.get(name);
    if (field === undefined) return other();
    const made = patchSchemaOf(field);
    declared.set(name, made);
    return made;
  };
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
