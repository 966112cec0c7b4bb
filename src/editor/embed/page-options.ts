import { isEmbedded } from '../../workspace/saving/person-memory.ts';
import { MODES } from '../classroom/modes.ts';
import type { Mode } from '../classroom/modes.ts';
import { LANGUAGES, THEMES } from '../settings.ts';
import type { Language, Theme } from '../settings.ts';

/** How much of the page there is around the picture when it stands in somebody else's. */
export const SURROUNDINGS = ['keys', 'none'] as const;
export type Surroundings = (typeof SURROUNDINGS)[number];

/** What the address of the page asks for, beside a design in its fragment. */
export interface PageOptions {
  readonly isEmbedded: boolean;
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

/** Reads `?embed=1&lesson=C7&mode=lecture&step=14&lang=zh&theme=dark&keys=off&ui=none`; what it does not know it leaves. */
export function readPageOptions(search: string): PageOptions {
  const given = new URLSearchParams(search);
  const step = Number(given.get('step'));
  const language = given.get('lang') ?? '';
  return {
    isEmbedded: isEmbedded(),
    lesson: given.get('lesson') ?? undefined,
    mode: MODES.find((mode) => mode === given.get('mode')) ?? 'lecture',
    step: Number.isInteger(step) && step > 0 ? step : undefined,
    language: LANGUAGES.find((known) => language !== '' && known.split('-')[0] === language.split('-')[0]),
    theme: THEMES.find((theme) => theme === given.get('theme')),
    keys: given.get('keys') !== 'off',
    ui: SURROUNDINGS.find((ui) => ui === given.get('ui')) ?? 'keys',
  };
}

/** The address of a step of a lesson, over whatever the page is opened with; a design in the fragment is left out. */
export function lessonAddress(
  base: string,
  { lesson, mode, step }: { readonly lesson: string; readonly mode: Mode; readonly step: number },
): string {
  const address = new URL(base);
  address.searchParams.set('lesson', lesson);
  if (mode === 'lecture') address.searchParams.delete('mode');
  else address.searchParams.set('mode', mode);
  address.searchParams.set('step', String(step));
  address.hash = '';
  return address.href;
}

/** The same address without a lesson. */
export function addressWithoutLesson(base: string): string {
  const address = new URL(base);
  for (const name of ['lesson', 'mode', 'step']) address.searchParams.delete(name);
  return address.href;
}

/** Where the page stands that may be put into another: beside the page, or the page itself where it is one file. */
export function embeddableAddress(base: string): string {
  const address = new URL(base);
  const isOneFile = /\/(?!index\.html$|embed\.html$)[^/]+\.html$/.test(address.pathname);
  if (isOneFile) address.searchParams.set('embed', '1');
  else address.pathname = address.pathname.replace(/[^/]*$/, 'embed.html');
  return address.href;
}
