import { formatHash, hashOf } from '../base/hash.ts';
import type { JsonObject } from '../base/json.ts';
import { flowText } from '../manifest/print.ts';
import type { ScriptProblem } from '../simulator/script/script.ts';
import { readScript } from '../simulator/script/script.ts';
import type { Sweep } from '../simulator/script/sweep.ts';
import { scriptOfRun, sweepRuns } from '../simulator/script/sweep.ts';
import type { Experiment, ExperimentFile, ReadExperiment, Trial } from './experiment.ts';
import { RELEASE } from './experiment.ts';

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
  const whole = files.reduce(
    (hash, { path, text }) => hashOf(`${path}\n${text}\n`, hash),
    hashOf(flowText(script, 'json')),
  );
  return formatHash(whole);
}
