import type { JsonObject, JsonValue } from '../base/json.ts';
import { formatHash, hashOf } from '../base/hash.ts';
import { flowText } from '../manifest/print.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import type { Script, ScriptProblem } from '../simulator/script/script.ts';
import { readScript } from '../simulator/script/script.ts';
import type { Sweep, SweepRun } from '../simulator/script/sweep.ts';
import { scriptOfRun, sweepRuns } from '../simulator/script/sweep.ts';

/** A file of the design, as text. */
export interface ExperimentFile {
  readonly path: string;
  readonly text: string;
}

/** What an experiment is, as it travels to the threads that run it: plain data. */
export interface Experiment {
  readonly files: readonly ExperimentFile[];
  /** An object `kind: Script` of `drydock.dev/v1` with a `sweep`. */
  readonly script: JsonObject;
}

/** One run, or one search, of an experiment. */
export interface Trial extends SweepRun {
  /** Its place among all trials, from 0: the same whoever runs it. */
  readonly index: number;
}

/** An experiment that was read: what is tried, and the script that says so. */
export interface ReadExperiment {
  readonly sweep: Sweep;
  readonly script: Script;
  readonly trials: readonly Trial[];
  /** Equal for the same files and the same script: what shards must have in common. */
  readonly digest: string;
}

export const RELEASE = `1.${PINNED_RELEASE}`;

/** Reads an experiment, and the script of each of its trials; all problems are told, those of a trial once. */
export function readExperiment({ files, script: given }: Experiment): {
  readonly experiment: ReadExperiment;
  readonly problems: readonly ScriptProblem[];
} {
  const { script, problems } = readScript(given, RELEASE);
  const sweep = script.sweep ?? ONE_RUN;
  const trials = sweepRuns(sweep).map((run, index) => ({ ...run, index }));
  const found = [...problems];
  if (problems.length === 0) found.push(...problemsOfValues(given, sweep, trials));
  return { experiment: { sweep, script, trials, digest: digestOf(files, given) }, problems: found };
}

const ONE_RUN: Sweep = { seeds: [1], parameters: [], leastNodes: undefined };

/** A value may make a script that cannot be read: `topology.nodeSize: tiny` where nobody sells such. */
function problemsOfValues(given: JsonObject, sweep: Sweep, trials: readonly Trial[]): readonly ScriptProblem[] {
  const [seed] = sweep.seeds;
  const told = new Map<string, ScriptProblem>();
  for (const trial of trials) {
    if (trial.seed !== seed) continue;
    for (const problem of readScript(scriptOfRun(given, sweep, trial), RELEASE).problems)
      told.set(`${problem.field} ${problem.id}`, problem);
  }
  return [...told.values()];
}

function digestOf(files: readonly ExperimentFile[], script: JsonObject): string {
  const whole = files.reduce((hash, { path, text }) => hashOf(`${path}\n${text}\n`, hash), hashOf(scriptWords(script)));
  return formatHash(whole);
}

function scriptWords(script: JsonObject): string {
  return flowText(script, 'json');
}

/** The trials of one of so many shards. */
export function trialsOfShard(trials: readonly Trial[], { index, count }: Shard): readonly Trial[] {
  return trials.filter((trial) => trial.index % count === index);
}

/** One part of an experiment that is run apart from the others: `index` from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** The value of each parameter by its name. */
export function namedValues({ parameters }: Sweep, { values }: SweepRun): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(parameters.map(({ name }, index) => [name, values[index]!]));
}
