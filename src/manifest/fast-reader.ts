/**
 * A reader for the YAML that manifests are written in: block maps and lists, flow collections, plain, quoted and block
 * scalars, comments. One pass, no tree, several times as fast as a general parser.
 *
 * It never guesses. Anchors, aliases, tags, merges, complex keys, tabs, odd indentation and every error make it give up,
 * and the `yaml` library reads the document instead. The two are held together by test/fuzz/manifest.fuzz.ts.
 */
import type { JsonValue } from '../base/json.ts';
import {
  COLON,
  Cursor,
  DASH,
  DOUBLE_QUOTE,
  HASH,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  RETURN,
  SINGLE_QUOTE,
  SPACE,
  Unusual,
  giveUp,
} from './fast-cursor.ts';
import { readFlow } from './fast-flow.ts';
import { plainKey, plainValue, trimmedEnd } from './fast-plain.ts';
import { readBlockScalar, readPlain, readQuoted } from './fast-scalars.ts';
import { Marks, MAX_DEPTH, ReadError, failure, setOwn } from './reading.ts';
import type { MutableMap, Reading, ReadingFailure } from './reading.ts';

/**
 * Reads the document in `text` from `start` to `stop`; undefined where it holds anything unusual. Offsets are of `text`,
 * and so is `gaveUp`, which is told up to where the text was understood.
 */
export function readFast(
  text: string,
  start: number,
  stop: number,
  lenient = false,
  gaveUp: { offset: number } = { offset: start },
): Reading | ReadingFailure | undefined {
  const reader = new FastReader(new Cursor(text, start, stop, lenient));
  try {
    return reader.read();
  } catch (error) {
    if (!(error instanceof Unusual)) return failure(error, start);
    gaveUp.offset = reader.cursor.at;
    return undefined;
  }
}

/** Signs that may not begin a plain scalar, or that begin what is left to the library. */
const SPECIAL = new Uint8Array(128);
for (const sign of '?:&*!|>%@`,[]{}#"\'\t') SPECIAL[sign.charCodeAt(0)] = 1;

/** go-yaml refuses simple keys of more than 1,024 characters. */
const LONGEST_KEY = 1000;

class FastReader {
  readonly cursor: Cursor;
  readonly marks = new Marks();
  depth = 0;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  read(): Reading {
    const { cursor } = this;
    cursor.nextContent();
    const start = cursor.at;
    const value = cursor.column === -1 ? null : this.block(-1, '');
    if (cursor.column !== -1) giveUp();
    return { ok: true, value, start, end: cursor.stop, marks: this.marks, disputed: cursor.disputed };
  }

  /** A node that begins its line, or follows `- ` on it. */
  private block(parentIndent: number, key: string): JsonValue {
    const { cursor } = this;
    const code = cursor.code(cursor.at);
    if (code === DASH && cursor.isBlankOrBreak(cursor.at + 1)) return this.list(cursor.column, key);
    if (this.beginsMap(code)) return this.map(cursor.column);
    // The library refuses a scalar below a comment that stands left of it.
    if (cursor.comment && !cursor.lenient) giveUp();
    return this.inline(parentIndent, key);
  }

