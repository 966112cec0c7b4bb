import { showToast } from '../../kit/toasts.ts';
import { LESSONS } from '../../workspace/lessons/catalogue.ts';
import { i18n } from '../i18n.ts';
import { openBranch } from '../classroom/branch-link.ts';
import { openLesson } from '../classroom/lead-lesson.ts';
import { lessonStore } from '../classroom/lesson-state.ts';
import type { Mode } from '../classroom/modes.ts';
import { goToStep } from '../classroom/move-lesson.ts';

interface Wanted {
  readonly lesson: string;
  readonly mode: Mode;
  readonly step: number | undefined;
  readonly branch?: string | undefined;
}

/** Opens the lesson that the address of the page names, at its step; says so where there is none. */
export async function openLessonOf(
  { lesson, mode, step, branch }: Wanted,
  parts: Parameters<typeof openLesson>[2],
): Promise<void> {
  if (!LESSONS.some(({ id }) => id === lesson.toUpperCase())) {
    showToast({ text: i18n.t('classroom:noSuchLesson', { id: lesson }), tone: 'bad' });
    return;
  }
  // Answers are still worked out when its first step stands already.
  const stop = lessonStore.subscribe(({ open }) => {
    if (open === undefined || open.stops.length === 0) return;
    stop();
    if (step !== undefined && mode !== 'practice') queueMicrotask(() => goToStep(step));
    if (branch !== undefined) queueMicrotask(() => openBranch(branch, parts.simulation));
  });
  await openLesson(lesson, mode, parts);
}
