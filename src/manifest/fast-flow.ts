/** Flow collections (`{a: b}`, `[a, b]`) of the fast reader. */
import type { JsonValue } from '../base/json.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOUBLE_QUOTE,
  HASH,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  RETURN,
  SINGLE_QUOTE,
  SPACE,
  TAB,
  giveUp,
} from './fast-cursor.ts';
import type { Cursor } from './fast-cursor.ts';
import { plainKey, plainValue, trimmedEnd } from './fast-plain.ts';
import { readQuoted } from './fast-scalars.ts';
import { MAX_DEPTH, ReadError, setOwn } from './reading.ts';
import type { Marks, MutableMap } from './reading.ts';

/** What the flow reader shares with the block reader. */
export interface FlowContext {
  readonly cursor: Cursor;
  readonly marks: Marks;
  depth: number;
}

/** Reads the collection at the cursor and ends just after its closing bracket. */
export function readFlow(context: FlowContext, parentIndent: number, key: string): JsonValue {
  if (++context.depth > MAX_DEPTH) throw new ReadError(context.cursor.at, 'nesting', 'manifest.excessive');
  const isMap = context.cursor.code(context.cursor.at) === OPEN_BRACE;
  context.cursor.at++;
  const value = isMap ? readMap(context, parentIndent) : readList(context, parentIndent, key);
  context.depth--;
  return value;
}

function readMap(context: FlowContext, parentIndent: number): JsonValue {
  const { cursor } = context;
  const map: MutableMap = {};
  for (;;) {
    if (skipBlanks(cursor, parentIndent) === CLOSE_BRACE) break;
    const keyAt = cursor.at;
    const key = readKey(cursor);
    if (Object.hasOwn(map, key)) context.marks.duplicates.push({ key, offset: keyAt });
    setOwn(map, key, readMapValue(context, parentIndent, key));
    const next = skipBlanks(cursor, parentIndent);
    if (next === CLOSE_BRACE) break;
    if (next !== COMMA) giveUp();
    cursor.at++;
  }
  cursor.at++;
  return map;
}

/** A key on one line; ends at what follows it and its blanks. */
function readKey(cursor: Cursor): string {
  const start = cursor.at;
  const first = cursor.code(start);
  const quoted = first === DOUBLE_QUOTE || first === SINGLE_QUOTE;
  const key = quoted ? readQuoted(cursor, -1) : plainKey(readPlain(cursor));
  if (cursor.at - start > 1000 || cursor.text.slice(start, cursor.at).includes('\n')) giveUp();
  cursor.skipSpaces();
  const code = cursor.code(cursor.at);
  if (code !== COLON && code !== COMMA && code !== CLOSE_BRACE) giveUp();
  // A key in quotes may touch its value: `{"a":1}`.
  if (code === COLON && !quoted && !cursor.isBlankOrBreak(cursor.at + 1)) giveUp();
  return key;
}

function readMapValue(context: FlowContext, parentIndent: number, key: string): JsonValue {
  const { cursor } = context;
  if (cursor.code(cursor.at) !== COLON) return null;
  cursor.at++;
  const next = skipBlanks(cursor, parentIndent);
  if (next === COMMA || next === CLOSE_BRACE) return null;
  return readValue(context, parentIndent, key);
}

function readList(context: FlowContext, parentIndent: number, key: string): JsonValue {
  const { cursor } = context;
  const list: JsonValue[] = [];
  const offsets: number[] = [];
  if (key === 'items') context.marks.items.set(list, offsets);
  for (;;) {
    if (skipBlanks(cursor, parentIndent) === CLOSE_BRACKET) break;
    offsets.push(cursor.at);
    list.push(readValue(context, parentIndent, ''));
    const next = skipBlanks(cursor, parentIndent);
    if (next === CLOSE_BRACKET) break;
    if (next !== COMMA) giveUp();
    cursor.at++;
  }
  cursor.at++;
  return list;
}

function readValue(context: FlowContext, parentIndent: number, key: string): JsonValue {
  const { cursor } = context;
  const code = cursor.code(cursor.at);
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return readFlow(context, parentIndent, key);
  if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) return readQuoted(cursor, parentIndent);
  return plainValue(readPlain(cursor));
}

const PLAIN_START_REFUSED = '?:&*!|>%@`,]}#-';

/** A plain scalar on one line; ends after its last character. */
function readPlain(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  if (PLAIN_START_REFUSED.includes(text[start]!) && !isDashWord(cursor, start)) giveUp();
  let at = start;
  for (; ; at++) {
    const code = cursor.code(at);
    if (code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || code === NEWLINE || code === RETURN) break;
    if (code === 0x3f /* ? */ || code === OPEN_BRACE || code === OPEN_BRACKET) giveUp();
    if (code === HASH && cursor.isBlankOrBreak(at - 1)) giveUp();
    if (code === COLON) {
      if (cursor.isBlankOrBreak(at + 1)) break;
      // `a:,` and `a:]`: the readers differ.
      if (',[]{}'.includes(text[at + 1] ?? ',')) giveUp();
    }
  }
  const end = trimmedEnd(text, start, at);
  if (end === start) giveUp();
  cursor.at = end;
  return text.slice(start, end);
}

/** `-1` and `-flag` are words; a dash alone is not. */
function isDashWord(cursor: Cursor, at: number): boolean {
  return cursor.text[at] === '-' && !cursor.isBlankOrBreak(at + 1) && !',[]{}'.includes(cursor.text[at + 1]!);
}

/** To the next token, over line breaks and comments; answers its code. */
function skipBlanks(cursor: Cursor, parentIndent: number): number {
  for (;;) {
    const code = cursor.code(cursor.at);
    if (cursor.at >= cursor.stop || code === TAB) giveUp();
    if (code === SPACE || code === RETURN) cursor.at++;
    else if (code === NEWLINE) {
      cursor.at++;
      cursor.lineStart = cursor.at;
    } else if (code === HASH) {
      if (!cursor.isBlankOrBreak(cursor.at - 1)) giveUp();
      const newline = cursor.text.indexOf('\n', cursor.at);
      cursor.at = newline === -1 || newline >= cursor.stop ? giveUp() : newline;
    } else break;
  }
  const code = cursor.code(cursor.at);
  // A closing bracket may stand in the column of the key that opened it.
  const least = code === CLOSE_BRACE || code === CLOSE_BRACKET ? parentIndent : parentIndent + 1;
  if (!cursor.lenient && cursor.at - cursor.lineStart < least) giveUp();
  return code;
}
