import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { lintNamed } from '../design/lints/index.ts';
import { readLintConfiguration } from '../design/lints/lint-configuration.ts';
import { LINT_GROUPS } from '../design/lints/lint.ts';
import { NO_SWITCHES } from '../design/lints/switches.ts';
import type { LintSwitches } from '../design/lints/switches.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import { UsageError } from './command.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { problemEntry } from './problem-entry.ts';
import { isNothingReadable, readPaths, saySkipped } from './read-paths.ts';
import type { Skipped } from './read-paths.ts';
import { sarifLog } from './validate/sarif.ts';
import { validationText } from './validate/text.ts';
import { validateFiles } from './validate/validation.ts';
import type { ValidatedObject, Validation } from './validate/validation.ts';
import { writeList } from './write-list.ts';

const FORMATS = ['text', 'json', 'sarif'] as const;
type Format = (typeof FORMATS)[number];

/** The oldest release whose list of served versions is known whole. */
const OLDEST_RELEASE = 20;

/** What an API server would accept, and what it would refuse the rest for. */
export const validate: CommandlineCommand = {
  async run(args, io) {
    const { format, release, lints: switches, lintConfig, against, paths } = readArguments(args, io);
    const lints = lintConfig === undefined ? switches : await readLintConfig(lintConfig, switches, io);
    const input = await readPaths(paths, io);
    const older = against.length === 0 ? undefined : await readPaths(against, io);
    const skipped = [...input.skipped, ...(older?.skipped ?? [])];
    if (isNothingReadable(input) || (older && isNothingReadable(older))) {
      saySkipped({ skipped }, io);
      io.say(io.messages.nothing);
      return 2;
    }
    const validation = await validateFiles(input.files, { release, lints, against: older?.files ?? [] });
    for (const { path, field, id, params } of validation.lintProblems)
      io.say(`${path}: ${field === '' ? '' : `${field}: `}${io.messages.problem(id, params)}`);
    if (format === 'json') await writeJson(validation, skipped, io);
    else if (format === 'sarif') await io.write(`${JSON.stringify(sarifLog(validation, skipped, io), undefined, 2)}\n`);
    else await io.write(validationText(validation, skipped, io));
    const { objects } = validation;
    const counts = {
      objects: objects.length,
      valid: objects.filter(({ verdict }) => verdict.valid === true).length,
      refused: objects.filter(({ verdict }) => verdict.valid === false).length,
      unknown: objects.filter(({ verdict }) => verdict.valid === null).length,
    };
    io.say(io.messages.verdicts(counts));
    return counts.refused > 0 || skipped.length > 0 || validation.lintProblems.length > 0 ? 1 : 0;
  },
};

interface Arguments {
  readonly format: Format;
  readonly release: number;
  readonly lints: LintSwitches | undefined;
  /** Path of a configuration of lints. */
  readonly lintConfig: string | undefined;
  readonly against: readonly string[];
  readonly paths: readonly string[];
}

function readArguments(args: readonly string[], io: CommandlineIo): Arguments {
  const { values, positionals } = parseArgs({
    // Alone it has no value, and what follows is a PATH.
    args: args.map((arg) => (arg === '--lint' ? '--lint=default' : arg)),
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o', default: 'text' },
      release: { type: 'string', default: `1.${PINNED_RELEASE}` },
      lint: { type: 'string', default: 'none' },
      'lint-config': { type: 'string' },
      against: { type: 'string', multiple: true, default: [] },
    },
  });
  const format = FORMATS.find((known) => known === values.output);
  if (!format) throw new UsageError(io.messages.unknownFormat(values.output, FORMATS.join(', ')));
  const release = Number(/^v?1\.(\d\d)(?:\.\d+)?$/.exec(values.release)?.[1] ?? NaN);
  if (!(release >= OLDEST_RELEASE && release <= PINNED_RELEASE))
    throw new UsageError(io.messages.unknownRelease(values.release, `1.${OLDEST_RELEASE}`, `1.${PINNED_RELEASE}`));
  return {
    format,
    release,
    lints: readLints(values.lint, io),
    lintConfig: values['lint-config'],
    against: values.against,
    paths: positionals,
  };
}

/** The lints of a file, and those that are named besides. A file with faults is not used at all: they are told. */
async function readLintConfig(
  path: string,
  named: LintSwitches | undefined,
  io: CommandlineIo,
): Promise<LintSwitches | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path}: ${io.messages.unreadable(error instanceof Error ? error.message : String(error))}`);
  }
  const { switches, problems } = readLintConfiguration(text);
  const lines = problems.map(
    ({ id, field, params }) => `${path}: ${field === '' ? '' : `${field}: `}${io.messages.problem(id, params)}`,
  );
  if (lines.length > 0) throw new UsageError(lines.join('\n'));
  return { ...switches, on: [...switches.on, ...(named?.on ?? [])], off: [...switches.off, ...(named?.off ?? [])] };
}

/** `default`, `all`, `none`, or ids and groups. */
function readLints(value: string, io: CommandlineIo): LintSwitches | undefined {
  if (value === 'none') return undefined;
  if (value === 'default') return NO_SWITCHES;
  const on = value.split(',');
  const unknown = on.find((word) => word !== 'all' && !isGroup(word) && lintNamed(word) === undefined);
  if (unknown !== undefined) throw new UsageError(io.messages.unknownLint(unknown, LINT_GROUPS.join(', ')));
  return { on, off: ['all'] };
}

function isGroup(word: string): boolean {
  return LINT_GROUPS.some((group) => group === word);
}

async function writeJson(
  { design, lines, objects, problems }: Validation,
  skipped: readonly Skipped[],
  io: CommandlineIo,
): Promise<void> {
  await io.write('{"objects":');
  await writeList(objects, objectEntry, io);
  await io.write(',\n"problems":');
  await writeList(problems, (problem) => problemEntry(problem, design, lines, io), io);
  await io.write(',\n"skipped":');
  await writeList(skipped, (part) => ({ ...part }), io);
  await io.write('}\n');
}

/** `reason` says why there is no verdict. */
function objectEntry({ id, file, line, verdict, errors, against }: ValidatedObject): object {
  const { valid, code, message, warnings } = verdict;
  return {
    id,
    file,
    line,
    valid,
    ...(valid === null ? { reason: message } : {}),
    ...(valid === false ? { code, message } : {}),
    errors,
    warnings,
    ...(against ? { against } : {}),
  };
}
