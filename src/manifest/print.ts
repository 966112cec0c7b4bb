/** Printing values as YAML in block or flow style, and as JSON. */
import type { JsonObject, JsonValue } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import { isBlockSafe, isScalarValue, quoteString, scalarText } from './quote.ts';

/** How a document is laid out. */
export interface PrintStyle {
  /** Spaces by which a map inside a map is indented. */
  readonly mapIndent: number;
  /** Spaces by which a list inside a map is indented; kubectl prints 0. */
  readonly listIndent: number;
  /** A string on one line; where left out, quoted so that every reader reads it alike. */
  readonly quote?: (text: string) => string;
}

export const KUBECTL_STYLE: PrintStyle = { mapIndent: 2, listIndent: 0 };

/** A value as it follows its key or dash: a text on the same line, and lines below with their whole indentation. */
export interface Rendered {
  readonly inline: string;
  readonly below: readonly string[];
}

const spaces = (count: number): string => ' '.repeat(count);

/** Entries that are there: `undefined` is no JSON value. */
export function entriesOf(map: JsonObject): [string, JsonValue][] {
  return Object.keys(map).flatMap((key) => {
    const value = map[key];
    return value === undefined ? [] : [[key, value] as [string, JsonValue]];
  });
}

/** A value that follows a key at `column`. */
export function renderValue(value: JsonValue, column: number, style: PrintStyle): Rendered {
  if (typeof value === 'string' && isBlockSafe(value)) return renderLiteral(value, column, style.mapIndent);
  if (typeof value === 'string' && style.quote !== undefined) return { inline: style.quote(value), below: [] };
  if (isScalarValue(value)) return { inline: scalarText(value, 'block'), below: [] };
  if (isEmpty(value)) return { inline: Array.isArray(value) ? '[]' : '{}', below: [] };
  const indent = Array.isArray(value) ? style.listIndent : style.mapIndent;
  return { inline: '', below: blockLines(value, column + indent, style) };
}

/** The lines of a map or list that is not empty, at `column`. */
export function blockLines(value: JsonValue, column: number, style: PrintStyle): string[] {
  if (isJsonObject(value)) return entriesOf(value).flatMap(([key, entry]) => entryLines(key, entry, column, style));
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap((item) => itemLines(item, column, style));
  return [];
}

/** `key: value` and what is below it. */
export function entryLines(key: string, value: JsonValue, column: number, style: PrintStyle): string[] {
  const { inline, below } = renderValue(value, column, style);
  const head = `${spaces(column)}${style.quote?.(key) ?? keyText(key, 'block')}:`;
  return [inline === '' ? head : `${head} ${inline}`, ...below];
}

/** `- value` and what is below it. */
export function itemLines(value: JsonValue, column: number, style: PrintStyle): string[] {
  if (typeof value === 'string' && isBlockSafe(value)) {
    const { inline, below } = renderLiteral(value, column, 2);
    return [`${spaces(column)}- ${inline}`, ...below];
  }
  if (isScalarValue(value) || isEmpty(value)) return [`${spaces(column)}- ${renderValue(value, column, style).inline}`];
  const [first = '', ...rest] = blockLines(value, column + 2, style);
  return [`${spaces(column)}- ${first.trimStart()}`, ...rest];
}

export function keyText(key: string, place: 'block' | 'flow' | 'json'): string {
  return quoteString(key, place);
}

function isEmpty(value: JsonValue): boolean {
  return Array.isArray(value) ? value.length === 0 : isJsonObject(value) && entriesOf(value).length === 0;
}

/** A literal block scalar whose lines stand `indent` right of `column`. */
export function renderLiteral(text: string, column: number, indent: number): Rendered {
  const body = text.replace(/\n*$/, '');
  const ends = text.length - body.length;
  const chomp = ends === 0 ? '-' : ends === 1 ? '' : '+';
  // Where the first line begins with a space its indentation cannot be guessed and is written down.
  const increment = /^\n* /.test(text) ? String(indent) : '';
  const lines = body.split('\n').map((line) => (line === '' ? '' : spaces(column + indent) + line));
  return { inline: `|${increment}${chomp}`, below: [...lines, ...Array<string>(Math.max(0, ends - 1)).fill('')] };
}

/** A value on one line in flow style. */
export function flowText(value: JsonValue, place: 'flow' | 'json'): string {
  if (isScalarValue(value)) return scalarText(value, place);
  if (Array.isArray(value))
    return `[${(value as readonly JsonValue[]).map((item) => flowText(item, place)).join(', ')}]`;
  if (!isJsonObject(value)) return 'null';
  return `{${entriesOf(value)
    .map(([key, entry]) => `${keyText(key, place)}: ${flowText(entry, place)}`)
    .join(', ')}}`;
}

/** A value as JSON over several lines; the first line has no indentation, the others stand at `column` or right of it. */
export function jsonText(value: JsonValue, column: number, indent: number, lineEnd: string): string {
  if (isScalarValue(value) || isEmpty(value) || indent === 0) return flowText(value, 'json');
  const inner = column + indent;
  const nested = (entry: JsonValue): string => jsonText(entry, inner, indent, lineEnd);
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', (value as readonly JsonValue[]).map(nested)]
    : ['{', '}', entriesOf(value as JsonObject).map(([key, entry]) => `${keyText(key, 'json')}: ${nested(entry)}`)];
  return `${open}${lineEnd}${parts.map((part) => spaces(inner) + part).join(`,${lineEnd}`)}${lineEnd}${spaces(column)}${close}`;
}
