import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Conversion, Note } from '../interchange/note.ts';
import { UsageError } from './command.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { READERS } from './convert/readers.ts';
import { WRITERS } from './convert/writers.ts';
import { pathInside } from './path-inside.ts';

const OUTPUTS = ['text', 'json'] as const;

/** From one format to another; everything that is lost on the way is said. */
export const convert: CommandlineCommand = {
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string', default: 'manifests' },
        to: { type: 'string', default: 'manifests' },
        out: { type: 'string' },
        root: { type: 'string' },
        profile: { type: 'string', multiple: true, default: [] },
        output: { type: 'string', short: 'o', default: 'text' },
      },
    });
    const reader = READERS.find(({ name }) => name === values.from);
    const writer = WRITERS.find(({ name }) => name === values.to);
    const output = OUTPUTS.find((known) => known === values.output);
    if (!reader)
      throw new UsageError(io.messages.unknownFormat(values.from, READERS.map(({ name }) => name).join(', ')));
    if (!writer) throw new UsageError(io.messages.unknownFormat(values.to, WRITERS.map(({ name }) => name).join(', ')));
    if (!output) throw new UsageError(io.messages.unknownFormat(values.output, OUTPUTS.join(', ')));
    const read = await reader.read(positionals, io, {
      profiles: values.profile,
      ...(values.root === undefined ? {} : { root: values.root }),
    });
    if (!read) return 2;
    const written = await writer.write(read, io);
    const conversion = { files: written.files, notes: [...read.notes, ...written.notes] };
    if (output === 'json') await io.write(asJson(conversion, io));
    else for (const note of conversion.notes) io.say(lineOf(note, io));
    if (output === 'text' || values.out !== undefined) await writeFiles(conversion, values.out, io);
    return conversion.files.length === 0 || conversion.notes.some(({ kind }) => kind === 'refused') ? 1 : 0;
  },
};

function lineOf(note: Note, io: CommandlineIo): string {
  return `${note.line > 0 ? `${note.file}:${note.line}` : note.file}: ${io.messages.note(note)}`;
}

function asJson({ files, notes }: Conversion, io: CommandlineIo): string {
  return `${JSON.stringify({ files, notes: notes.map((note) => ({ ...note, message: io.messages.note(note) })) }, null, 1)}\n`;
}

async function writeFiles({ files }: Conversion, out: string | undefined, io: CommandlineIo): Promise<void> {
  if (out === undefined) {
    if (files.length > 1) throw new UsageError(io.messages.severalFiles(files.length));
    for (const { content } of files) await io.write(content);
    return;
  }
  for (const { path, content } of files) {
    const target = join(out, pathInside(path));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  io.say(io.messages.written(files.length, out));
}
