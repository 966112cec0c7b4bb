import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import { MilestoneFinder } from './milestones.ts';
import type { Milestone } from './milestones.ts';
import { WriteVerdicts } from './refusals.ts';
import type { WriteVerdict } from './refusals.ts';

/** What was read out of further steps of a branch. */
export interface Reading {
  readonly milestones: readonly Milestone[];
  readonly verdicts: readonly WriteVerdict[];
}

/** Reads the steps of one branch as they come: milestones, and how writes of a person were taken. */
export class LogReader {
  private readonly writes = new WriteVerdicts();
  private readonly found: WriteVerdict[] = [];
  private readonly finder = new MilestoneFinder((entry) => {
    const verdict = this.writes.verdictOf(entry);
    if (verdict === undefined) return undefined;
    this.found.push(verdict);
    return verdict.refusal === undefined ? undefined : verdict.object;
  });

  /** Steps are given once each, in order; a branch that shares a past is given that past first. */
  read(entries: readonly TraceEntry[]): Reading {
    const milestones = this.finder.observe(entries);
    return { milestones, verdicts: this.found.splice(0) };
  }
}
