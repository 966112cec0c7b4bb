import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FileTree } from '../interchange/file-tree.ts';

/** No importer needs a larger file. */
const MOST_BYTES = 8 * 1024 * 1024;

/** The files under a folder of this machine. A link that leads out of the folder is not there. */
export function diskTree(root: string): FileTree {
  const base = realpathSync(root);
  const inside = (path: string): string | undefined => {
    try {
      const real = realpathSync(join(base, path));
      return real === base || real.startsWith(base.endsWith(sep) ? base : `${base}${sep}`) ? real : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    read: (path) => {
      const real = inside(path);
      if (real === undefined) return undefined;
      const facts = statSync(real);
      return facts.isFile() && facts.size <= MOST_BYTES ? readFileSync(real) : undefined;
    },
    list: (path) => {
      const real = inside(path);
      if (real === undefined || !statSync(real).isDirectory()) return undefined;
      return readdirSync(real, { withFileTypes: true })
        .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}
