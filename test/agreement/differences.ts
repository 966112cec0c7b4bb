import type { Case } from './cases.ts';
import table from './differences.json' with { type: 'json' };

/**
 * Where 1.36 answers otherwise than the server of 1.20.2 that was asked: each with the reason, the source, and what 1.36
 * says. The figures compare with that instead.
 */
export interface Difference {
  /** A case's name, or a pattern for the name of a manifest's object. */
  readonly id?: string;
  /** A pattern for what we say: the words of a rule that 1.20 did not have. */
  readonly words?: string;
  /** A pattern for what the server said. */
  readonly theirs?: string;
  /** A pattern for the object's JSON. */
  readonly object?: string;
  /** What 1.36 answers: accepted, or refused at a field for a reason; left out where it cannot be told without a cluster. */
  readonly answer?: 'accepted' | readonly [field: string, reason: string];
  readonly because: string;
  readonly source: string;
}

/** A field of a stored object that differs by release, by admission or by chance. */
export interface StoredDifference {
  /** Patterns. */
  readonly kind: string;
  readonly line: string;
  readonly because: string;
  readonly source: string;
}

export const DIFFERENCES: readonly Difference[] = table.answers as readonly Difference[];
export const STORED_DIFFERENCES: readonly StoredDifference[] = table.stored;

/** Where we knowingly answer otherwise than a server of the pinned release. */
export const PINNED_DIFFERENCES: readonly Difference[] = table.pinnedAnswers as readonly Difference[];
export const PINNED_STORED_DIFFERENCES: readonly StoredDifference[] = table.pinnedStored;

export function differenceFor({ id, answer, object, isPinned }: Case, words: string): Difference | undefined {
  return (isPinned === true ? PINNED_DIFFERENCES : DIFFERENCES).find(
    (difference) =>
      (difference.id === undefined || difference.id === id) &&
      holds(difference.words, words) &&
      holds(difference.theirs, answer.message) &&
      (difference.object === undefined || holds(difference.object, JSON.stringify(object))),
  );
}

function holds(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(pattern).test(text);
}

export function isListedStoredDifference(kind: string, line: string): boolean {
  return STORED_DIFFERENCES.some((difference) => isOf(difference, kind, line));
}

export function isListedPinnedStored(kind: string, line: string): boolean {
  return PINNED_STORED_DIFFERENCES.some((difference) => isOf(difference, kind, line));
}

function isOf(difference: StoredDifference, kind: string, line: string): boolean {
  return new RegExp(`^(?:${difference.kind})$`).test(kind) && new RegExp(difference.line).test(line);
}
