import { statSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { convertCompose, isComposeFileName } from '../../interchange/compose/convert-compose.ts';
import { memoryTree } from '../../interchange/file-tree.ts';
import { UsageError } from '../command.ts';
import { diskTree } from '../disk-tree.ts';
import type { FormatReader } from './readers.ts';

/** Compose files, later ones over earlier ones; of a folder its compose file and the override beside it. */
export const composeReader: FormatReader = {
  name: 'compose',
  read: async (paths, io, { profiles }) => {
    const [first] = paths;
    if (first === undefined) throw new UsageError(io.messages.noPath);
    if (first === '-')
      return convertCompose(['compose.yaml'], memoryTree([['compose.yaml', await io.readInput()]]), { profiles });
    try {
      const isFolder = statSync(first).isDirectory();
      const root = isFolder ? resolve(first) : dirname(resolve(first));
      const tree = diskTree(root);
      const names = isFolder
        ? filesIn(tree.list('') ?? [])
        : paths.map((path) => relative(root, resolve(path)).replaceAll('\\', '/'));
      if (names.length > 0) return convertCompose(names, tree, { profiles });
    } catch (error) {
      io.say(`${first}: ${io.messages.unreadable(error instanceof Error ? error.message : String(error))}`);
      return undefined;
    }
    io.say(io.messages.nothing);
    return undefined;
  },
};

/** Source: the order in which Docker Compose looks for its file. */
const ORDER = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDE = /^(?:docker-)?compose\.override\.ya?ml$/;

function filesIn(entries: readonly { readonly name: string; readonly isFolder: boolean }[]): readonly string[] {
  const names = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name);
  const main =
    ORDER.find((name) => names.includes(name)) ?? names.find((name) => isComposeFileName(name) && !OVERRIDE.test(name));
  const override = names.find((name) => OVERRIDE.test(name));
  return [main, override].flatMap((name) => (name === undefined ? [] : [basename(name)]));
}
