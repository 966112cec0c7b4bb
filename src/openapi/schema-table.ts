import type { TypeTable } from './schema-types.ts';
import type { Schema } from './schema.ts';

/** Every built-in type loaded so far. The only state of this folder; it is the same in whatever order groups are loaded. */
export const table: TypeTable = { types: new Map(), kinds: new Set() };

/** A type that is no kind: `meta/v1.ObjectMeta`, `v1.PodSpec`; undefined where its group is not loaded. */
export function builtInType(typeId: string): Schema | undefined {
  return table.types.get(typeId);
}
