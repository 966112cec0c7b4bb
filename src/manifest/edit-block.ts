/** Edits of block maps and lists, as splices of the source text. */
import { isMap, isScalar } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { JsonValue } from '../base/json.ts';
import type { EditSource } from './edit-source.ts';
import {
  colonEnd,
  columnOf,
  dashOf,
  endOf,
  isFlow,
  itemEnd,
  lineBreak,
  lineStart,
  pairEnd,
  startOf,
  styleOf,
} from './edit-tree.ts';
import type { Place } from './edit-tree.ts';
import { blockLines, entryLines, itemLines, renderLiteral, renderValue } from './print.ts';
import type { Rendered } from './print.ts';
import { isBlockSafe, isScalarValue, scalarText } from './quote.ts';
import type { Splice } from './splice.ts';

/** Puts new scalar text where the old one stands; undefined where the value cannot be written so. */
export function replaceScalar(
  source: EditSource,
  node: Node | undefined,
  value: JsonValue,
  place: 'block' | 'flow',
): Splice[] | undefined {
  if (!isScalar(node) || !isScalarValue(value) || !node.range) return undefined;
  const [start, end] = node.range;
  if (end === start) return undefined;
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') return replaceLiteral(source, node, value);
  // Several lines read better as a literal, which the next attempt writes.
  if (place === 'block' && typeof value === 'string' && isBlockSafe(value)) return undefined;
  const style = node.type === 'QUOTE_DOUBLE' ? 'double' : node.type === 'QUOTE_SINGLE' ? 'single' : 'plain';
  return [{ start, end, text: scalarText(value, source.format === 'json' ? 'json' : place, style) }];
}

/** A block scalar stays one, at its own indentation, where the new string can be written so. */
function replaceLiteral(source: EditSource, node: Scalar, value: JsonValue): Splice[] | undefined {
  if (typeof value !== 'string' || !isBlockSafe(value)) return undefined;
  const start = startOf(node);
  const end = endOf(node, source.text);
  const column = /\n( *)[^\s]/.exec(source.text.slice(start, end))?.[1]?.length;
  if (column === undefined || /^\n* /.test(value)) return undefined;
  const { inline, below } = renderLiteral(value, 0, column);
  return [{ start, end, text: [inline, ...below].join(source.lineEnd) }];
}

/** Writes the value of an entry anew, from its colon on; a comment on the line of the key stays. */
export function replaceEntryValue(
  source: EditSource,
  map: YAMLMap,
  pair: Pair,
  value: JsonValue,
): Splice[] | undefined {
  const colon = colonEnd(pair);
  if (colon === undefined) return undefined;
  const column = columnOf(source.text, startOf(pair.key as Node));
  const rendered = renderValue(value, column, styleOf(source.root, source.text, map));
  return replaceAfter(source, colon, Math.max(colon, pairEnd(pair, source.text)), rendered);
}

/** Writes an item of a block list anew, from its dash on. */
export function replaceItem(source: EditSource, list: YAMLSeq, index: number, value: JsonValue): Splice[] | undefined {
  const dash = dashOf(list, index);
  if (dash === undefined) return undefined;
  const lines = itemLines(value, columnOf(source.text, dash), styleOf(source.root, source.text));
  const end = Math.max(dash + 1, itemEnd(list, index, source.text));
  return [{ start: dash, end, text: lines.join(source.lineEnd).trimStart() }];
}

