import { guide } from '../simulation/guide.ts';
import { changeLesson, lessonStore } from './lesson-state.ts';

/** On or back: a question is put, then its answer shown, then the next step; a test waits for an answer. */
export function moveLesson(by: number): void {
  const { open } = lessonStore.getState();
  if (open === undefined) return;
  const stop = open.stops[open.at];
  if (by > 0 && stop?.type === 'question' && !open.shown.has(stop.question.id)) {
    if (open.mode === 'lecture') revealAnswer(stop.question.id);
    return;
  }
  showPlace(Math.max(0, Math.min(open.stops.length - 1, open.at + Math.sign(by))));
}

/** To a step by its number, from 1: past questions on the way, which are left as they are. */
export function goToStep(number: number): void {
  const { open } = lessonStore.getState();
  if (open === undefined) return;
  const places = open.stops.flatMap(({ type }, place) => (type === 'step' ? [place] : []));
  const at = places[Math.max(1, Math.min(places.length, number)) - 1];
  if (at !== undefined) showPlace(at);
}

/** To a stop by its place among them, from 0. */
export function showPlace(at: number): void {
  changeLesson(() => ({ at }));
  // More steps may be shown now.
  guide.setState(({ guide: before }) => ({ guide: before && { ...before } }));
  const { open } = lessonStore.getState();
  const stop = open?.stops[at];
  if (stop !== undefined && stop.seq !== open?.player.seq()) open?.player.goTo(stop.seq);
}

export function revealAnswer(id: string): void {
  changeLesson(({ shown }) => ({ shown: new Set([...shown, id]) }));
}
