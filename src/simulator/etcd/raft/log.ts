import { assert } from '../../../base/assert.ts';
import type { Entry, LogLine, Snapshot } from './types.ts';

/**
 * The log of a member: entries after a snapshot. Those up to `stable` are on disk, those up to `inProgress` are on their
 * way there. Mutable plain data.
 * Source: github.com/etcd-io/raft v3.6.0, log.go and log_unstable.go.
 */
export interface RaftLog {
  /** The entry before the first that is held. */
  offset: number;
  offsetTerm: number;
  entries: readonly Entry[];
  stable: number;
  inProgress: number;
  /** A snapshot that came from the leader and is not on disk yet. */
  snapshot: Snapshot | undefined;
  isSnapshotInProgress: boolean;
  committed: number;
  applying: number;
  applied: number;
}

/** Where a line of the log of the library goes. */
export type Say = (level: LogLine['level'], text: string) => void;

export function logAt(index: number, term: number): RaftLog {
  return {
    offset: index,
    offsetTerm: term,
    entries: [],
    stable: index,
    inProgress: index,
    snapshot: undefined,
    isSnapshotInProgress: false,
    committed: index,
    applying: index,
    applied: index,
  };
}

export function lastIndex(log: RaftLog): number {
  return log.offset + log.entries.length;
}

/** Undefined where the entry is compacted away or not there yet. */
export function termAt(log: RaftLog, index: number): number | undefined {
  if (index === log.offset) return log.offsetTerm;
  return log.entries[index - log.offset - 1]?.term;
}

export function lastTerm(log: RaftLog): number {
  return termAt(log, lastIndex(log)) ?? 0;
}

/** Entries from one index up to and including another. */
export function slice(log: RaftLog, from: number, to: number): readonly Entry[] {
  return log.entries.slice(from - log.offset - 1, Math.max(0, to - log.offset));
}

export function matchesTerm(log: RaftLog, index: number, term: number): boolean {
  return termAt(log, index) === term;
}

/** Whether a log that ends with an entry is as good as this one. */
export function isUpToDate(log: RaftLog, term: number, index: number): boolean {
  const own = lastTerm(log);
  return term > own || (term === own && index >= lastIndex(log));
}

/** Puts entries at the end; those of the same index and after go. */
export function append(log: RaftLog, entries: readonly Entry[], say: Say): number {
  const [first] = entries;
  if (first === undefined) return lastIndex(log);
  const from = first.index;
  assert(from > log.committed, `after(${from - 1}) is out of range [committed(${log.committed})]`);
  if (from <= lastIndex(log)) {
    if (from <= log.stable + 1) {
      say(1, `replace the unstable entries from index ${from}`);
      log.stable = from - 1;
      log.inProgress = log.stable;
    } else {
      say(1, `truncate the unstable entries before index ${from}`);
      log.inProgress = Math.min(log.inProgress, from - 1);
    }
  }
  log.entries = [...log.entries.slice(0, from - log.offset - 1), ...entries];
  return lastIndex(log);
}

/** Takes in what a leader sends after an entry that it names; undefined where that entry is not here. */
export function maybeAppend(
  log: RaftLog,
  prev: { readonly index: number; readonly term: number },
  entries: readonly Entry[],
  commit: number,
  say: Say,
): number | undefined {
  if (!matchesTerm(log, prev.index, prev.term)) return undefined;
  const last = prev.index + entries.length;
  const conflict = findConflict(log, entries, say);
  if (conflict > 0) {
    assert(conflict > log.committed, `entry ${conflict} conflict with committed entry [committed(${log.committed})]`);
    append(log, entries.slice(conflict - prev.index - 1), say);
  }
  commitTo(log, Math.min(commit, last));
  return last;
}

/** The first entry that the log does not have as it is given; 0 for none. */
export function findConflict(log: RaftLog, entries: readonly Entry[], say: Say): number {
  for (const { index, term } of entries) {
    if (matchesTerm(log, index, term)) continue;
    if (index <= lastIndex(log))
      say(1, `found conflict at index ${index} [existing term: ${termAt(log, index) ?? 0}, conflicting term: ${term}]`);
    return index;
  }
  return 0;
}

/** The last entry up to an index whose term is not later than a term. */
export function findConflictByTerm(
  log: RaftLog,
  from: number,
  term: number,
): { readonly index: number; readonly term: number } {
  for (let index = from; index > 0; index--) {
    const own = termAt(log, index);
    if (own === undefined) return { index, term: 0 };
    if (own <= term) return { index, term: own };
  }
  return { index: 0, term: 0 };
}

export function commitTo(log: RaftLog, index: number): void {
  if (index <= log.committed) return;
  assert(index <= lastIndex(log), `tocommit(${index}) is out of range [lastIndex(${lastIndex(log)})]`);
  log.committed = index;
}

/** Everything up to a snapshot of the leader is replaced by it. */
export function restore(log: RaftLog, snapshot: Snapshot): void {
  const { index, term } = snapshot;
  Object.assign(log, { offset: index, offsetTerm: term, entries: [], stable: index, inProgress: index });
  log.committed = index;
  log.snapshot = snapshot;
  log.isSnapshotInProgress = false;
}

/** What is on disk up to an index is on disk. */
export function stableTo(log: RaftLog, index: number, term: number, say: Say): void {
  const own = termAt(log, index);
  if (own === undefined) return say(1, `entry at index ${index} missing from unstable log; ignoring`);
  if (own !== term)
    return say(
      1,
      `entry at (index,term)=(${index},${term}) mismatched with entry at (${index},${own}) in unstable log; ignoring`,
    );
  log.stable = Math.max(log.stable, index);
  log.inProgress = Math.max(log.inProgress, log.stable);
}

/** Forgets entries up to an index; all of them are applied. */
export function compact(log: RaftLog, index: number): void {
  if (index <= log.offset) return;
  assert(index <= log.applied, `compact ${index} is out of bound applied(${log.applied})`);
  const term = termAt(log, index) ?? 0;
  log.entries = log.entries.slice(index - log.offset);
  log.offset = index;
  log.offsetTerm = term;
}
