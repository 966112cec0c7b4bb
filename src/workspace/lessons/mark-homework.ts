import type { Lesson } from '../../lessons/lesson.ts';
import { valueOfExpression } from './expression.ts';
import type { LessonRun } from './lesson-run.ts';
import { lessonVariables } from './lesson-variables.ts';

/** How a design that was handed in fares with one of the things that are looked at. */
export interface CheckMark {
  readonly id: string;
  readonly isMet: boolean;
  /** Why it could not be looked at. */
  readonly failure?: string;
}

/** What the simulator says to the checks of a homework, at the end of the run of whichever design it is. */
export function markHomework(run: LessonRun, { homework, parameters }: Lesson): readonly CheckMark[] {
  const variables = lessonVariables({ run, seq: run.entries.length, steps: [], names: {}, parameters });
  return (homework?.checks ?? []).map(({ id, met }): CheckMark => {
    try {
      const value = valueOfExpression(met, variables);
      if (typeof value !== 'boolean') return { id, isMet: false, failure: JSON.stringify(value) };
      return { id, isMet: value };
    } catch (error) {
      return { id, isMet: false, failure: error instanceof Error ? error.message : String(error) };
    }
  });
}
