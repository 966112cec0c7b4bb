import { jsonEqual } from '../base/json.ts';
import type { Problem } from '../design/problem.ts';
import type { ProblemsChange } from './protocol.ts';

/** Problems in one message; more would hold the page up while it takes them in. */
const PART_SIZE = 2_000;

/** What differs between two lists of problems: one stretch in the middle, as an edit changes one place most of the time. */
export function problemsChange(before: readonly Problem[], after: readonly Problem[]): ProblemsChange {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && isSame(before[start]!, after[start]!)) start++;
  let end = 0;
  while (end < least - start && isSame(before.at(-1 - end)!, after.at(-1 - end)!)) end++;
  return { start, removed: before.length - start - end, added: after.slice(start, after.length - end) };
}

/** Takes a change over; the same list where nothing differs. */
export function applyProblemsChange(
  problems: readonly Problem[],
  { start, removed, added }: ProblemsChange,
): readonly Problem[] {
  if (removed === 0 && added.length === 0) return problems;
  return [...problems.slice(0, start), ...added, ...problems.slice(start + removed)];
}

/** Cuts a change into parts that are small; applied one after another they are the whole. */
export function* problemsParts({ start, removed, added }: ProblemsChange): Generator<ProblemsChange, ProblemsChange> {
  let done = 0;
  for (; added.length - done > PART_SIZE; done += PART_SIZE) {
    const part = added.slice(done, done + PART_SIZE);
    yield { start: start + done, removed: done === 0 ? removed : 0, added: part };
  }
  return { start: start + done, removed: done === 0 ? removed : 0, added: added.slice(done) };
}

function isSame(a: Problem, b: Problem): boolean {
  return a === b || (a.id === b.id && a.record === b.record && jsonEqual(a, b));
}
