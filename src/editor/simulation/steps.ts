import type { BranchState, LogEntry } from '../../workspace/simulation/simulation.ts';
import type { DetailLevel } from '../settings.ts';

const LEVELS: Readonly<Record<DetailLevel, number>> = { story: 0, standard: 1, full: 2 };

/** The steps of a branch that are shown at a detail, oldest first. Folding never reorders. */
export function stepsAt({ entries }: BranchState, detail: DetailLevel): readonly LogEntry[] {
  const level = LEVELS[detail];
  const first = entries.findIndex((entry) => entry.level === 0);
  const begin = first < 0 ? entries.length : first;
  return entries.slice(begin).filter((entry) => entry.level <= level);
}

/** The steps of some seqs, without those that only full detail shows. */
export function withoutDetails({ entries }: BranchState, seqs: readonly number[]): readonly LogEntry[] {
  return seqs.flatMap((seq) => entries[seq - 1] ?? []).filter(({ level }) => level < LEVELS.full);
}

/** Index of the newest step that is not after a seq; -1 where all are. */
export function indexAt(steps: readonly LogEntry[], seq: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Seconds as a person reads them on a clock: `0.412 s`, `1 min 05 s`. */
export function clock(timeMs: number): string {
  const seconds = timeMs / 1000;
  if (seconds < 60) return `${seconds.toFixed(3)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${(seconds - minutes * 60).toFixed(1).padStart(4, '0')} s`;
}

/** How long a wait must be to be told as a jump, in milliseconds of the run. */
export const JUMP_MS = 2000;
