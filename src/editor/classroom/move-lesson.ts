import type { Simulation } from '../../workspace/simulation/simulation.ts';
import { guide } from '../simulation/guide.ts';
import { changeLesson, lessonStore } from './lesson-state.ts';

/** On or back: a question is put, then its answer shown, then the next step; a test waits for an answer. */
export function moveLesson(by: number, simulation: Simulation): void {
  const { open } = lessonStore.getState();
  if (open === undefined) return;
  const stop = open.stops[open.at];
  if (by > 0 && stop?.type === 'question' && !open.shown.has(stop.question.id)) {
    if (open.mode === 'lecture') revealAnswer(stop.question.id);
    return;
  }
  const at = Math.max(0, Math.min(open.stops.length - 1, open.at + Math.sign(by)));
  changeLesson(() => ({ at }));
  // More steps may be shown now.
  guide.setState(({ guide: before }) => ({ guide: before && { ...before } }));
  const next = open.stops[at];
  if (next !== undefined && next.seq !== simulation.store.getState().seq) simulation.goTo(next.seq);
}

export function revealAnswer(id: string): void {
  changeLesson(({ shown }) => ({ shown: new Set([...shown, id]) }));
}
