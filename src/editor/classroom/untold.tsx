import { useStore } from 'zustand';
import type { Said } from '../../lessons/said.ts';
import { useText } from '../i18n.ts';
import { settings } from '../settings.ts';

/** Says that a sentence is there in the other language only, which is shown in its place. */
export function Untold({ said }: { readonly said: Said }) {
  const t = useText();
  const language = useStore(settings, (state) => state.language);
  const own = language === 'en' ? said.en : said.zh;
  if (own !== '') return null;
  return <small className="quiet">({t(language === 'en' ? 'classroom:only.zh' : 'classroom:only.en')})</small>;
}