  /** Whether the line holds `key:`; does not move. */
  private beginsMap(first: number): boolean {
    const { cursor } = this;
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return false;
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) return this.quotedKeyEnd() !== -1;
    return this.plainKeyEnd(cursor.at) !== -1;
  }

  /** Offset of the colon that ends a plain key at `at`, or -1 where the line holds none. */
  private plainKeyEnd(at: number): number {
    const { cursor } = this;
    const { text, stop } = cursor;
    for (let offset = at; offset < stop; offset++) {
      const code = text.charCodeAt(offset);
      if (code > COLON) continue;
      if (code === COLON && cursor.isBlankOrBreak(offset + 1)) return offset;
      if (code === NEWLINE || code === RETURN) return -1;
      if (code === HASH && cursor.isBlankOrBreak(offset - 1)) return -1;
    }
    return -1;
  }

  /** Offset of the colon after a quoted key at the cursor, or -1. A key stands on one line. */
  private quotedKeyEnd(): number {
    const { cursor } = this;
    const { text, stop } = cursor;
    const quote = text.charCodeAt(cursor.at);
    let at = cursor.at + 1;
    for (; ; at++) {
      if (at >= stop) return -1;
      const code = text.charCodeAt(at);
      if (code === NEWLINE) return -1;
      if (code === 0x5c && quote === DOUBLE_QUOTE) at++;
      else if (code === quote) {
        if (quote === SINGLE_QUOTE && cursor.code(at + 1) === SINGLE_QUOTE) at++;
        else break;
      }
    }
    at++;
    while (cursor.code(at) === SPACE) at++;
    return cursor.code(at) === COLON && cursor.isBlankOrBreak(at + 1) ? at : -1;
  }

  private enter(): void {
    if (++this.depth > MAX_DEPTH) throw new ReadError(this.cursor.at, 'nesting', 'manifest.excessive');
  }

  private map(indent: number): JsonValue {
    this.enter();
    const { cursor } = this;
    const map: MutableMap = {};
    do {
      const keyAt = cursor.at;
      const key = this.key();
      if (Object.hasOwn(map, key)) this.marks.duplicates.push({ key, offset: keyAt });
      setOwn(map, key, this.mapValue(indent, key));
    } while (cursor.column === indent);
    if (cursor.column > indent) giveUp();
    this.depth--;
    return map;
  }

  /** A key and its colon; ends after the colon. */
  private key(): string {
    const { cursor } = this;
    const { text } = cursor;
    const first = cursor.code(cursor.at);
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) {
      const end = this.quotedKeyEnd();
      if (end === -1 || end - cursor.at > LONGEST_KEY) giveUp();
      const key = readQuoted(cursor, -1);
      cursor.at = end + 1;
      return key;
    }
    if (first < 128 && SPECIAL[first] === 1) giveUp();
    if (first === DASH && cursor.isBlankOrBreak(cursor.at + 1)) giveUp();
    const end = this.plainKeyEnd(cursor.at);
    if (end === -1 || end - cursor.at > LONGEST_KEY) giveUp();
    const key = text.slice(cursor.at, trimmedEnd(text, cursor.at, end));
    cursor.at = end + 1;
    return plainKey(key);
  }

  /** What follows a key: on its line, or below it. */
  private mapValue(indent: number, key: string): JsonValue {
    const { cursor } = this;
    cursor.skipSpaces();
    const code = cursor.code(cursor.at);
    if (code !== NEWLINE && code !== RETURN && code !== HASH) return this.inline(indent, key);
    cursor.finishLine();
    if (cursor.column > indent) return this.block(indent, key);
    // The entries of a list may stand as far left as its key.
    const isList = cursor.column === indent && cursor.code(cursor.at) === DASH && cursor.isBlankOrBreak(cursor.at + 1);
    return isList ? this.list(indent, key) : null;
  }

  private list(indent: number, key: string): JsonValue {
    this.enter();
    const { cursor } = this;
    const list: JsonValue[] = [];
    const offsets: number[] | undefined = key === 'items' ? [] : undefined;
    if (offsets) this.marks.items.set(list, offsets);
    while (cursor.column === indent && cursor.code(cursor.at) === DASH && cursor.isBlankOrBreak(cursor.at + 1)) {
      list.push(this.entry(indent, offsets));
    }
    if (cursor.column > indent) giveUp();
    this.depth--;
    return list;
  }

  private entry(indent: number, offsets: number[] | undefined): JsonValue {
    const { cursor } = this;
    cursor.at++;
    cursor.skipSpaces();
    const code = cursor.code(cursor.at);
    if (code === NEWLINE || code === RETURN || code === HASH) {
      const dash = cursor.at;
      cursor.finishLine();
      const isBelow = cursor.column > indent;
      offsets?.push(isBelow ? cursor.at : dash);
      return isBelow ? this.block(indent, '') : null;
    }
    offsets?.push(cursor.at);
    cursor.column = cursor.at - cursor.lineStart;
    return this.block(indent, '');
  }

  /** A scalar or a flow collection, with what else is on its line. */
  private inline(parentIndent: number, key: string): JsonValue {
    const { cursor } = this;
    const code = cursor.code(cursor.at);
    if (code >= 128 || SPECIAL[code] === 0) {
      if (code === DASH && cursor.isBlankOrBreak(cursor.at + 1)) giveUp();
      return plainValue(readPlain(cursor, parentIndent));
    }
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      const value = readQuoted(cursor, parentIndent);
      cursor.finishLine();
      return value;
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      const value = readFlow(this, parentIndent, key);
      cursor.finishLine();
      return value;
    }
    if (code === 0x7c /* | */ || code === 0x3e /* > */) return readBlockScalar(cursor, parentIndent);
    return giveUp();
  }
}
