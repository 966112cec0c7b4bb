import { createInstance } from 'i18next';
import { en } from '../../../../../locales/en/index.ts';
import { rest } from '../../../../../locales/zh-CN/rest.ts';
import type { Text } from '../../../../i18n.ts';

/** The words of the page in both languages, without the page. */
export async function bothLanguages(): Promise<{ readonly english: Text; readonly chinese: Text }> {
  const i18n = createInstance();
  const options = { ns: Object.keys(en), keySeparator: false, interpolation: { escapeValue: false } } as const;
  await i18n.init({ ...options, resources: { en, 'zh-CN': rest }, lng: 'en' });
  return { english: i18n.getFixedT('en') as Text, chinese: i18n.getFixedT('zh-CN') as Text };
}
