/** Scalars of the fast reader. Each function begins at the scalar and ends just after it, or gives the document up. */
import {
  BACKSLASH,
  COLON,
  DOUBLE_QUOTE,
  HASH,
  NEWLINE,
  RETURN,
  SINGLE_QUOTE,
  SPACE,
  TAB,
  giveUp,
} from './fast-cursor.ts';
import type { Cursor } from './fast-cursor.ts';

/**
 * The text of a plain scalar in block context, with its continuation lines folded. Ends at the next content, since only
 * that tells whether the scalar goes on.
 */
export function readPlain(cursor: Cursor, parentIndent: number): string {
  let text = readPlainLine(cursor);
  cursor.finishLine();
  while (cursor.column > parentIndent && !cursor.comment) {
    const breaks = cursor.blankLines;
    text += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + readPlainLine(cursor);
    cursor.finishLine();
  }
  return text;
}

/** One line of a plain scalar, without the blanks around it; ends after its last character. */
function readPlainLine(cursor: Cursor): string {
  const { text, stop } = cursor;
  const start = cursor.at;
  let end = start;
  let at = start;
  for (; at < stop; at++) {
    const code = text.charCodeAt(at);
    if (code > COLON) {
      end = at + 1;
      continue;
    }
    if (code === NEWLINE || code === RETURN) break;
    if (code === COLON && cursor.isBlankOrBreak(at + 1)) giveUp();
    if (code === HASH && end < at) break;
    if (code !== SPACE && code !== TAB) end = at + 1;
  }
  cursor.at = end;
  return text.slice(start, end);
}

/** A quoted scalar that may run over several lines. */
export function readQuoted(cursor: Cursor, parentIndent: number): string {
  return cursor.code(cursor.at) === DOUBLE_QUOTE ? readDouble(cursor, parentIndent) : readSingle(cursor, parentIndent);
}

function readSingle(cursor: Cursor, parentIndent: number): string {
  const { text, stop } = cursor;
  let result = '';
  let from = cursor.at + 1;
  for (let at = from; at < stop; at++) {
    const code = text.charCodeAt(at);
    if (code === SINGLE_QUOTE) {
      result += text.slice(from, at);
      if (cursor.code(at + 1) !== SINGLE_QUOTE) {
        cursor.at = at + 1;
        return result;
      }
      from = ++at;
    } else if (code === NEWLINE || code === RETURN) {
      result += trimBlanks(text, from, at);
      cursor.at = at;
      result += foldBreaks(cursor, parentIndent);
      from = cursor.at;
      at = from - 1;
    }
  }
  return giveUp();
}

function readDouble(cursor: Cursor, parentIndent: number): string {
  const { text, stop } = cursor;
  let result = '';
  let from = cursor.at + 1;
  for (let at = from; at < stop; at++) {
    const code = text.charCodeAt(at);
    if (code === DOUBLE_QUOTE) {
      cursor.at = at + 1;
      return result === '' ? text.slice(from, at) : result + text.slice(from, at);
    }
    if (code === BACKSLASH) {
      result += text.slice(from, at);
      cursor.at = at + 1;
      result += readEscape(cursor, parentIndent);
      from = cursor.at;
      at = from - 1;
    } else if (code === NEWLINE || code === RETURN) {
      result += trimBlanks(text, from, at);
      cursor.at = at;
      result += foldBreaks(cursor, parentIndent);
      from = cursor.at;
      at = from - 1;
    }
  }
  return giveUp();
}

/** A slice without the blanks at its end; an escape before it ends the trimming, since `from` stands after it. */
function trimBlanks(text: string, from: number, to: number): string {
  let end = to;
  while (end > from && (text.charCodeAt(end - 1) === SPACE || text.charCodeAt(end - 1) === TAB)) end--;
  return text.slice(from, end);
}

/** From a line break to the first character that is no blank: one break is a space, more are breaks less one. */
function foldBreaks(cursor: Cursor, parentIndent: number): string {
  const breaks = skipBreaks(cursor, parentIndent);
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
}

function skipBreaks(cursor: Cursor, parentIndent: number): number {
  let breaks = 0;
  let lineStart = cursor.at;
  for (let code = cursor.code(cursor.at); ; code = cursor.code(++cursor.at)) {
    if (cursor.at >= cursor.stop || code === TAB) giveUp();
    if (code === NEWLINE) {
      breaks++;
      lineStart = cursor.at + 1;
    } else if (code !== SPACE && code !== RETURN) break;
  }
  if (!cursor.lenient && cursor.at - lineStart <= parentIndent) giveUp();
  cursor.lineStart = lineStart;
  return breaks;
}

