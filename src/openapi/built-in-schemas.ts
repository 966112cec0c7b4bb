import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import { formatApiVersion } from '../apimachinery/group-version-kind.ts';
import { CHUNKS_OF_GROUP, STRUCTURE } from './generated/index.ts';
import type { TypeTable } from './schema-types.ts';
import { readChunk } from './schema-types.ts';
import type { Schema } from './schema.ts';

/*
 * The pinned release's schemas. They are loaded a group at a time and then read synchronously; loading twice costs
 * nothing. This is the only state of the folder, and it is the same in whatever order groups are loaded.
 */
const table: TypeTable = { types: new Map(), kinds: new Set() };
const loaded = new Set<string>();

/** What object metadata, selectors and conditions are made of; every group builds on it. */
const META_CHUNK = 'meta';

/** Every API group that has schemas here; '' is the core group. */
export const GROUPS_WITH_SCHEMAS: readonly string[] = Object.keys(CHUNKS_OF_GROUP);

/** Loads the schemas of these groups; groups that have none (custom resources) are passed over. */
export async function preloadSchemas(groups: Iterable<string>): Promise<void> {
  const wanted = new Set([META_CHUNK]);
  for (const group of groups) for (const chunk of chunksOf(group)) wanted.add(chunk);
  const missing = [...wanted].filter((name) => !loaded.has(name));
  const modules = await Promise.all(missing.map((name) => STRUCTURE[name]?.()));
  // Read in the order of `wanted`: a chunk is read against those that it builds on.
  missing.forEach((name, index) => {
    const module = modules[index];
    if (module === undefined || loaded.has(name)) return;
    loaded.add(name);
    readChunk(module.default, table);
  });
}

export function chunksOf(group: string): readonly string[] {
  return Object.hasOwn(CHUNKS_OF_GROUP, group) ? (CHUNKS_OF_GROUP[group] ?? []) : [];
}

/**
 * The schema of a built-in kind or of the Gateway API, removed versions included (`resourceVersionOf` tells which are
 * served). Undefined where there is none, or where its group is not loaded.
 */
export function schemaOf({ group, version, kind }: GroupVersionKind): Schema | undefined {
  const id = `${formatApiVersion(group, version)}.${kind}`;
  return table.kinds.has(id) ? table.types.get(id) : undefined;
}

/** A type that is no kind: `meta/v1.ObjectMeta`, `v1.PodSpec`. */
export function builtInType(typeId: string): Schema | undefined {
  return table.types.get(typeId);
}
