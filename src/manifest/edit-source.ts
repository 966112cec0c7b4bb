import type { Node } from 'yaml';
import { parseDocument } from 'yaml';
import { checkText, parseableText } from './tree-text.ts';

/** A document that is being edited: its text and the `yaml` library's tree of it, with source tokens. */
export interface EditSource {
  readonly text: string;
  readonly format: 'yaml' | 'json';
  readonly root: Node | null;
  readonly lineEnd: string;
}

/** The document parsed for editing; undefined where the library does not take it. May throw a ReadError. */
export function parseForEdit(text: string, format: 'yaml' | 'json'): EditSource | undefined {
  checkText(text);
  const document = parseDocument<Node, true>(parseableText(text), {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    keepSourceTokens: true,
  });
  if (document.errors.length > 0) return undefined;
  return { text, format, root: document.contents, lineEnd: /\r\n/.test(text) ? '\r\n' : '\n' };
}
