import type { GlossaryPlace } from '../../page-state.ts';
import type { LessonThere } from './lessons-there.ts';

/** What each page of the glossary gets: where it is, and how to go elsewhere in it. */
export interface GlossaryPage {
  readonly place: GlossaryPlace;
  readonly lessons: readonly LessonThere[];
  readonly onGo: (place: GlossaryPlace) => void;
}
