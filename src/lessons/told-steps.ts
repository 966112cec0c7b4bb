import type { Detail, Lesson, LessonStep } from './lesson.ts';
import { DETAILS } from './lesson.ts';

/** The steps that a detail tells: its own and those of the smaller ones, and each after which something is asked. */
export function toldSteps({ steps, questions }: Lesson, detail: Detail): readonly LessonStep[] {
  const asked = new Set(questions.map(({ after }) => after));
  const most = DETAILS.indexOf(detail);
  return steps.filter((step) => DETAILS.indexOf(step.detail) <= most || asked.has(step.id));
}
