import type { JsonObject, JsonValue } from '../base/json.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import type { Script } from '../simulator/script/script.ts';
import type { Sweep, SweepRun } from '../simulator/script/sweep.ts';

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
