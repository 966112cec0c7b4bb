import type { Words } from '../../../lessons/models/picture.ts';
import { useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';

/** Words of a picture in the language of the page. */
export function useWords(): (words: Words) => string {
  const t = useText();
  return (words) => wordsIn(t, words);
}

function wordsIn(t: Text, words: Words): string {
  if (typeof words === 'string') return words;
  const { id, ...params } = words;
  return t(`models:${id}`, params);
}
