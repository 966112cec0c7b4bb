import { statSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { buildKustomization } from '../../interchange/kustomize/build.ts';
import { kustomizationFileIn } from '../../interchange/kustomize/kustomization.ts';
import { variantsIn } from '../../interchange/kustomize/variants.ts';
import { manifestText } from '../../interchange/manifest-text.ts';
import type { ConvertedFile, Note } from '../../interchange/note.ts';
import { UsageError } from '../command.ts';
import { diskTree } from '../disk-tree.ts';
import type { FormatReader } from './readers.ts';

/**
 * A kustomization as kubectl builds it. A folder that holds none is searched: every variant found becomes a file. Bases lie
 * beside, so the folders up to `--root` may be read; the folder's own parents up to the working directory where it is left out.
 */
export const kustomizeReader: FormatReader = {
  name: 'kustomize',
  read: async (paths, io, { root }) => {
    const [path, ...others] = paths;
    if (path === undefined) throw new UsageError(io.messages.noPath);
    if (others.length > 0) throw new UsageError(io.messages.onePath);
    try {
      const whole = resolve(path);
      const folder = statSync(whole).isDirectory() ? whole : dirname(whole);
      const base = resolve(root ?? commonRoot(folder));
      const tree = diskTree(base);
      const inside = relative(base, folder).replaceAll('\\', '/');
      const chosen = kustomizationFileIn(tree, inside) === undefined ? variantsBelow(folder) : [inside];
      const files: ConvertedFile[] = [];
      const notes: Note[] = [];
      for (const variant of chosen) {
        const at = kustomizationFileIn(tree, inside) === undefined ? join(inside, variant) : variant;
        const built = await buildKustomization(tree, at);
        notes.push(...built.notes);
        if (built.objects.length > 0)
          files.push({ path: fileNameOf(at, folder), content: manifestText(built.objects) });
      }
      if (chosen.length > 0) return { files, notes };
    } catch (error) {
      if (error instanceof UsageError) throw error;
      io.say(`${path}: ${io.messages.unreadable(error instanceof Error ? error.message : String(error))}`);
      return undefined;
    }
    io.say(io.messages.nothing);
    return undefined;
  },
};

function variantsBelow(folder: string): readonly string[] {
  return variantsIn(diskTree(folder));
}

function join(folder: string, name: string): string {
  return folder === '' ? name : name === '' ? folder : `${folder}/${name}`;
}

/** The working directory where the folder is in it; else the folder's grandparent, where bases usually are. */
function commonRoot(folder: string): string {
  const here = process.cwd();
  if (folder === here || folder.startsWith(`${here}/`)) return here;
  return dirname(dirname(folder));
}

function fileNameOf(place: string, folder: string): string {
  return place === '' ? `${basename(folder)}.yaml` : `${place.replaceAll('/', '-')}.yaml`;
}
