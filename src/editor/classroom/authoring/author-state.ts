import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { JsonObject } from '../../../base/json.ts';
import type { Lesson } from '../../../lessons/lesson.ts';
import type { LessonProblem } from '../../../lessons/problem.ts';
import type { LessonCheck } from '../../../workspace/lessons/check-lesson.ts';
import { keepWord, readWord } from '../../../workspace/saving/person-memory.ts';
import type { ScriptProblem } from '../../../workspace/lessons/lesson-text.ts';
import type { LessonParts } from '../begin-lesson-run.ts';

/** What is wrong at a field of the lesson, found by reading it or by playing it. */
export type AuthorProblem = LessonProblem | ScriptProblem;

/** The lesson that is being written. */
export interface Authoring {
  /** The object of its file. */
  readonly draft: JsonObject;
  /** The same as it is read, with something harmless where it cannot be. */
  readonly lesson: Lesson;
  /** What is wrong in the file itself. */
  readonly problems: readonly AuthorProblem[];
  /** What it comes to in its run; of a moment ago while it is worked out anew. */
  readonly check: LessonCheck | undefined;
  /** Hash of the run that the draft says; another one is played where somebody has done something since. */
  readonly recorded: string | undefined;
  readonly parts: LessonParts;
}

export const authorStore = createStore<{ readonly open: Authoring | undefined }>(() => ({ open: undefined }));

export function useAuthoring<Value>(select: (open: Authoring | undefined) => Value): Value {
  return useStore(authorStore, ({ open }) => select(open));
}

const KEY = 'lesson-draft';

export function keepDraft(draft: JsonObject | undefined): void {
  keepWord(KEY, draft === undefined ? undefined : JSON.stringify(draft));
}

/** The lesson that was being written when the page was left. */
export function keptDraft(): JsonObject | undefined {
  const word = readWord(KEY);
  if (word === undefined) return undefined;
  try {
    return JSON.parse(word) as JsonObject;
  } catch {
    return undefined;
  }
}

/** Everything that is wrong, as far as it is known. */
export function allProblems({ problems, check }: Authoring): readonly AuthorProblem[] {
  return [...problems, ...(check?.problems ?? [])];
}

export function isGap(problem: AuthorProblem): boolean {
  return 'isGap' in problem && problem.isGap === true;
}
