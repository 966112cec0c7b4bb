import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { nameOf } from '../apimachinery/object.ts';
import { unifiedDiff } from '../base/unified-diff.ts';
import { applyFix } from '../design/commands/apply-fix.ts';
import { conversionsFor } from '../design/conversions/conversions-for.ts';
import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design } from '../design/design.ts';
import { isRefused } from '../design/edit-segment.ts';
import { exportDesign } from '../design/export.ts';
import { addFiles, designRegistry } from '../design/import.ts';
import { resolveReferences } from '../design/resolve-references.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { pathInside } from './path-inside.ts';
import { readPaths, saySkipped } from './read-paths.ts';

/**
 * Objects as the version or kind that took their place: of versions that are no longer served, ReplicationControllers,
 * autoscalers of v1, Endpoints. Shows what would be written; `--out` writes it.
 */
export const fix: CommandlineCommand = {
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string' } },
    });
    const input = await readPaths(positionals, io);
    saySkipped(input, io);
    const readable = input.files.filter(({ binary }) => binary === undefined);
    if (readable.length === 0) {
      io.say(io.messages.nothing);
      return 2;
    }
    const before = addFiles(EMPTY_DESIGN, readable, BUILT_IN_KINDS);
    const after = converted(before, io);
    const texts = new Map(exportDesign(before, 'keep').map(({ path, content }) => [path, asText(content)]));
    for (const { path, content } of exportDesign(after, 'keep')) {
      const now = asText(content);
      const old = texts.get(path) ?? '';
      if (now === old) continue;
      await io.write(`--- ${path}\n+++ ${path}\n${unifiedDiff(old, now)}`);
      if (values.out === undefined) continue;
      const target = join(values.out, pathInside(path));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    return 0;
  },
};

/** One object after the other, each in the design as the one before left it. Tells what is done, and what to look at. */
function converted(design: Design, io: CommandlineIo): Design {
  let current = design;
  for (const id of design.records.keys()) {
    const registry = designRegistry(current, BUILT_IN_KINDS);
    const context = { design: current, registry, graph: resolveReferences(current, registry) };
    const [found] = conversionsFor(id, context);
    const record = current.records.get(id);
    if (!found || !record) continue;
    const outcome = applyFix.run(context, { record: id, fix: found });
    if (isRefused(outcome)) continue;
    current = outcome.design;
    const words = [
      io.messages.problem(`fix.${found.id}`, found.params),
      ...(found.notes ?? []).map((note) => io.messages.problem(`note.${note.id}`, note.params)),
    ];
    io.say(`${record.file}: ${record.object.kind}/${nameOf(record.object)}: ${words.join(' ')}`);
  }
  return current;
}

function asText(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
