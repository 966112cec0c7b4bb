import { isEmbedded, looksOnly } from '../../workspace/saving/person-memory.ts';
import { MODES } from '../classroom/modes.ts';
import type { Mode } from '../classroom/modes.ts';
import { THEMES, languageOf } from '../settings.ts';
import type { Language, Theme } from '../settings.ts';

/** How much of the page there is around the picture when it stands in somebody else's. */
export const SURROUNDINGS = ['keys', 'none'] as const;
export type Surroundings = (typeof SURROUNDINGS)[number];

/** What the address of the page asks for, beside a design in its fragment. */
export interface PageOptions {
  readonly isEmbedded: boolean;
  /** Whether the design may be changed here: always, but in a frame only where its address asks for it. */
  readonly edits: boolean;
  /** Id of a lesson, `C7`. */
  readonly lesson: string | undefined;
  readonly mode: Mode;
  /** Step of the lesson, from 1. */
  readonly step: number | undefined;
  readonly language: Language | undefined;
  readonly theme: Theme | undefined;
  /** Whether the page listens to the keyboard; else it tells the page around it of each key. */
  readonly keys: boolean;
  readonly ui: Surroundings;
}

/** Reads `?embed=1&lesson=C7&mode=lecture&step=14&lang=zh&theme=dark&keys=off&ui=none&edit=1`; what it does not know it leaves. */
export function readPageOptions(search: string): PageOptions {
  const given = new URLSearchParams(search);
  const step = Number(given.get('step'));
  return {
    isEmbedded: isEmbedded(),
    edits: !looksOnly(),
    lesson: given.get('lesson') ?? undefined,
    mode: MODES.find((mode) => mode === given.get('mode')) ?? 'lecture',
    step: Number.isInteger(step) && step > 0 ? step : undefined,
    language: languageOf(given.get('lang') ?? ''),
    theme: THEMES.find((theme) => theme === given.get('theme')),
    keys: given.get('keys') !== 'off',
    ui: SURROUNDINGS.find((ui) => ui === given.get('ui')) ?? 'keys',
  };
}
