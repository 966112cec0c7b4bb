import type { PatchSchema } from '../patch-schema.ts';
import { PatchError } from '../patch-result.ts';

/** How a field merges: the schema of its value (of its items, for a list), and the strategy that its schema declares. */
export interface FieldMeta {
  readonly schema: PatchSchema;
  readonly strategy: 'merge' | 'replace' | '';
  readonly retainKeys: boolean;
  /** '' for a list of scalars. */
  readonly mergeKey: string;
}

/**
 * A field that holds an object. A map of the schema (labels, `limits`) has no fields of its own: objects inside one
 * cannot be merged, and the API server refuses such a patch.
 * Source: LookupPatchMetadataForStruct in apimachinery/third_party/forked/golang/json/fields.go, 1.36.
 */
export function lookupStruct(schema: PatchSchema, key: string): FieldMeta {
  if (schema.shape !== 'struct' && schema.shape !== 'any') {
    const kind = schema.shape === 'list' ? 'slice' : schema.shape === 'map' ? 'map' : 'string';
    throw new PatchError(`merging an object in json but data type is not struct, instead is: ${kind}`);
  }
  const field = schema.shape === 'any' ? undefined : schema.field(key);
  if (!field) {
    throw new PatchError(
      `unable to find api field in struct ${schema.typeName ?? ''} for the json field ${JSON.stringify(key)}`,
    );
  }
  return { schema: field, mergeKey: field.patchMergeKey ?? '', ...strategyOf(field) };
}

/** A field that holds a list; `schema` is that of its items. */
export function lookupList(schema: PatchSchema, key: string): FieldMeta {
  const meta = lookupStruct(schema, key);
  const items = meta.schema.shape === 'list' ? meta.schema.items() : undefined;
  if (!items) throw new PatchError('expected slice or array type, but got: struct');
  return { ...meta, schema: items };
}

function strategyOf(field: PatchSchema): Pick<FieldMeta, 'strategy' | 'retainKeys'> {
  const strategies = field.patchStrategy ?? [];
  const others = strategies.filter((strategy) => strategy !== 'retainKeys');
  if (strategies.length > 2 || others.length > 1) {
    throw new PatchError(`unexpected patch strategy: [${strategies.join(' ')}]`);
  }
  const [strategy = ''] = others;
  return { strategy, retainKeys: strategies.length > others.length };
}