function replaceAfter(source: EditSource, colon: number, end: number, { inline, below }: Rendered): Splice[] {
  const { text, lineEnd } = source;
  const old = text.slice(colon, end);
  const several = old.includes('\n');
  const comment = several ? (/^[ \t]+#[^\r\n]*/.exec(old)?.[0] ?? '') : '';
  const head = (inline === '' ? '' : ` ${inline}`) + comment;
  if (below.length === 0) return [{ start: colon, end, text: head }];
  const tail = below.map((line) => lineEnd + line).join('');
  // A comment after a value of one line stays on the line of the key.
  const stop = lineBreak(text, end);
  return several
    ? [{ start: colon, end: stop, text: head + tail }]
    : [
        { start: colon, end, text: head },
        { start: stop, end: stop, text: tail },
      ];
}

/** Adds an entry after the last one of a block map. */
export function insertEntry(source: EditSource, map: YAMLMap, key: string, value: JsonValue): Splice[] | undefined {
  const [first] = map.items;
  const last = map.items.at(-1);
  if (!first || !last) return undefined;
  const column = columnOf(source.text, startOf(first.key as Node));
  const lines = entryLines(key, value, column, styleOf(source.root, source.text, map));
  return [linesAfter(source, pairEnd(last, source.text), lines)];
}

/** New lines below the line of `offset`. */
function linesAfter(source: EditSource, offset: number, lines: readonly string[]): Splice {
  const at = lineBreak(source.text, offset);
  return { start: at, end: at, text: lines.map((line) => source.lineEnd + line).join('') };
}

/** Adds an item to a block list, before the item at `index` or after the last. */
export function insertItemLines(
  source: EditSource,
  list: YAMLSeq,
  index: number,
  value: JsonValue,
): Splice[] | undefined {
  const first = dashOf(list, 0);
  if (first === undefined) return undefined;
  const column = columnOf(source.text, first);
  const lines = itemLines(value, column, styleOf(source.root, source.text));
  if (index > 0) return [linesAfter(source, itemEnd(list, index - 1, source.text), lines)];
  const text = [...lines, ' '.repeat(column)].join(source.lineEnd).slice(column);
  return [{ start: first, end: first, text }];
}

/** Takes an entry away with its lines; the comments above it stay. */
export function deleteEntry(source: EditSource, map: YAMLMap, pair: Pair): Splice[] | undefined {
  const { text } = source;
  const start = startOf(pair.key as Node);
  const next = map.items[map.items.indexOf(pair) + 1];
  return deleteLines(text, start, pairEnd(pair, text), next && startOf(next.key as Node));
}

export function deleteItem(source: EditSource, list: YAMLSeq, index: number): Splice[] | undefined {
  const dash = dashOf(list, index);
  if (dash === undefined) return undefined;
  return deleteLines(source.text, dash, itemEnd(list, index, source.text), dashOf(list, index + 1));
}

/** The only entry goes and `{}` or `[]` stands behind the key of its map or list; comments between the two stay. */
export function emptied(holder: Place, removal: Splice[] | undefined): Splice[] | undefined {
  const { node, parent, pair } = holder;
  const colon = pair && colonEnd(pair);
  if (!removal || colon === undefined || !isMap(parent) || isFlow(parent)) return undefined;
  return [{ start: colon, end: colon, text: isMap(node) ? ' {}' : ' []' }, ...removal];
}

function deleteLines(text: string, start: number, end: number, next: number | undefined): Splice[] | undefined {
  const from = lineStart(text, start);
  const isFirstOnLine = text.slice(from, start).trim() === '';
  const stop = lineBreak(text, end);
  if (isFirstOnLine) {
    const after = text.startsWith('\r\n', stop) ? stop + 2 : Math.min(stop + 1, text.length);
    // The last line of a text without a newline at its end: the break before it goes.
    if (stop === text.length && from > 0)
      return [{ start: from - (text[from - 2] === '\r' ? 2 : 1), end: stop, text: '' }];
    return [{ start: from, end: after, text: '' }];
  }
  if (next === undefined) return undefined;
  // `- a: 1`: what follows moves up behind the dash, unless a comment stands between.
  const between = text.slice(stop, next);
  return between.trim() === ''
    ? [{ start, end: next, text: '' }]
    : [{ start: start - trailingSpaces(text, start), end: stop, text: '' }];
}

function trailingSpaces(text: string, offset: number): number {
  let count = 0;
  while (text[offset - 1 - count] === ' ') count++;
  return count;
}

/** Brings the items of a list into another order by exchanging their texts. */
export function reorderItems(source: EditSource, list: YAMLSeq, order: readonly number[]): Splice[] | undefined {
  const ranges = list.items.map((item, index) => {
    if (isFlow(list)) return { start: startOf(item as Node), end: endOf(item as Node, source.text) };
    const start = dashOf(list, index) ?? -1;
    return { start, end: lineBreak(source.text, Math.max(start + 1, itemEnd(list, index, source.text))) };
  });
  if (ranges.some(({ start }) => start < 0)) return undefined;
  return order.flatMap((from, to): Splice[] => {
    const target = ranges[to]!;
    const origin = ranges[from]!;
    return from === to ? [] : [{ ...target, text: source.text.slice(origin.start, origin.end) }];
  });
}

/** A whole document written anew inside the text it has: only where its root is empty. */
export function replaceRoot(source: EditSource, value: JsonValue): Splice[] | undefined {
  const { root, text, lineEnd } = source;
  if (!root || (isMap(root) && root.items.length > 0) || isScalarValue(value)) return undefined;
  const lines = blockLines(value, 0, styleOf(root, text));
  return [{ start: startOf(root), end: endOf(root, text), text: lines.join(lineEnd) }];
}
