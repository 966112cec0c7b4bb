import type { JsonObject } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import type { ReadExperiment, Shard } from './experiment.ts';
import { RELEASE } from './experiment.ts';
import type { TrialRow } from './row.ts';

/** What came of an experiment, or of one of its shards. Plain JSON, rows in order of their index. */
export interface ExperimentResult {
  readonly release: string;
  readonly digest: string;
  readonly parameters: readonly string[];
  readonly currency: string | null;
  /** Trials of the whole experiment. */
  readonly trials: number;
  readonly shard?: Shard;
  readonly rows: readonly TrialRow[];
}

/** The result of rows that came in any order. */
export function resultOf(
  { digest, sweep, script, trials }: ReadExperiment,
  rows: readonly TrialRow[],
  shard?: Shard,
): ExperimentResult {
  return {
    release: RELEASE,
    digest,
    parameters: sweep.parameters.map(({ name }) => name),
    currency: script.prices?.currency ?? null,
    trials: trials.length,
    ...(shard === undefined ? {} : { shard }),
    rows: rows.toSorted((a, b) => a.index - b.index),
  };
}

/** Whether a value of JSON is a result, as far as merging needs to know. */
export function isResult(value: unknown): value is ExperimentResult {
  if (!isJsonObject(value)) return false;
  const { digest, trials, parameters, rows } = value;
  return (
    typeof digest === 'string' &&
    typeof trials === 'number' &&
    Array.isArray(parameters) &&
    Array.isArray(rows) &&
    (rows as readonly unknown[]).every((row) => isJsonObject(row) && isIndex((row as JsonObject)['index'], trials))
  );
}

function isIndex(value: unknown, trials: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < trials;
}

export type Merged =
  | { readonly result: ExperimentResult; /** Trials that no result has. */ readonly missing: readonly number[] }
  /** Results of two experiments, or two results that say different things of one trial. */
  | { readonly differ: 'experiment' }
  | { readonly differ: 'trial'; readonly index: number };

/** Puts the results of shards together. A trial may be in several, as where a Pod of a Job was started again. */
export function mergeResults([first, ...others]: readonly [ExperimentResult, ...ExperimentResult[]]): Merged {
  const rows = new Map<number, TrialRow>();
  for (const { digest, release, trials, rows: own } of [first, ...others]) {
    if (digest !== first.digest || release !== first.release || trials !== first.trials)
      return { differ: 'experiment' };
    for (const row of own) {
      const known = rows.get(row.index);
      if (known !== undefined && known.traceHash !== row.traceHash) return { differ: 'trial', index: row.index };
      rows.set(row.index, row);
    }
  }
  const { shard: _, ...head } = first;
  const missing = Array.from({ length: first.trials }, (_, index) => index).filter((index) => !rows.has(index));
  return { result: { ...head, rows: [...rows.values()].sort((a, b) => a.index - b.index) }, missing };
}
