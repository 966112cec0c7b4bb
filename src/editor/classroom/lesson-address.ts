import { isEmbedded } from '../../workspace/saving/person-memory.ts';
import { addressWithoutLesson, lessonAddress } from '../embed/addresses.ts';
import { lessonStore, stepsReached } from './lesson-state.ts';
import type { LessonState } from './lesson-state.ts';

/** The address of the page says which step of which lesson is open: it comes back after a reload, and may be given away. */
export function followLesson(): void {
  // In a frame the address belongs to who made the frame.
  if (isEmbedded()) return;
  let shown = location.href;
  lessonStore.subscribe(({ open }) => {
    if (open !== undefined && open.stops.length === 0) return;
    const next = open === undefined ? addressWithoutLesson(shown) : addressOf(open);
    if (next === shown) return;
    shown = next;
    try {
      history.replaceState(history.state, '', next);
    } catch {
      // A page that was opened as a file may not be allowed to say so.
    }
  });
}

/** The address of where a lesson is. */
export function addressOf(open: LessonState, branch?: string): string {
  const { lesson, mode } = open;
  const step = Math.max(1, stepsReached(open).length);
  return lessonAddress(location.href, { lesson: lesson.id, mode, step, branch });
}
