import { LESSONS } from '../../../workspace/lessons/catalogue.ts';
import type { ListedLesson } from '../../../workspace/lessons/catalogue.ts';

export interface LessonThere {
  readonly lesson: ListedLesson;
}

/** The lessons that are there. */
export const LESSONS_THERE: readonly LessonThere[] = LESSONS.map((lesson) => ({ lesson }));
