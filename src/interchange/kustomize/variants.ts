import type { JsonObject } from '../../base/json.ts';
import { asArray } from '../../base/json.ts';
import { resolveInTree } from '../file-tree.ts';
import type { FileTree } from '../file-tree.ts';
import { buildKustomization } from './build.ts';
import type { KustomizeBuild } from './build.ts';
import { KustomizeRefusal, kustomizationFileIn, readKustomization } from './kustomization.ts';

/** One kustomization among the files, and which others it builds on. */
export interface KustomizationPlace {
  /** '' for the root of the tree. */
  readonly folder: string;
  readonly isComponent: boolean;
  readonly uses: readonly string[];
}

const MOST_FOLDERS = 5000;

/** Every folder of the tree that holds a kustomization, in the order of names. What does not read is passed over. */
export function kustomizationsIn(tree: FileTree): readonly KustomizationPlace[] {
  const places: KustomizationPlace[] = [];
  let looked = 0;
  const visit = (folder: string): void => {
    if (++looked > MOST_FOLDERS) return;
    if (kustomizationFileIn(tree, folder) !== undefined) {
      const place = placeAt(tree, folder);
      if (place) places.push(place);
    }
    for (const { name, isFolder } of tree.list(folder) ?? [])
      if (isFolder && !name.startsWith('.')) visit(folder === '' ? name : `${folder}/${name}`);
  };
  visit('');
  return places;
}

function placeAt(tree: FileTree, folder: string): KustomizationPlace | undefined {
  try {
    const { isComponent, value } = readKustomization(tree, folder, []);
    return { folder, isComponent, uses: usesOf(value, folder) };
  } catch (error) {
    if (error instanceof KustomizeRefusal) return { folder, isComponent: false, uses: [] };
    throw error;
  }
}

function usesOf(value: JsonObject, folder: string): readonly string[] {
  return ['resources', 'bases', 'components'].flatMap((key) =>
    asArray(value[key]).flatMap((reference) => {
      const place = typeof reference === 'string' ? resolveInTree(folder, reference) : undefined;
      return place === undefined ? [] : [place];
    }),
  );
}

/** The kustomizations that no other builds on: each is one variant of what they have in common. */
export function variantsIn(tree: FileTree): readonly string[] {
  const places = kustomizationsIn(tree);
  const used = new Set(places.flatMap(({ uses }) => uses));
  return places.filter(({ folder, isComponent }) => !isComponent && !used.has(folder)).map(({ folder }) => folder);
}

/** Every variant built: what a change of the base makes of each shows by building again. */
export async function buildVariants(tree: FileTree): Promise<ReadonlyMap<string, KustomizeBuild>> {
  const built = new Map<string, KustomizeBuild>();
  for (const folder of variantsIn(tree)) built.set(folder, await buildKustomization(tree, folder));
  return built;
}
