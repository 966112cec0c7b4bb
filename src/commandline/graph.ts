import { parseArgs } from 'node:util';
import { nameOf } from '../apimachinery/object.ts';
import { findProblems } from '../design/checks/index.ts';
import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design } from '../design/design.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import { addFiles, designRegistry } from '../design/import.ts';
import type { Problem } from '../design/problem.ts';
import { recordLines } from '../design/records.ts';
import { resolveReferences } from '../design/resolve-references.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { UsageError } from './command.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { DRAWN_FORMATS, drawIn } from './draw.ts';
import type { DrawnFormat } from './draw.ts';
import { problemEntry } from './problem-entry.ts';
import { referenceEntry } from './reference-entry.ts';
import { readPaths, saysNothingReadable } from './read-paths.ts';
import type { Skipped } from './read-paths.ts';
import { writeList } from './write-list.ts';

type Format = 'json' | DrawnFormat;
const FORMATS: readonly Format[] = ['json', ...(Object.keys(DRAWN_FORMATS) as DrawnFormat[])];

/** What points at what, and what is wrong between them. */
export const graph: CommandlineCommand = {
  async run(args, io) {
    const { format, paths } = readArguments(args, io);
    const input = await readPaths(paths, io);
    if (saysNothingReadable(input, io)) return 2;
    const design = addFiles(EMPTY_DESIGN, input.files, BUILT_IN_KINDS);
    const registry = designRegistry(design, BUILT_IN_KINDS);
    const references = resolveReferences(design, registry);
    const problems = findProblems({ design, graph: references, registry });
    if (format === 'json') {
      await writeJson({ design, graph: references, problems, skipped: input.skipped }, io);
      return 0;
    }
    await io.write(await drawIn(format, { design, graph: references, problems, registry }, io.messages));
    return 0;
  },
};

function readArguments(
  args: readonly string[],
  io: CommandlineIo,
): { readonly format: Format; readonly paths: readonly string[] } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { output: { type: 'string', short: 'o', default: 'json' } },
  });
  const format = FORMATS.find((known) => known === values.output);
  if (!format) throw new UsageError(io.messages.unknownFormat(values.output, FORMATS.join(', ')));
  return { format, paths: positionals };
}

interface Answer {
  readonly design: Design;
  readonly graph: ReferenceGraph;
  readonly problems: readonly Problem[];
  readonly skipped: readonly Skipped[];
}

/** One line an entry, written as it is made: ten thousand objects never stand in memory as one text. */
async function writeJson({ design, graph: references, problems, skipped }: Answer, io: CommandlineIo): Promise<void> {
  const lines = recordLines(design);
  await io.write('{"objects":');
  await writeList(
    design.records.values(),
    (record) => {
      const { identity: id, object, namespace, file } = record;
      return {
        id,
        apiVersion: object.apiVersion,
        kind: object.kind,
        namespace,
        name: nameOf(object),
        file,
        line: lines.get(record.id),
      };
    },
    io,
  );
  await io.write(',\n"references":');
  await writeList(references.references, (reference) => referenceEntry(reference, design), io);
  await io.write(',\n"problems":');
  await writeList(problems, (problem) => problemEntry(problem, design, lines, io), io);
  await io.write(',\n"skipped":');
  await writeList(skipped, (part) => ({ ...part }), io);
  await io.write('}\n');
}
