import { captionOf } from '../../workspace/simulation/caption.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { sentence } from '../i18n.ts';
import type { Text } from '../i18n.ts';

/** The sentence of a step, in the language of `t`. */
export function captionText(t: Text, entry: LogEntry): string {
  const { id, params } = captionOf(entry);
  const words = sentence(t, 'simulation', `caption.${id}`, params);
  const node = params['node'] ?? '';
  // A command keeps its small letter, and so does the name of a Node.
  const isName = words.startsWith('kubectl') || (node !== '' && words.startsWith(node));
  return isName ? words : words.slice(0, 1).toUpperCase() + words.slice(1);
}