const ESCAPES = new Map<string, string>([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const HEX_LENGTH = new Map<string, number>([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** What follows a backslash. */
function readEscape(cursor: Cursor, parentIndent: number): string {
  const sign = cursor.text[cursor.at]!;
  if (sign === '\n' || sign === '\r') {
    if (skipBreaks(cursor, parentIndent) !== 1) giveUp();
    return '';
  }
  cursor.at++;
  const known = ESCAPES.get(sign);
  if (known !== undefined) return known;
  const length = HEX_LENGTH.get(sign) ?? giveUp();
  const digits = cursor.text.slice(cursor.at, cursor.at + length);
  if (digits.length !== length || !/^[0-9a-fA-F]+$/.test(digits)) giveUp();
  const point = Number.parseInt(digits, 16);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) giveUp();
  cursor.at += length;
  return String.fromCodePoint(point);
}

/** A literal (`|`) or folded (`>`) block scalar; ends at the next content. */
export function readBlockScalar(cursor: Cursor, parentIndent: number): string {
  // At the root of a document the readers differ about column 0, and no object is a scalar.
  if (parentIndent < 0) giveUp();
  const folded = cursor.text[cursor.at] === '>';
  const { chomp, increment } = readHeader(cursor);
  const indent = increment > 0 ? parentIndent + increment : detectIndent(cursor, parentIndent);
  const lines = indent === undefined ? [] : readLines(cursor, indent);
  cursor.nextContent();
  let last = lines.length;
  while (last > 0 && lines[last - 1] === '') last--;
  if (last === 0) return chomp === '+' ? giveUp() : '';
  if (isBlanks(lines[last - 1]!) || isBlanks(lines.find((line) => line !== '')!)) cursor.disputed = true;
  const content = lines.slice(0, last);
  const body = folded ? fold(content) : content.join('\n');
  if (chomp === '-') return body;
  return chomp === '+' ? body + '\n'.repeat(lines.length - last + 1) : `${body}\n`;
}

function isBlanks(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

function readHeader(cursor: Cursor): { chomp: string; increment: number } {
  let chomp = '';
  let increment = 0;
  for (let count = 0; count < 2; count++) {
    const sign = cursor.text[++cursor.at] ?? '';
    if ((sign === '+' || sign === '-') && chomp === '') chomp = sign;
    else if (sign >= '1' && sign <= '9' && increment === 0) increment = Number(sign);
    else break;
    if (count === 1) cursor.at++;
  }
  const after = cursor.at;
  cursor.skipSpaces();
  const code = cursor.code(cursor.at);
  if (code === HASH && cursor.at === after) giveUp();
  if (code !== HASH && code !== NEWLINE && code !== RETURN) giveUp();
  const newline = cursor.text.indexOf('\n', cursor.at);
  cursor.at = newline === -1 || newline >= cursor.stop ? cursor.stop : newline + 1;
  return { chomp, increment };
}

/** The indentation of the first line with content; undefined where the scalar is empty. Does not move. */
function detectIndent(cursor: Cursor, parentIndent: number): number | undefined {
  let widest = 0;
  for (let at = cursor.at; at < cursor.stop;) {
    const lineStart = at;
    while (cursor.code(at) === SPACE) at++;
    const code = cursor.code(at);
    const width = at - lineStart;
    if (code === NEWLINE || code === RETURN) {
      widest = Math.max(widest, width);
      at += code === RETURN ? 2 : 1;
      continue;
    }
    if (code === TAB) giveUp();
    if (width <= parentIndent || width === 0) return undefined;
    // Blank lines wider than the first line with content: the readers differ.
    return widest > width ? giveUp() : width;
  }
  return undefined;
}

/** The lines of a block scalar without their indentation; ends at the start of the first line that is not one of them. */
function readLines(cursor: Cursor, indent: number): string[] {
  const { text, stop } = cursor;
  const lines: string[] = [];
  let at = cursor.at;
  while (at < stop) {
    const lineStart = at;
    while (at < stop && at - lineStart < indent && text.charCodeAt(at) === SPACE) at++;
    const code = cursor.code(at);
    const isBreak = code === NEWLINE || code === RETURN;
    if (at - lineStart < indent && !isBreak) {
      if (code === TAB) giveUp();
      cursor.at = lineStart;
      return lines;
    }
    const newline = text.indexOf('\n', at);
    const next = newline === -1 || newline >= stop ? stop : newline + 1;
    let end = newline === -1 || newline >= stop ? stop : newline;
    if (end > at && text.charCodeAt(end - 1) === RETURN) end--;
    lines.push(text.slice(at, end));
    at = next;
  }
  cursor.at = stop;
  return lines;
}

/** Folding as go-yaml does: a break between two lines that do not begin with a blank becomes a space. */
function fold(lines: readonly string[]): string {
  let result = '';
  let pending = 0;
  let previousIndented = false;
  let first = true;
  for (const line of lines) {
    if (line === '') {
      pending++;
      continue;
    }
    const code = line.charCodeAt(0);
    const indented = code === SPACE || code === TAB;
    if (!first) result += previousIndented || indented ? '\n' : pending === 0 ? ' ' : '';
    result += '\n'.repeat(pending) + line;
    pending = 0;
    previousIndented = indented;
    first = false;
  }
  return result;
}
