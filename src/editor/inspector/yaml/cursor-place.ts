import type { Path } from '../../../base/json.ts';
import { flowEnd, flowPlace } from './flow-place.ts';

/**
 * What is being written at a place of a YAML text. Read from lines and indentation, not from a tree: while somebody types,
 * the text seldom reads.
 */
export interface CursorPlace {
  /** A key of the map at `path`, the value at `path`, or something below a list at `path` whose dash is still missing. */
  readonly what: 'key' | 'value' | 'item';
  readonly path: Path;
  /** The word under the cursor, from its first sign to its last; offsets in the whole text. */
  readonly from: number;
  readonly to: number;
  /** Columns before the key, or before the dash of an item that is still missing. */
  readonly indent: number;
  /** Inside braces or brackets, where indentation says nothing. */
  readonly flow?: true;
  /** The document around it; offsets in the whole text. */
  readonly document: { readonly from: number; readonly to: number };
  /** The line around it without its end. */
  readonly line: { readonly from: number; readonly to: number };
}

type Level =
  | { readonly type: 'key'; readonly indent: number; readonly key: string }
  | { readonly type: 'item'; readonly indent: number; readonly index: number };

const KEY = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#"'[\]{}][^#]*?))\s*:(?=\s|$)/;

export function cursorPlace(text: string, offset: number): CursorPlace | undefined {
  const document = documentAround(text, offset);
  const line = { from: text.lastIndexOf('\n', offset - 1) + 1, to: lineEnd(text, offset) };
  const levels: Level[] = [];
  let blockIndent: number | undefined;
  for (let at = document.from; at < line.from;) {
    const begin = at;
    const end = lineEnd(text, at);
    const row = text.slice(at, end).replace(/\r$/, '');
    at = end + 1;
    const indent = row.length - row.trimStart().length;
    if (row.trim() === '') continue;
    if (blockIndent !== undefined && indent > blockIndent) continue;
    blockIndent = undefined;
    if (row.trimStart().startsWith('#')) continue;
    const rest = enter(levels, row);
    if (/^[[{]/.test(rest.value)) {
      const open = begin + rest.column;
      const last = flowEnd(text, open, document.to);
      if (last !== undefined && last > offset) return inFlow(levels, text, offset, open, { document, line });
      // A collection of several lines is over where a line ends it.
      if (last !== undefined && last > at) at = lineEnd(text, last) + 1;
    } else if (/^(?:&\S+\s+)?(?:!\S+\s+)?[|>][-+0-9]*\s*(?:#.*)?$/.test(rest.value)) blockIndent = rest.indent;
  }
  const row = text.slice(line.from, line.to).replace(/\r$/, '');
  const column = offset - line.from;
  if (blockIndent !== undefined && (row.trim() === '' ? column : indentOf(row)) > blockIndent) return undefined;
  const flow = flowIn(levels, row, column);
  if (flow !== undefined) return inFlow(levels, text, offset, line.from + flow, { document, line });
  return placeInRow(levels, row, column, { document, line });
}

/** The column of the collection of this line that a cursor stands in; its keys and dashes are taken in. */
function flowIn(levels: Level[], row: string, column: number): number | undefined {
  const own = [...levels];
  const { value, column: open } = enter(own, row);
  if (!/^[[{]/.test(value) || row.trimStart().startsWith('#') || column <= open) return undefined;
  const end = flowEnd(row, open, row.length);
  if (end !== undefined && column >= end) return undefined;
  levels.splice(0, levels.length, ...own);
  return open;
}

function inFlow(
  levels: readonly Level[],
  text: string,
  offset: number,
  open: number,
  around: Pick<CursorPlace, 'document' | 'line'>,
): CursorPlace | undefined {
  const found = flowPlace(text, open, offset);
  return found && { ...found, path: [...pathOf(levels), ...found.path], indent: 0, flow: true, ...around };
}

/** Takes the keys and dashes of one line in; gives what follows them. */
function enter(
  levels: Level[],
  row: string,
): { readonly value: string; readonly indent: number; readonly column: number } {
  let column = indentOf(row);
  for (;;) {
    const rest = row.slice(column);
    const dash = /^-(?:\s+|$)/.exec(rest);
    if (dash) {
      enterItem(levels, column);
      column += dash[0].length;
      if (column >= row.length) return { value: '', indent: column, column };
      continue;
    }
    const key = KEY.exec(rest);
    if (!key) return { value: rest.trim(), indent: column, column };
    leave(levels, column);
    levels.push({ type: 'key', indent: column, key: keyOf(key) });
    const value = rest.slice(key[0].length);
    return { value: value.trim(), indent: column, column: row.length - value.trimStart().length };
  }
}

function enterItem(levels: Level[], indent: number): void {
  let index = 0;
  for (let top = levels.at(-1); top && holdsNot(top, indent); top = levels.at(-1)) {
    if (top.type === 'item' && top.indent === indent) index = top.index + 1;
    levels.pop();
  }
  levels.push({ type: 'item', indent, index });
}

/** A dash may stand under the very first sign of the key whose list it belongs to. */
function holdsNot({ type, indent: own }: Level, dash: number): boolean {
  return own > dash || (own === dash && type === 'item');
}

function leave(levels: Level[], indent: number): void {
  while ((levels.at(-1)?.indent ?? -1) >= indent) levels.pop();
}

function placeInRow(
  levels: Level[],
  row: string,
  column: number,
  around: Pick<CursorPlace, 'document' | 'line'>,
): CursorPlace | undefined {
  let at = indentOf(row);
  const isBlank = row.trim() === '';
  if (isBlank) at = column;
  if (!isBlank && row.slice(at).startsWith('#')) return undefined;
  if (column < at) return undefined;
  const start = around.line.from;
  for (;;) {
    const rest = row.slice(at);
    const dash = /^-(?:\s+|$)/.exec(rest);
    if (dash && column > at) {
      enterItem(levels, at);
      at += dash[0].length;
      if (column < at) at = column;
      continue;
    }
    const key = KEY.exec(rest);
    if (key && column > at + key[0].length - 1) {
      leave(levels, at);
      levels.push({ type: 'key', indent: at, key: keyOf(key) });
      return valuePlace(levels, row, column, at + key[0].length, { indent: at, ...around });
    }
    const word = (key?.[0] ?? rest).replace(/\s*:$/, '').trimEnd();
    if (column > at + word.length || /^[[{]/.test(word)) return undefined;
    const above = levels.at(-1);
    leave(levels, at);
    // Right below a key that has nothing yet, a list could begin as well as a map: the schema tells.
    const what = isBlank && above?.type === 'key' && above === levels.at(-1) ? 'item' : 'key';
    return { what, path: pathOf(levels), from: start + at, to: start + at + word.length, indent: at, ...around };
  }
}

function valuePlace(
  levels: readonly Level[],
  row: string,
  column: number,
  after: number,
  rest: Pick<CursorPlace, 'document' | 'line' | 'indent'>,
): CursorPlace | undefined {
  const gap = /^\s*/.exec(row.slice(after))![0].length;
  if (gap === 0 && column > after) return undefined;
  const from = Math.min(after + gap, Math.max(column, after));
  const value = row
    .slice(from)
    .replace(/\s+#.*$/, '')
    .trimEnd();
  if (column < from || column > from + value.length || /^[[{|>&*!]/.test(value)) return undefined;
  const start = rest.line.from;
  return { what: 'value', path: pathOf(levels), from: start + from, to: start + from + value.length, ...rest };
}

function pathOf(levels: readonly Level[]): Path {
  return levels.map((level) => (level.type === 'key' ? level.key : level.index));
}

function keyOf([, double, single, plain]: RegExpExecArray): string {
  return double ?? single?.replaceAll("''", "'") ?? plain ?? '';
}

function indentOf(row: string): number {
  return row.length - row.trimStart().length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Between the marks `---` and `...` around an offset. */
function documentAround(text: string, offset: number): { readonly from: number; readonly to: number } {
  let [from, to] = [0, text.length];
  for (const mark of text.matchAll(/^(?:---|\.\.\.)(?:[ \t].*)?$/gm)) {
    const end = mark.index + mark[0].length;
    if (end < offset) from = Math.min(end + 1, text.length);
    else {
      to = mark.index;
      break;
    }
  }
  return { from, to };
}
