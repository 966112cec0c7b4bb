import type { JsonValue } from '../../base/json.ts';
import { step } from '../../base/json.ts';

/**
 * What strategic merge and server-side apply must know of a field. `src/openapi` answers it for a kind from
 * the `x-kubernetes-*` extensions of the OpenAPI definitions; a custom resource's schema answers it likewise.
 */
export interface PatchSchema {
  /** `any` is content without a schema: RawExtension, JSON, an object of which the schema names no field. */
  readonly shape: 'struct' | 'map' | 'list' | 'scalar' | 'any';
  /** Name of the Go type, for upstream's error words: `PodSpec`. */
  readonly typeName?: string;
  /** The field of a struct, or the values of a map; undefined where the schema declares no such field. */
  field(name: string): PatchSchema | undefined;
  /** Of a struct: the schema of fields that it does not declare (`x-kubernetes-preserve-unknown-fields`). */
  readonly unknownFields?: PatchSchema;
  /** The items of a list. */
  items(): PatchSchema | undefined;
  /** `x-kubernetes-patch-strategy`. */
  readonly patchStrategy?: readonly PatchStrategy[];
  /** `x-kubernetes-patch-merge-key`. */
  readonly patchMergeKey?: string;
  /** `x-kubernetes-list-type`; a list that says nothing is what its patch strategy makes it, or atomic. */
  readonly listType?: 'atomic' | 'set' | 'map';
  /** `x-kubernetes-list-map-keys`. */
  readonly listMapKeys?: readonly string[];
  /** `x-kubernetes-map-type`, of structs too; what says nothing is granular. */
  readonly mapType?: 'atomic' | 'granular';
  /** `default`; only the defaults of list map keys are read. */
  readonly default?: JsonValue;
  /** Which scalars are allowed; `untyped` (also IntOrString, Quantity) where nothing is said. */
  readonly scalarType?: 'string' | 'numeric' | 'boolean' | 'untyped';
}

export type PatchStrategy = 'merge' | 'replace' | 'retainKeys';

type Extensions = Partial<Omit<PatchSchema, 'shape' | 'field' | 'items'>>;

const noField = (): undefined => undefined;

/** Fields by name; a function where a type contains itself. */
type Fields = { readonly [name: string]: PatchSchema } | (() => { readonly [name: string]: PatchSchema });

export function structSchema(fields: Fields, extensions: Extensions = {}): PatchSchema {
  let known = typeof fields === 'function' ? undefined : fields;
  const field = (name: string): PatchSchema | undefined => {
    known ??= typeof fields === 'function' ? fields() : fields;
    return Object.hasOwn(known, name) ? known[name] : undefined;
  };
  return { ...extensions, shape: 'struct', field, items: noField };
}

export function mapSchema(values: PatchSchema, extensions: Extensions = {}): PatchSchema {
  return { ...extensions, shape: 'map', field: () => values, items: noField };
}

export function listSchema(items: PatchSchema, extensions: Extensions = {}): PatchSchema {
  return { ...extensions, shape: 'list', field: noField, items: () => items };
}

export function scalarSchema(
  scalarType: PatchSchema['scalarType'] = 'untyped',
  extensions: Extensions = {},
): PatchSchema {
  return { ...extensions, shape: 'scalar', scalarType, field: noField, items: noField };
}

/** Content without a schema, owned field by field (`granular`), or as a whole; lists inside it always are. */
export function anySchema(mapType: 'atomic' | 'granular' = 'granular', extensions: Extensions = {}): PatchSchema {
  const schema: PatchSchema = {
    ...extensions,
    shape: 'any',
    mapType,
    field: () => anySchema(mapType),
    items: () => anySchema('atomic'),
  };
  return schema;
}

/** The same type with the extensions that stand beside one field that has it. */
export function withExtensions(schema: PatchSchema, extensions: Extensions): PatchSchema {
  return { ...schema, ...extensions };
}

/** The schema at a path of field names and list indices. */
export function schemaAt(schema: PatchSchema | undefined, path: readonly (string | number)[]): PatchSchema | undefined {
  return path.reduce<PatchSchema | undefined>(
    (current, key) => (typeof key === 'number' ? current?.items() : current?.field(key)),
    schema,
  );
}

/** The default of one list map key, as the item's schema declares it. */
export function keyDefault(list: PatchSchema, key: string): JsonValue | undefined {
  return step(list.items()?.field(key), 'default');
}
