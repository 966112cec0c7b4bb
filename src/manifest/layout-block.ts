import { lineEnd } from './split.ts';

/** The line that opens a layout comment block. */
export const LAYOUT_HEADER = '# drydock:layout v1';
/** Ends the header where the text before it had no newline at its end: that newline belongs to the block. */
export const JOINED = ' (joined)';

/**
 * Where the layout block at the end of a file begins, or the length of the text where there is none. A block runs from its
 * header to the end of the file and holds only comments and blank lines; blank lines before it are not part of it.
 */
export function layoutBlockStart(text: string): number {
  const at = text.lastIndexOf(LAYOUT_HEADER);
  if (at === -1 || (at > 0 && text[at - 1] !== '\n')) return text.length;
  for (let line = at; line < text.length; line = lineEnd(text, line)) {
    const code = text.charCodeAt(line);
    if (code === 0x23 || code === 0x0a) continue;
    if (code === 0x0d && text.charCodeAt(line + 1) === 0x0a) continue;
    return text.length;
  }
  if (at === 0 || !text.startsWith(JOINED, at + LAYOUT_HEADER.length)) return at;
  return text[at - 2] === '\r' ? at - 2 : at - 1;
}
