import type { Node } from 'yaml';
import { ReadError } from './reading.ts';
import { parseTree } from './tree-parse.ts';
import { checkText } from './tree-text.ts';

/** A document that is being edited: its text and the `yaml` library's tree of it, with source tokens. */
export interface EditSource {
  readonly text: string;
  readonly format: 'yaml' | 'json';
  readonly root: Node | null;
  readonly lineEnd: string;
}

/** The document parsed for editing; undefined where the library does not take it. */
export function parseForEdit(text: string, format: 'yaml' | 'json'): EditSource | undefined {
  try {
    checkText(text);
    return { text, format, root: parseTree(text, true), lineEnd: text.includes('\r\n') ? '\r\n' : '\n' };
  } catch (error) {
    if (error instanceof ReadError || error instanceof RangeError) return undefined;
    throw error;
  }
}
