import { describe, expect } from 'vitest';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import {
  append,
  findConflict,
  findConflictByTerm,
  isUpToDate,
  lastIndex,
  logAt,
  maybeAppend,
  slice,
  termAt,
} from './log.ts';
import type { RaftLog } from './log.ts';
import { becomeProbe, isPaused, maybeDecrement, maybeUpdate, progressAt } from './progress.ts';
import type { Progress } from './progress.ts';
import upstream from './testdata/tables.json';
import type { Entry } from './types.ts';

type Pair = readonly [index: number, term: number];

const quiet = (): void => undefined;
const entriesOf = (pairs: readonly (readonly number[])[]): readonly Entry[] =>
  (pairs as unknown as readonly Pair[]).map(([index, term]) => ({ index, term, data: undefined }));

/** A log with entries of these terms from the first index on, none of them on disk. */
function logOf(...terms: readonly number[]): RaftLog {
  const log = logAt(0, 0);
  append(log, entriesOf(terms.map((term, at) => [at + 1, term])), quiet);
  return log;
}

describe('the log', () => {
  const { log: tables, release } = upstream;
  const source = { area: 'etcd', file: tables.source, release } as const;

  upstreamEach(source, 'TestFindConflict')(tables.TestFindConflict)('$name', ({ entries, want }) => {
    expect(findConflict(logOf(1, 2, 3), entriesOf(entries), quiet)).toBe(want);
  });
  upstreamEach(source, 'TestFindConflictByTerm')(tables.TestFindConflictByTerm)(
    '$name',
    ({ entries, index, term, want }) => {
      const [first, ...rest] = entriesOf(entries);
      const log = logAt(first!.index, first!.term);
      append(log, rest, quiet);
      expect(findConflictByTerm(log, index, term)).toEqual({ index: want, term: termAt(log, want) ?? 0 });
    },
  );
  upstreamEach(source, 'TestIsUpToDate')(tables.TestIsUpToDate)('$name', ({ index, term, want }) => {
    expect(isUpToDate(logOf(1, 2, 3), term, index)).toBe(want);
  });
  upstreamEach(source, 'TestAppend')(tables.TestAppend)('$name', ({ entries, last, want, unstable }) => {
    const log = logOf(1, 2);
    log.stable = log.inProgress = 2;
    expect(append(log, entriesOf(entries), quiet)).toBe(last);
    expect(slice(log, 1, lastIndex(log))).toEqual(entriesOf(want));
    expect(log.stable + 1).toBe(unstable);
  });
  upstreamEach(source, 'TestLogMaybeAppend')(tables.TestLogMaybeAppend)('$name', (one) => {
    const log = logOf(1, 2, 3);
    log.committed = 1;
    const entries = entriesOf(one.entries);
    const run = (): number | undefined => maybeAppend(log, one.prev, entries, one.committed, quiet);
    if (one.panics) return expect(run).toThrow('conflict with committed entry');
    expect(run()).toBe(one.appends ? one.last : undefined);
    expect(log.committed).toBe(one.commit);
    if (one.appends && entries.length > 0)
      expect(slice(log, lastIndex(log) - entries.length + 1, lastIndex(log))).toEqual(entries);
  });
});

describe('the progress of a member', () => {
  const { progress: tables, release } = upstream;
  const source = { area: 'etcd', file: tables.source, release } as const;
  const progressOf = (fields: object): Progress => ({ ...progressAt(0, 0, false), ...fields });

  upstreamEach(source, 'TestProgressIsPaused')(tables.TestProgressIsPaused)('$name', ({ state, paused, want }) => {
    expect(isPaused(progressOf({ state, isPaused: paused }))).toBe(want);
  });
  upstreamEach(source, 'TestProgressBecomeProbe')(tables.TestProgressBecomeProbe)('$name', ({ want, ...fields }) => {
    const progress = progressOf({ ...fields, match: 1, next: 5 });
    becomeProbe(progress);
    expect(progress).toMatchObject({ state: 'StateProbe', match: 1, next: want });
  });
  upstreamEach(source, 'TestProgressUpdate')(tables.TestProgressUpdate)('$name', ({ update, match, next, want }) => {
    const progress = progressOf({ match: 3, next: 5 });
    expect(maybeUpdate(progress, update)).toBe(want);
    expect(progress).toMatchObject({ match, next });
  });
  upstreamEach(source, 'TestProgressMaybeDecr')(tables.TestProgressMaybeDecr)('$name', (one) => {
    const { state, match, next, rejected, last, want, wantNext } = one;
    const progress = progressOf({ state, match, next });
    expect(maybeDecrement(progress, rejected, last)).toBe(want);
    expect(progress).toMatchObject({ match, next: wantNext });
  });
});
