import { asObject, booleanAt, objectAt, stringAt } from '../../../base/json.ts';
import type { JsonValue } from '../../../base/json.ts';
import { CARRIED_ID } from '../../../interchange/scorm/carried-id.ts';
import { findScormApi, ScormSession } from '../../../interchange/scorm/scorm-session.ts';
import type { LessonParts } from '../begin-lesson-run.ts';
import { openLessonObject } from '../lead-lesson.ts';
import { lessonStore, scoreOf, stepsReached } from '../lesson-state.ts';
import { MODES } from '../modes.ts';
import { goToStep } from '../move-lesson.ts';
import { PASSING } from './lesson-package.ts';

/** Opens the lesson that the page brings along. */
export async function openCarried(parts: LessonParts): Promise<void> {
  const text = document.getElementById(CARRIED_ID)?.textContent ?? '';
  const carried = asObject(JSON.parse(text) as JsonValue);
  const lesson = objectAt(carried, 'lesson');
  if (lesson === undefined) return;
  if (booleanAt(carried, 'isScorm') === true) tellPlatform();
  await openLessonObject(lesson, MODES.find((mode) => mode === stringAt(carried, 'mode')) ?? 'lecture', parts);
}

/** Tells the learning platform around the page how far its lesson is, and with how many points. */
function tellPlatform(): void {
  const api = findScormApi(window);
  if (api === undefined) return;
  const began = performance.now();
  const session = new ScormSession(api, PASSING);
  const reached = session.reached;
  let isBack = false;
  lessonStore.subscribe(({ open }) => {
    if (open === undefined || open.stops.length === 0) return;
    if (!isBack) {
      isBack = true;
      if (reached > 1) return queueMicrotask(() => goToStep(reached));
    }
    const { points, count } = scoreOf(open);
    const isLast = open.at === open.stops.length - 1;
    const isDone = isLast && open.lesson.questions.every(({ id }) => open.shown.has(id));
    session.report({ step: stepsReached(open).length, points, of: count, isDone });
  });
  addEventListener('pagehide', () => session.finish((performance.now() - began) / 1000));
}
