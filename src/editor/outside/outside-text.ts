import { useStore } from 'zustand';
import type { Note } from '../../interchange/note.ts';
import { interchange as interchangeEn } from '../../locales/en/interchange.ts';
import { outside as en } from '../../locales/en/outside.ts';
import { fillSentence } from '../../locales/fill.ts';
import { interchange as interchangeZh } from '../../locales/zh-CN/interchange.ts';
import { outside as zhCN } from '../../locales/zh-CN/outside.ts';
import { settings } from '../settings.ts';

export interface OutsideText {
  (key: keyof typeof en, params?: Readonly<Record<string, string | number>>): string;
  note(note: Note): string;
}

/** Sentences of these dialogs, which come with them and not with the page. */
export function useOutsideText(): OutsideText {
  const language = useStore(settings, (state) => state.language);
  const sentences: Readonly<Record<keyof typeof en, string>> = language === 'zh-CN' ? zhCN : en;
  const notes = language === 'zh-CN' ? interchangeZh : interchangeEn;
  return Object.assign((key: keyof typeof en, params = {}) => fillSentence(sentences[key], params), {
    note: ({ id, params }: Note) => fillSentence(notes[id], params),
  });
}
