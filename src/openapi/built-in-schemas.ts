import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import { formatApiVersion } from '../apimachinery/group-version-kind.ts';
import { CHUNKS_OF_GROUP, STRUCTURE } from './generated/index.ts';
import { readChunk } from './schema-types.ts';
import { table } from './schema-table.ts';
import type { Schema } from './schema.ts';
import { readVerticalPodAutoscaler, VERTICAL_POD_AUTOSCALER_GROUP } from './vertical-pod-autoscaler.ts';

/*
 * The pinned release's schemas. They are loaded a group at a time and then read synchronously; loading twice costs
 * nothing.
 */
const loaded = new Set<string>();

/** What object metadata, selectors and conditions are made of; every group builds on it. */
const META_CHUNK = 'meta';

/** Every API group that has schemas here; '' is the core group. */
export const GROUPS_WITH_SCHEMAS: readonly string[] = [...Object.keys(CHUNKS_OF_GROUP), VERTICAL_POD_AUTOSCALER_GROUP];

/** Loads the schemas of these groups; groups that have none (custom resources) are passed over. */
export async function preloadSchemas(groups: Iterable<string>): Promise<void> {
  const wanted = new Set([META_CHUNK]);
  let withAutoscaler = false;
  for (const group of groups) {
    for (const chunk of chunksOf(group)) wanted.add(chunk);
    withAutoscaler ||= group === VERTICAL_POD_AUTOSCALER_GROUP;
  }
  const missing = [...wanted].filter((name) => !loaded.has(name));
  const modules = await Promise.all(missing.map((name) => STRUCTURE[name]?.()));
  // Read in the order of `wanted`: a chunk is read against those that it builds on.
  missing.forEach((name, index) => {
    const module = modules[index];
    if (module === undefined || loaded.has(name)) return;
    loaded.add(name);
    readChunk(module.default, table);
  });
  if (withAutoscaler) await readVerticalPodAutoscaler(table);
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
