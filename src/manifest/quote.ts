/**
 * Strings and other scalars as text that every reader of YAML reads alike: kubectl (1.1 with Go's rules), YAML 1.1 and 1.2
 * parsers. Quoting more than one reader needs does no harm; quoting less does.
 */
import type { JsonValue } from '../base/json.ts';

export type QuoteStyle = 'plain' | 'double' | 'single';
export type ScalarPlace = 'block' | 'flow' | 'json';

/** What some reader takes for a boolean, a null or a float whatever its case. */
const WORDS = new Set([
  'y',
  'n',
  'yes',
  'no',
  'on',
  'off',
  'true',
  'false',
  'null',
  'nan',
  'inf',
  'infinity',
  '~',
  '=',
  '<<',
  '',
]);
/** Made only of what numbers, dates and times are made of: some reader may take it for one. */
const NUMBER_LIKE = /^(?:[-+]?[0-9.][0-9_,.:eExXoOa-fA-FTtZz +-]*|[eE][-+]?[0-9_]+)$/;
const DOT_WORD = /^[-+]?\.(?:inf|nan)$/i;
/** What begins a node that is no plain string, or may in some reader. */
const INDICATOR = /^[-?:,[\]{}#&*!|>'"%@`=<~]/;
/** Control and format characters (bidi overrides, zero width), odd spaces, line separators, halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u00a0\ufffe\uffff]/u;
const UNPRINTABLE_ALL = new RegExp(UNPRINTABLE.source, 'gu');

/** Whether a string may stand without quotes. */
function isPlainSafe(text: string, place: ScalarPlace): boolean {
  if (place === 'json' || text !== text.trim() || INDICATOR.test(text) || UNPRINTABLE.test(text)) return false;
  if (WORDS.has(text.toLowerCase()) || NUMBER_LIKE.test(text) || DOT_WORD.test(text)) return false;
  if (/:(?:\s|$)|\s#/.test(text)) return false;
  return place === 'block' || !/[,[\]{}:?]/.test(text);
}

/** A string on one line, in the style asked for where that is safe. */
export function quoteString(text: string, place: ScalarPlace, style: QuoteStyle = 'plain'): string {
  if (style === 'plain' && isPlainSafe(text, place)) return text;
  const singleFits = place !== 'json' && !UNPRINTABLE.test(text);
  const preferSingle = style === 'single' || (style === 'plain' && /["\\]/.test(text) && !text.includes("'"));
  if (singleFits && preferSingle) return `'${text.replaceAll("'", "''")}'`;
  return doubleQuoted(text, place);
}

function doubleQuoted(text: string, place: ScalarPlace): string {
  const body = text.replaceAll(/["\\]/g, '\\$&').replaceAll(UNPRINTABLE_ALL, (character) => escape(character, place));
  return `"${body}"`;
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

function escape(character: string, place: ScalarPlace): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const point = character.codePointAt(0)!;
  // No text can hold half a surrogate pair: it is written as the replacement character, as every encoder does.
  if (point >= 0xd800 && point <= 0xdfff) return '\ufffd';
  const hex = (length: number, value = point): string => value.toString(16).toUpperCase().padStart(length, '0');
  if (place === 'json') {
    return [...Array(character.length).keys()].map((at) => `\\u${hex(4, character.charCodeAt(at))}`).join('');
  }
  if (point < 0x100) return `\\x${hex(2)}`;
  return point < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}

/** A number so that readers that want a dot before an exponent read it too. */
function numberText(value: number | bigint): string {
  if (typeof value === 'bigint') return String(value);
  if (!Number.isFinite(value)) return 'null';
  const text = String(value + 0);
  return /^-?[0-9]+e/.test(text) ? text.replace('e', '.0e') : text;
}

/** Any scalar on one line. */
export function scalarText(
  value: null | boolean | number | bigint | string,
  place: ScalarPlace,
  style?: QuoteStyle,
): string {
  if (typeof value === 'string') return quoteString(value, place, style);
  return typeof value === 'number' || typeof value === 'bigint' ? numberText(value) : String(value);
}

export function isScalarValue(value: JsonValue | undefined): value is null | boolean | number | bigint | string {
  return value === null || typeof value !== 'object';
}

/** Whether a string may stand as a literal block scalar and come back the same from every reader. */
export function isBlockSafe(text: string): boolean {
  if (!text.includes('\n') || UNPRINTABLE.test(text.replaceAll(/[\n\t]/g, ''))) return false;
  const lines = text.replace(/\n*$/, '').split('\n');
  // A line of blanks only, and a first line that begins with a tab, are read in more than one way.
  return (
    lines.every((line) => line === '' || line.trim() !== '') &&
    lines.some((line) => line !== '') &&
    !/^\n*\t/.test(text)
  );
}
