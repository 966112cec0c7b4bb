import type { Lesson } from '../../../lessons/lesson.ts';
import { playModelOf } from '../../../lessons/models/index.ts';
import { answerOrFailure, lessonSteps } from '../../../workspace/lessons/answer-lesson.ts';
import type { LessonAnswer, LessonSteps } from '../../../workspace/lessons/answer-lesson.ts';
import { modelLessonRun } from '../../../workspace/lessons/model-lesson-run.ts';
import { createModelPlayer } from '../../../workspace/lessons/model-player.ts';
import { modelLessonPlayer } from '../lesson-player.ts';
import type { LessonPlayer } from '../lesson-player.ts';
import { showModel } from './model-stage.ts';

export { ModelView } from './model-view.tsx';

/** The run of a lesson's model, shown, and all that its questions ask for. Throws where it cannot be played. */
export function beginModelLesson(
  lesson: Lesson,
  variant: number,
): {
  readonly player: LessonPlayer;
  readonly plan: LessonSteps;
  readonly answers: ReadonlyMap<string, LessonAnswer | { readonly failure: string }>;
} {
  const run = playModelOf(lesson.run);
  const player = createModelPlayer(run);
  showModel(player);
  const told = modelLessonRun(run);
  return {
    player: modelLessonPlayer(player),
    plan: lessonSteps(told, lesson),
    answers: new Map(
      lesson.questions.map((question) => [question.id, answerOrFailure(told, lesson, question, variant)]),
    ),
  };
}
