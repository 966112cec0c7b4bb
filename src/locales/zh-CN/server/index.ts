import { MessageForms } from '../../forms.ts';
import { HEADS } from './heads.ts';

const heads = new MessageForms(HEADS);

/** What the API server says, in Chinese; undefined for a sentence that no form fits. */
export function translateServerWords(words: string): string | undefined {
  return heads.translate(words);
}
