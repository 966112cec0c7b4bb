import { memoryTree } from '../../../interchange/file-tree.ts';
import { buildKustomization } from '../../../interchange/kustomize/build.ts';
import { kustomizationsIn, variantsIn } from '../../../interchange/kustomize/variants.ts';
import { manifestText } from '../../../interchange/manifest-text.ts';
import type { Note } from '../../../interchange/note.ts';
import type { ExportedFile } from '../../../workspace/workspace.ts';

/** What one kustomization gives. */
export interface VariantResult {
  /** '' for the root. */
  readonly folder: string;
  readonly text: string;
  readonly objects: number;
  readonly notes: readonly Note[];
}

export interface Variant extends VariantResult {
  /** The kustomization that it builds on; undefined where it stands alone. */
  readonly base: VariantResult | undefined;
}

/** Every overlay among the files, built, with what it builds on. */
export async function variantsOf(files: readonly ExportedFile[]): Promise<readonly Variant[]> {
  const tree = memoryTree(files.map(({ path, content }) => [path, content] as const));
  const places = new Map(kustomizationsIn(tree).map((place) => [place.folder, place]));
  const built = new Map<string, Promise<VariantResult>>();
  const resultOf = (folder: string): Promise<VariantResult> => {
    const known = built.get(folder);
    if (known) return known;
    const made = buildKustomization(tree, folder).then(({ objects, notes }) => ({
      folder,
      text: objects.length === 0 ? '' : manifestText(objects),
      objects: objects.length,
      notes,
    }));
    built.set(folder, made);
    return made;
  };
  return Promise.all(
    variantsIn(tree).map(async (folder) => {
      const base = places.get(folder)?.uses.find((used) => places.get(used)?.isComponent === false);
      return { ...(await resultOf(folder)), base: base === undefined ? undefined : await resultOf(base) };
    }),
  );
}
