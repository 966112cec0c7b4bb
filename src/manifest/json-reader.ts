/**
 * A JSON reader that keeps what JSON.parse loses: integers of 64 bits, the position of an error, keys that stand twice.
 * The last of two equal keys wins, as in Go's decoder.
 */
import type { JsonValue } from '../base/json.ts';
import { Marks, MAX_DEPTH, ReadError, failure, setOwn } from './reading.ts';
import type { MutableMap, Reading, ReadingFailure } from './reading.ts';
import { fromBigInt } from './scalar.ts';

/** Reads the JSON value that begins at or after `start`; whitespace before it is passed over. */
export function readJson(text: string, start: number): Reading | ReadingFailure {
  const reader = new JsonReader(text, start);
  try {
    return reader.read();
  } catch (error) {
    return failure(error, start);
  }
}

/** Offset of the first character that is no JSON whitespace. */
export function skipJsonSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    at++;
  }
  return at;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Half a surrogate pair becomes U+FFFD, as in Go. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

class JsonReader {
  private readonly text: string;
  private at: number;
  private depth = 0;
  private readonly marks = new Marks();

  constructor(text: string, start: number) {
    this.text = text;
    this.at = start;
  }

  read(): Reading {
    this.at = skipJsonSpace(this.text, this.at);
    const start = this.at;
    const value = this.value('');
    return { ok: true, value, start, end: this.at, marks: this.marks };
  }

  private value(key: string): JsonValue {
    const character = this.text[this.at];
    if (character === '{') return this.nested(() => this.map());
    if (character === '[') return this.nested(() => this.list(key));
    if (character === '"') return this.string();
    if (character === 't') return this.word('true', true);
    if (character === 'f') return this.word('false', false);
    if (character === 'n') return this.word('null', null);
    return this.number();
  }

  private nested(read: () => JsonValue): JsonValue {
    if (++this.depth > MAX_DEPTH) throw new ReadError(this.at, 'nesting', 'manifest.excessive');
    this.at++;
    const value = read();
    this.depth--;
    return value;
  }

  private map(): JsonValue {
    const map: MutableMap = {};
    if (this.closes('}')) return map;
    for (;;) {
      this.at = skipJsonSpace(this.text, this.at);
      const keyAt = this.at;
      if (this.text[keyAt] !== '"') this.unexpected('a key in double quotes');
      const key = this.string();
      this.expect(':');
      this.at = skipJsonSpace(this.text, this.at);
      if (Object.hasOwn(map, key)) this.marks.duplicates.push({ key, offset: keyAt });
      setOwn(map, key, this.value(key));
      if (this.closes('}')) return map;
      this.expect(',');
    }
  }

  private list(key: string): JsonValue {
    const list: JsonValue[] = [];
    const offsets: number[] = [];
    if (key === 'items') this.marks.items.set(list, offsets);
    if (this.closes(']')) return list;
    for (;;) {
      this.at = skipJsonSpace(this.text, this.at);
      offsets.push(this.at);
      list.push(this.value(''));
      if (this.closes(']')) return list;
      this.expect(',');
    }
  }

  private closes(bracket: string): boolean {
    this.at = skipJsonSpace(this.text, this.at);
    if (this.text[this.at] !== bracket) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    this.at = skipJsonSpace(this.text, this.at);
    if (this.text[this.at] !== sign) this.unexpected(`"${sign}"`);
    this.at++;
  }

  private word(word: string, value: JsonValue): JsonValue {
    if (!this.text.startsWith(word, this.at)) this.unexpected('a value');
    this.at += word.length;
    return value;
  }

  private number(): JsonValue {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (!match) return this.unexpected('a value');
    const [digits, fraction, exponent] = match;
    const start = this.at;
    this.at += digits.length;
    const value = Number(digits);
    if (!Number.isFinite(value)) throw new ReadError(start, `number out of range: ${digits.slice(0, 40)}`);
    // Adding zero turns -0 into 0.
    if (fraction !== undefined || exponent !== undefined || Number.isSafeInteger(value)) return value + 0;
    // int64 has at most 19 digits; the bound keeps a megabyte of digits cheap.
    return digits.length > 20 ? value : fromBigInt(BigInt(digits));
  }

  private string(): string {
    const { text } = this;
    const start = this.at;
    let result = '';
    let from = start + 1;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22 /* " */) {
        this.at = at + 1;
        return from === start + 1 ? text.slice(from, at) : wellFormed(result + text.slice(from, at));
      }
      if (code < 0x20) throw new ReadError(at, 'control character inside a string');
      if (code !== 0x5c /* \ */) continue;
      const [character, length] = this.escape(at);
      result += text.slice(from, at) + character;
      at += length - 1;
      from = at + 1;
    }
    throw new ReadError(start, 'string without its closing quote');
  }

  private escape(at: number): [character: string, length: number] {
    const sign = this.text[at + 1] ?? '';
    if (sign === 'u') {
      const digits = this.text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new ReadError(at, 'invalid \\u escape');
      return [String.fromCharCode(Number.parseInt(digits, 16)), 6];
    }
    const character = Object.hasOwn(ESCAPES, sign) ? ESCAPES[sign] : undefined;
    if (character === undefined) throw new ReadError(at, 'invalid escape');
    return [character, 2];
  }

  private unexpected(wanted: string): never {
    const found = this.at < this.text.length ? `"${String.fromCodePoint(this.text.codePointAt(this.at)!)}"` : 'the end';
    throw new ReadError(this.at, `expected ${wanted}, found ${found}`);
  }
}
