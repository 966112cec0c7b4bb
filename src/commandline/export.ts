import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { EMPTY_DESIGN } from '../design/design.ts';
import { exportDesign } from '../design/export.ts';
import { addFiles } from '../design/import.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { UsageError } from './command.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { pathInside } from './path-inside.ts';
import { readPaths, saySkipped } from './read-paths.ts';

/** The manifests as the editor would save them: untouched input comes back byte for byte. */
export const exportManifests: CommandlineCommand = {
  async run(args, io) {
    const { layout, out, paths } = readArguments(args, io);
    const input = await readPaths(paths, io);
    saySkipped(input, io);
    // Text that does not parse is exported as it is; what is no text is no manifest.
    const readable = input.files.filter(({ binary }) => binary === undefined);
    if (readable.length === 0) {
      io.say(io.messages.nothing);
      return 2;
    }
    const files = exportDesign(addFiles(EMPTY_DESIGN, readable, BUILT_IN_KINDS), layout);
    if (out === undefined) {
      if (files.length > 1) throw new UsageError(io.messages.severalFiles(files.length));
      for (const { content } of files) await io.write(content);
      return 0;
    }
    for (const { path, content } of files) {
      const target = join(out, pathInside(path));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    io.say(io.messages.written(files.length, out));
    return 0;
  },
};

function readArguments(args: readonly string[], io: CommandlineIo) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { layout: { type: 'string', default: 'keep' }, out: { type: 'string' } },
  });
  const { layout } = values;
  if (layout !== 'keep' && layout !== 'drop') throw new UsageError(io.messages.unknownFormat(layout, 'keep, drop'));
  return { layout, out: values.out, paths: positionals } as const;
}
