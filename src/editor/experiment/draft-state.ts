import { createStore } from 'zustand/vanilla';
import type { ExperimentDraft } from '../../experiment/draft.ts';
import { EMPTY_DRAFT } from '../../experiment/draft.ts';

/** What somebody has filled in; stays while the page does. */
export const draft = createStore<ExperimentDraft>()(() => EMPTY_DRAFT);

export function changeDraft(part: Partial<ExperimentDraft>): void {
  draft.setState(part);
}
