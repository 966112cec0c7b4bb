import { parseArgs } from 'node:util';
import type { JsonValue } from '../base/json.ts';
import { compareFiles } from '../interchange/compare/compare-files.ts';
import type { Comparison, ObjectDifference } from '../interchange/compare/comparison.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { UsageError } from './command.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { isNothingReadable, readPaths, saySkipped } from './read-paths.ts';

const FORMATS = ['text', 'json'] as const;
/** A longer value is cut where a person reads it; JSON has it whole. */
const MOST_SIGNS = 120;

/** What differs between two sets of manifests, by field; either may be what kubectl printed of a cluster. */
export const diff: CommandlineCommand = {
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { output: { type: 'string', short: 'o', default: 'text' } },
    });
    const format = FORMATS.find((known) => known === values.output);
    if (!format) throw new UsageError(io.messages.unknownFormat(values.output, FORMATS.join(', ')));
    const [first, second] = positionals;
    if (first === undefined || second === undefined || positionals.length > 2)
      throw new UsageError(io.messages.twoPaths);
    const sides = [await readPaths([first], io), await readPaths([second], io)] as const;
    for (const side of sides) saySkipped(side, io);
    if (sides.some(isNothingReadable)) {
      io.say(io.messages.nothing);
      return 2;
    }
    const comparison = await compareFiles(sides[0].files, sides[1].files, BUILT_IN_KINDS);
    await io.write(format === 'json' ? json(comparison, io) : text(comparison));
    io.say(io.messages.compared(comparison.same, comparison.differences.length));
    return comparison.differences.length === 0 ? 0 : 1;
  },
};

function json({ differences, same, notes }: Comparison, io: CommandlineIo): string {
  const entries = notes.map((note) => ({ ...note, message: io.messages.note(note) }));
  const value = { differences, same, notes: entries };
  return `${JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'bigint' ? Number(entry) : entry), 1)}\n`;
}

const MARKS: Readonly<Record<ObjectDifference['change'], string>> = {
  added: '+',
  removed: '-',
  changed: '~',
  renamed: '>',
};

function text({ differences }: Comparison): string {
  return differences
    .flatMap(({ id, change, from, fields }) => [
      `${MARKS[change]} ${from === undefined ? id : `${from} -> ${id}`}`,
      ...fields.map(({ field, before, after }) => {
        if (before === undefined) return `    + ${field}: ${shown(after)}`;
        return after === undefined
          ? `    - ${field}: ${shown(before)}`
          : `    ~ ${field}: ${shown(before)} -> ${shown(after)}`;
      }),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function shown(value: JsonValue | undefined): string {
  const whole = JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'bigint' ? String(entry) : entry)) ?? '';
  return whole.length > MOST_SIGNS ? `${whole.slice(0, MOST_SIGNS)}…` : whole;
}
