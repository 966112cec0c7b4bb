import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { JsonObject } from '../../base/json.ts';
import { creditOf } from '../../lessons/grade.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import type { Given, Question } from '../../lessons/question.ts';
import type { LessonAnswer, LessonSteps } from '../../workspace/lessons/answer-lesson.ts';
import type { LessonPlayer } from './lesson-player.ts';
import type { Mode } from './modes.ts';

/** A place where a lesson stops: a step, or a question that is put after it. */
export type Stop =
  | { readonly type: 'step'; readonly id: string; readonly seq: number }
  | { readonly type: 'question'; readonly question: Question; readonly seq: number };

/** The lesson that is open, and how far it is. */
export interface LessonState {
  readonly source: JsonObject;
  readonly lesson: Lesson;
  readonly mode: Mode;
  readonly player: LessonPlayer;
  readonly variant: number | undefined;
  readonly plan: LessonSteps | undefined;
  readonly stops: readonly Stop[];
  readonly at: number;
  readonly answers: ReadonlyMap<string, LessonAnswer | { readonly failure: string }>;
  readonly given: ReadonlyMap<string, Given>;
  /** Questions whose answer has been shown. */
  readonly shown: ReadonlySet<string>;
}

export const lessonStore = createStore<{ readonly open: LessonState | undefined }>(() => ({ open: undefined }));

export function useLesson<Value>(select: (state: LessonState | undefined) => Value): Value {
  return useStore(lessonStore, ({ open }) => select(open));
}

export function changeLesson(change: (state: LessonState) => Partial<LessonState>): void {
  const { open } = lessonStore.getState();
  if (open !== undefined) lessonStore.setState({ open: { ...open, ...change(open) } });
}

/** The steps up to where it stands; a question belongs to the step before it. */
export function stepsReached({ stops, at }: LessonState): readonly Extract<Stop, { readonly type: 'step' }>[] {
  return stops.slice(0, at + 1).flatMap((stop) => (stop.type === 'step' ? [stop] : []));
}

/** Points of the questions that were answered, and how many there are. */
export function scoreOf({ lesson, given, answers }: LessonState): { readonly points: number; readonly count: number } {
  const credits = lesson.questions.map(({ id }) => {
    const [own, answer] = [given.get(id), answers.get(id)];
    return own === undefined || answer === undefined || 'failure' in answer ? 0 : creditOf(own, answer.right);
  });
  return { points: credits.reduce((sum, credit) => sum + credit, 0), count: credits.length };
}
