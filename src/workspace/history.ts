import { temporal } from 'zundo';
import { createStore } from 'zustand/vanilla';
import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design } from '../design/design.ts';
import type { HistoryStep } from './workspace.ts';

/** A design and the step that led to it. */
interface Moment {
  readonly design: Design;
  readonly step: HistoryStep | undefined;
}

/** Designs share structure, so a hundred steps cost little more than what they changed. */
const LIMIT = 500;

/** Undo of everything: each step is one gesture of a person. Selection, hover and viewport are not in it. */
export function createHistory() {
  const store = createStore<Moment>()(
    temporal<Moment>(() => ({ design: EMPTY_DESIGN, step: undefined }), { limit: LIMIT }),
  );
  const { undo, redo, clear } = store.temporal.getState();
  return {
    get design(): Design {
      return store.getState().design;
    },
    push(design: Design, step: HistoryStep): void {
      store.setState({ design, step });
    },
    /** Another design begins: there is nothing to undo. */
    begin(design: Design): void {
      store.setState({ design, step: undefined });
      clear();
    },
    undo: (): void => undo(),
    redo: (): void => redo(),
    /** What undo and redo would take back and do again. */
    get next(): { readonly undo: HistoryStep | undefined; readonly redo: HistoryStep | undefined } {
      const { pastStates, futureStates } = store.temporal.getState();
      return {
        undo: pastStates.length > 0 ? store.getState().step : undefined,
        redo: futureStates.at(-1)?.step,
      };
    },
  };
}
