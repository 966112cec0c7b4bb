import { performance } from 'node:perf_hooks';
import type { Experiment, ReadExperiment } from '../../experiment/experiment.ts';
import { readExperiment, trialsOfShard } from '../../experiment/experiment.ts';
import { trialsHere } from '../../experiment/here.ts';
import { TrialPool } from '../../experiment/pool.ts';
import { resultOf } from '../../experiment/result.ts';
import type { TrialRow } from '../../experiment/row.ts';
import { readManifest } from '../../manifest/read.ts';
import type { CommandlineCommand, CommandlineIo } from '../command.ts';
import { readPaths, saysNothingReadable } from '../read-paths.ts';
import { readScriptFile } from '../read-script.ts';
import type { ExperimentArguments } from './arguments.ts';
import { experimentArguments } from './arguments.ts';
import { merge } from './merge.ts';
import { writeJob } from './write-job.ts';
import { codeOf, writeResult } from './write-result.ts';

/** Ended by Ctrl+C, as shells tell it: 128 and the number of SIGINT. */
const INTERRUPTED = 130;
/** How often somebody who waits hears how far it is. */
const PROGRESS_MS = 2000;

/** Runs a script many times, with other seeds and values, and gives a table. */
export const experiment: CommandlineCommand = {
  async run(args, io) {
    const wanted = experimentArguments(args, io);
    if (wanted.merge) return merge(wanted, io);
    const given = await readGiven(wanted.paths, io);
    if (given === undefined) return 2;
    const { experiment: read, problems } = readExperiment(given);
    for (const { id, field, params } of problems) io.say(`${field}: ${io.messages.scriptProblem(id, params)}`);
    if (problems.length > 0) return 2;
    if (wanted.job !== undefined) return writeJob(wanted.job, wanted, given, io);
    if (read.script.sweep === undefined) io.say(io.messages.noSweep);
    sayIgnored(given, read, io);
    return runTrials(given, read, wanted, io);
  },
};

/** The script and the files that it is about; undefined where they cannot be read, and why is said. */
async function readGiven(
  [script = '', ...paths]: readonly string[],
  io: CommandlineIo,
): Promise<Experiment | undefined> {
  const given = await readScriptFile(script, io);
  if (given === undefined) return undefined;
  const { design } = given.script;
  if (paths.length === 0 && design.length > 0) return { files: design, script: given.object };
  const input = await readPaths(paths, io);
  if (saysNothingReadable(input, io)) return undefined;
  const files = input.files.map(({ path, segments }) => ({ path, text: segments.map(({ text }) => text).join('') }));
  return { files, script: given.object };
}

/** The Nodes of a design are what they are, unless the script says of what size the workers are. */
function sayIgnored({ files }: Experiment, { sweep, script }: ReadExperiment, io: CommandlineIo): void {
  const isSized = sweep.parameters.some(({ object, field }) => object === undefined && field[1] === 'nodeSize');
  const counted = sweep.parameters.find(({ object, field }) => object === undefined && field[1] === 'nodes');
  if (counted === undefined || isSized || script.nodeSize !== undefined) return;
  const hasNodes = files.some(({ path, text }) =>
    readManifest(path, text).segments.some(
      (segment) => segment.type === 'document' && segment.objects.some(({ object }) => object.kind === 'Node'),
    ),
  );
  if (hasNodes) io.say(io.messages.ignoredNodes(counted.name));
}

async function runTrials(
  given: Experiment,
  read: ReadExperiment,
  { workers, shard, format }: ExperimentArguments,
  io: CommandlineIo,
): Promise<number> {
  const trials = shard === undefined ? read.trials : trialsOfShard(read.trials, shard);
  const rows: TrialRow[] = [];
  let toldMs = performance.now();
  const pool = new TrialPool({
    experiment: given,
    indexes: trials.map(({ index }) => index),
    workers,
    open: () => io.openTrials?.() ?? trialsHere(),
    onRow: (row) => {
      rows.push(row);
      if (performance.now() - toldMs < PROGRESS_MS) return;
      toldMs = performance.now();
      io.say(io.messages.trialsDone(rows.length, trials.length));
    },
  });
  const forget = io.onInterrupt?.(() => pool.cancel());
  const end = await pool.ended;
  forget?.();
  const result = resultOf(read, rows, shard);
  await writeResult(result, format, io);
  if (end.type === 'failed') {
    io.say(io.messages.trialFailed(end.index === undefined ? '' : String(end.index), end.message));
    return 1;
  }
  // A shard has done its work once its runs are told, whatever became of them: who merges judges.
  if (end.type === 'finished') return shard === undefined ? codeOf(rows) : 0;
  io.say(io.messages.cancelled(rows.length, trials.length));
  return INTERRUPTED;
}
