import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Shard } from '../../experiment/experiment.ts';
import { UsageError } from '../command.ts';
import type { CommandlineIo } from '../command.ts';
import { wholeNumber } from '../whole-number.ts';

const FORMATS = ['text', 'json', 'csv'] as const;
const MOST_SHARDS = 10_000;
const MOST_WORKERS = 256;

export type ResultFormat = (typeof FORMATS)[number];

/** What somebody wants of `drydock experiment`. */
export interface ExperimentArguments {
  readonly format: ResultFormat;
  readonly workers: number;
  readonly shard: Shard | undefined;
  readonly merge: boolean;
  /** The folder for manifests of a Job. */
  readonly job: string | undefined;
  readonly shards: number;
  readonly image: string | undefined;
  readonly name: string | undefined;
  readonly paths: readonly string[];
}

/** Throws a UsageError for what cannot be meant. */
export function experimentArguments(args: readonly string[], io: CommandlineIo): ExperimentArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o', default: 'text' },
      workers: { type: 'string' },
      shard: { type: 'string' },
      merge: { type: 'boolean', default: false },
      job: { type: 'string' },
      shards: { type: 'string', default: '8' },
      image: { type: 'string' },
      name: { type: 'string' },
    },
  });
  const format = FORMATS.find((known) => known === values.output);
  if (!format) throw new UsageError(io.messages.unknownFormat(values.output, FORMATS.join(', ')));
  if (positionals.length === 0) throw new UsageError(io.messages.noPath);
  return {
    format,
    workers:
      values.workers === undefined ? availableParallelism() : wholeNumber('--workers', values.workers, 1, MOST_WORKERS),
    shard: values.shard === undefined ? undefined : shardOf(values.shard),
    merge: values.merge,
    job: values.job,
    shards: wholeNumber('--shards', values.shards, 1, MOST_SHARDS),
    image: values.image,
    name: values.name,
    paths: positionals,
  };
}

/** `0/8`: the first of eight, as `JOB_COMPLETION_INDEX` counts. */
function shardOf(text: string): Shard {
  const [index = '', count = '', ...more] = text.split('/');
  if (more.length > 0 || index === '' || count === '') throw new UsageError(`--shard ${text}`);
  const all = wholeNumber('--shard', count, 1, MOST_SHARDS);
  return { index: wholeNumber('--shard', index, 0, all - 1), count: all };
}
