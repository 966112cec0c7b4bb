import type { JsonObject } from '../../base/json.ts';
import { finderFor, finderObject } from '../../lessons/authoring/finder-for.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { resolveSteps } from '../../lessons/resolve-steps.ts';
import type { LessonRun } from './lesson-run.ts';

/** A step of a lesson and the entry of the run that somebody means by it. */
export interface MarkedStep {
  readonly id: string;
  readonly seq: number;
}

/**
 * Finders for steps that somebody marked, as the file has them, by id: only of those that their own finder does not find
 * where it is meant. null: nothing tells the step from what comes before it.
 */
export function findMarked(
  { entries }: LessonRun,
  { steps }: Lesson,
  marked: readonly MarkedStep[],
): Readonly<Record<string, JsonObject | null>> {
  const found: Record<string, JsonObject | null> = {};
  let before: { readonly id: string; readonly seq: number } | undefined;
  const known = [...steps];
  for (const [index, step] of steps.entries()) {
    const wanted = marked.find(({ id }) => id === step.id);
    const { resolved } = resolveSteps(entries, known.slice(0, index + 1));
    const now = resolved.find(({ id }) => id === step.id);
    if (wanted === undefined || now?.seq === wanted.seq) {
      before = now ?? before;
      continue;
    }
    const finder = finderFor(entries, wanted.seq, before?.seq ?? 0);
    // A wait counts from the step that it names, or another step between would change it.
    const whole = finder?.waitMs === undefined ? finder : { ...finder, after: before?.id ?? 'start' };
    found[step.id] = whole === undefined ? null : finderObject(whole);
    if (whole === undefined) continue;
    known[index] = { ...step, find: whole };
    before = wanted;
  }
  return found;
}

/** How an entry is found after a step that is asked about: for what is to be put in order, or proves an answer. */
export function finderAfter(run: LessonRun, seq: number, anchorSeq: number): JsonObject | undefined {
  const finder = finderFor(run.entries, seq, anchorSeq);
  return finder && finderObject(finder);
}
