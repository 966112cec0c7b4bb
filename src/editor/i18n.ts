import { createInstance } from 'i18next';
import type { TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { first } from '../locales/en/first.ts';
import type { en } from '../locales/en/index.ts';
import { settings } from './settings.ts';
import type { Language } from './settings.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: typeof en;
    keySeparator: false;
  }
}

type Area = keyof typeof en;

/** Gives the sentence `area:key` in the chosen language. */
export type Text = TFunction<Area[]>;

export const i18n = createInstance();

/** Loads the chosen language and follows the setting; the page is drawn after the promise is settled. */
export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: { en: first },
    ns: Object.keys(first),
    defaultNS: 'shell',
    lng: 'en',
    fallbackLng: 'en',
    keySeparator: false,
    // React escapes what it renders, and nothing else renders these.
    interpolation: { escapeValue: false },
  });
  await switchLanguage(settings.getState().language);
  settings.subscribe((now, before) => {
    if (now.language !== before.language) void switchLanguage(now.language);
  });
}

/** Translates what the API server says; there while a language is chosen that has a table of its sentences. */
let serverWords: ((words: string) => string | undefined) | undefined;

/** The server's words as a sentence of the chosen language; undefined in English, and for words that no table has. */
export function translatedServerWords(words: string): string | undefined {
  return i18n.language === 'zh-CN' ? serverWords?.(words) : undefined;
}

/** Whether more is spoken of than the first picture. */
let speaksOfAll = false;

/** Loads the sentences that the first picture did not need, in English and in the chosen language. */
export async function loadAllTexts(): Promise<void> {
  if (speaksOfAll) return;
  const { rest } = await import('../locales/en/rest.ts');
  add('en', rest);
  speaksOfAll = true;
  await loadLanguage(settings.getState().language);
}

/** Loads the sentences of a language, once; for who wants to read both. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language !== 'zh-CN') return;
  if (!i18n.hasResourceBundle('zh-CN', 'shell')) add('zh-CN', (await import('../locales/zh-CN/first.ts')).first);
  if (!speaksOfAll || serverWords) return;
  const [{ rest }, { translateServerWords }] = await Promise.all([
    import('../locales/zh-CN/rest.ts'),
    import('../locales/zh-CN/server/index.ts'),
  ]);
  add('zh-CN', rest);
  serverWords = translateServerWords;
}

function add(language: Language, areas: Readonly<Record<string, object>>): void {
  for (const [area, sentences] of Object.entries(areas)) i18n.addResourceBundle(language, area, sentences);
}

async function switchLanguage(language: Language): Promise<void> {
  await loadLanguage(language);
  document.documentElement.lang = language;
  await i18n.changeLanguage(language);
}

export function useText(): Text {
  return useTranslation().t as Text;
}

/** The sentence of an id that lower layers gave; the bare id where a newer layer speaks of something unknown here. */
export function sentence(
  t: Text,
  area: Area,
  id: string,
  params: Readonly<Record<string, string | number>> = {},
): string {
  if (i18n.getResource('en', area, id) === undefined) return id;
  return (t as (key: string, params: object) => string)(`${area}:${id}`, params);
}
