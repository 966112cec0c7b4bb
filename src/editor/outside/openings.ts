import { convertCompose, isComposeFileName } from '../../interchange/compose/convert-compose.ts';
import { memoryTree } from '../../interchange/file-tree.ts';
import { buildKustomization } from '../../interchange/kustomize/build.ts';
import { variantsIn } from '../../interchange/kustomize/variants.ts';
import { cleanDump } from '../../interchange/live/clean-dump.ts';
import { manifestText } from '../../interchange/manifest-text.ts';
import type { Conversion } from '../../interchange/note.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { readManifest } from '../../manifest/read.ts';
import type { ImportedFile } from '../../workspace/workspace.ts';

/** One way in which files of other tools can be opened. */
export interface Opening {
  /** `compose`, `live`, `files`, or `variant:FOLDER`. */
  readonly id: string;
  readonly kind: 'compose' | 'live' | 'variant' | 'files';
  /** Folder of a variant. */
  readonly name: string;
  convert(): Promise<Conversion>;
}

/** The ways there are, the likeliest first; as they are always comes last. */
export function openingsOf(
  files: readonly ImportedFile[],
  found: 'compose' | 'kustomize' | 'live',
): readonly Opening[] {
  const tree = memoryTree(files.map(({ path, content }) => [path, content] as const));
  const asTheyAre: Opening = {
    id: 'files',
    kind: 'files',
    name: '',
    convert: () => Promise.resolve({ files: [], notes: [] }),
  };
  if (found === 'kustomize') {
    const variants = variantsIn(tree).map((folder): Opening => ({
      id: `variant:${folder}`,
      kind: 'variant',
      name: folder === '' ? '.' : folder,
      convert: async () => {
        const { objects, notes } = await buildKustomization(tree, folder);
        const path = `${folder === '' ? 'kustomization' : folder.replaceAll('/', '-')}.yaml`;
        return { files: objects.length === 0 ? [] : [{ path, content: manifestText(objects) }], notes };
      },
    }));
    return [...variants, asTheyAre];
  }
  if (found === 'compose') {
    const paths = files.map(({ path }) => path).filter(isComposeFileName);
    // An override stands over the file beside it.
    const main = paths.filter((path) => !path.includes('override'));
    const order = [...main.slice(0, 1), ...paths.filter((path) => path.includes('override'))];
    const convert = (): Promise<Conversion> => Promise.resolve(convertCompose(order, tree, { profiles: ['*'] }));
    return [{ id: 'compose', kind: 'compose', name: '', convert }, asTheyAre];
  }
  const convert = async (): Promise<Conversion> => {
    const { objects, notes } = await cleanDump(
      files.map(({ path, content }) => readManifest(path, content)),
      BUILT_IN_KINDS,
    );
    const content = manifestText(objects.map(({ object }) => object));
    return { files: objects.length === 0 ? [] : [{ path: 'cluster.yaml', content }], notes };
  };
  return [{ id: 'live', kind: 'live', name: '', convert }, asTheyAre];
}
