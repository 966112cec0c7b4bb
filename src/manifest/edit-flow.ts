/** Edits of flow collections (`{a: b}`, `[a, b]`, and all of JSON), as splices of the source text. */
import { isMap, isPair } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { JsonValue } from '../base/json.ts';
import type { EditSource } from './edit-source.ts';
import { columnOf, endOf, lineStart, pairEnd, startOf } from './edit-tree.ts';
import { flowText, jsonText, keyText } from './print.ts';
import { isScalarValue } from './quote.ts';
import type { Splice } from './splice.ts';

type FlowNode = YAMLMap | YAMLSeq;

/** The stretch of an entry or item, without comma and blanks. */
function rangeOf(item: unknown, text: string): { start: number; end: number } {
  if (isPair(item)) return { start: startOf(item.key as Node), end: pairEnd(item, text) };
  return { start: startOf(item as Node), end: endOf(item as Node, text) };
}

function valueText(source: EditSource, value: JsonValue, at: number): string {
  if (source.format !== 'json') return flowText(value, 'flow');
  const indent = /\n( +)["[{]/.exec(source.text)?.[1]?.length ?? 0;
  return jsonText(
    value,
    indentOfLine(source.text, at),
    source.text.includes('\n') ? Math.min(indent, 8) : 0,
    source.lineEnd,
  );
}

function indentOfLine(text: string, offset: number): number {
  const line = text.slice(lineStart(text, offset), offset);
  return line.length - line.trimStart().length;
}

/** Puts a value where another stands in a flow collection. */
export function replaceFlowValue(
  source: EditSource,
  node: Node | undefined,
  pair: Pair | undefined,
  value: JsonValue,
): Splice[] | undefined {
  if (node?.range && endOf(node, source.text) > startOf(node)) {
    const start = startOf(node);
    return [{ start, end: endOf(node, source.text), text: valueText(source, value, start) }];
  }
  if (!pair) return undefined;
  // `{a}` and `{a: }` have no value yet.
  const { end } = rangeOf(pair, source.text);
  const hasColon = pair.srcToken?.sep?.some(({ type }) => type === 'map-value-ind') === true;
  return [{ start: end, end, text: `${hasColon ? ' ' : ': '}${valueText(source, value, end)}` }];
}

export function insertFlowEntry(source: EditSource, map: YAMLMap, key: string, value: JsonValue): Splice[] {
  const at = insertionPoint(source, map);
  const place = source.format === 'json' ? 'json' : 'flow';
  return insertFlow(
    source,
    map,
    map.items.length,
    (offset) => `${keyText(key, place)}: ${valueText(source, value, offset)}`,
    at,
  );
}

export function insertFlowItem(source: EditSource, list: YAMLSeq, index: number, value: JsonValue): Splice[] {
  return insertFlow(source, list, index, (offset) => valueText(source, value, offset), insertionPoint(source, list));
}

/** Where a new line inside the collection would be indented from. */
function insertionPoint(source: EditSource, node: FlowNode): number {
  const first = node.items[0];
  return first === undefined ? startOf(node) : rangeOf(first, source.text).start;
}

function insertFlow(
  source: EditSource,
  node: FlowNode,
  index: number,
  print: (offset: number) => string,
  at: number,
): Splice[] {
  const { text } = source;
  if (node.items.length === 0) return [fillEmpty(source, node, print)];
  const printed = print(at);
  const before = node.items[index];
  if (before !== undefined && index < node.items.length) {
    const { start } = rangeOf(before, text);
    return [{ start, end: start, text: `${printed},${separatorBefore(source, node, index)}` }];
  }
  const last = rangeOf(node.items.at(-1), text);
  const separator = separatorBefore(source, node, node.items.length - 1);
  // A comma that already stands at the end stays the last sign.
  const comma = commaAfter(node);
  if (comma !== undefined) return [{ start: comma + 1, end: comma + 1, text: `${separator}${printed},` }];
  return [{ start: last.end, end: last.end, text: `,${separator}${printed}` }];
}

/** Blanks between items: a line of its own where the items have that, one space otherwise. */
function separatorBefore(source: EditSource, node: FlowNode, index: number): string {
  const { start } = rangeOf(node.items[index], source.text);
  const column = columnOf(source.text, start);
  const ownLine = source.text.slice(start - column, start).trim() === '';
  if (ownLine && lineStart(source.text, start) > startOf(node)) return source.lineEnd + ' '.repeat(column);
  return ' ';
}

function commaAfter(node: FlowNode): number | undefined {
  const token = node.srcToken;
  if (token?.type !== 'flow-collection') return undefined;
  const last = token.items.at(-1);
  const isEmpty = last && !last.key && !last.value && !last.sep;
  return isEmpty ? last.start.find(({ type }) => type === 'comma')?.offset : undefined;
}

function fillEmpty(source: EditSource, node: FlowNode, print: (offset: number) => string): Splice {
  const { text, lineEnd } = source;
  const start = startOf(node);
  const [open, close] = isMap(node) ? ['{', '}'] : ['[', ']'];
  const indent = /\n( +)["[{]/.exec(text)?.[1]?.length;
  if (source.format === 'json' && indent !== undefined && indent <= 8) {
    const outer = indentOfLine(text, start);
    const inner = ' '.repeat(outer + indent);
    const body = print(start).replaceAll(lineEnd, lineEnd + ' '.repeat(indent));
    return {
      start,
      end: endOf(node, text),
      text: `${open}${lineEnd}${inner}${body}${lineEnd}${' '.repeat(outer)}${close}`,
    };
  }
  return { start, end: endOf(node, text), text: `${open}${print(start)}${close}` };
}

/** Takes an entry or item away with one comma. */
export function deleteFlow(source: EditSource, node: FlowNode, index: number): Splice[] {
  const { text } = source;
  const own = rangeOf(node.items[index], text);
  if (node.items.length === 1) {
    const [open, close] = isMap(node) ? ['{', '}'] : ['[', ']'];
    return [{ start: startOf(node), end: endOf(node, text), text: `${open}${close}` }];
  }
  const next = node.items[index + 1];
  if (next !== undefined) return [{ start: own.start, end: rangeOf(next, text).start, text: '' }];
  return [{ start: rangeOf(node.items[index - 1], text).end, end: own.end, text: '' }];
}

/** A whole document in flow style with a scalar or collection put in its place. */
export function replaceFlowRoot(source: EditSource, value: JsonValue): Splice[] | undefined {
  const { root, text } = source;
  if (!root || isScalarValue(value)) return undefined;
  return [{ start: startOf(root), end: endOf(root, text), text: valueText(source, value, startOf(root)) }];
}
