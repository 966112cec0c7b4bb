import { useStore } from 'zustand';
import type { Said } from '../../lessons/said.ts';
import { settings } from '../settings.ts';
import type { Language } from '../settings.ts';

/** A sentence in a language, or in the other one where it is not said in this one. */
export function saidIn(language: Language, { en, zh }: Said): string {
  return language === 'en' ? en || zh : zh || en;
}

/** A sentence of a lesson in the language of the page, or in the other one. */
export function useSay(): (said: Said, inOther?: boolean) => string {
  const language = useStore(settings, (state) => state.language);
  const other = useOtherLanguage();
  return (said, inOther = false) => saidIn(inOther ? other : language, said);
}

/** The language that `useSay` gives when the other one is asked for. */
export function useOtherLanguage(): Language {
  return useStore(settings, (state) => (state.language === 'en' ? 'zh-CN' : 'en'));
}
