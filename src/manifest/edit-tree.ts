/** Places in the `yaml` library's tree of a document: nodes by path, and where their text begins and ends. */
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, CST, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Path, PathStep } from '../base/json.ts';
import type { PrintStyle } from './print.ts';
import { keyOf } from './scalar.ts';
import { isMergeKey, scalarValue } from './tree-reader.ts';

/** A node and the entry or item that holds it; `node` is undefined for an empty value. */
export interface Place {
  readonly node: Node | undefined;
  readonly parent?: YAMLMap | YAMLSeq;
  /** The entry of a map, or the number of the item in a list. */
  readonly pair?: Pair;
  readonly index?: number;
}

export type Found =
  | { readonly type: 'found'; readonly place: Place }
  /** The first `depth` steps exist and lead to `place`; the next does not. */
  | { readonly type: 'missing'; readonly depth: number; readonly place: Place }
  | { readonly type: 'alias'; readonly alias: Alias; readonly depth: number };

/** Follows a path. The last of several equal keys counts, as for kubectl. */
export function findPlace(root: Node | null, path: Path): Found {
  let place: Place = { node: root ?? undefined };
  for (let depth = 0; depth < path.length; depth++) {
    if (isAlias(place.node)) return { type: 'alias', alias: place.node, depth };
    const next = stepInto(place.node, path[depth]!);
    if (!next) return { type: 'missing', depth, place };
    place = next;
  }
  return { type: 'found', place };
}

function stepInto(node: Node | undefined, step: PathStep): Place | undefined {
  if (isMap(node) && typeof step === 'string') {
    const pair = node.items.findLast((item) => keyTextOf(item.key) === step && !isMergeKey(item.key));
    return pair && { node: asNode(pair.value), parent: node, pair };
  }
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
    return { node: asNode(node.items[step]), parent: node, index: step };
  }
  return undefined;
}

const asNode = (value: unknown): Node | undefined =>
  isAlias(value) || isScalar(value) || isMap(value) || isSeq(value) ? value : undefined;

/** The key as kubectl reads it. */
export function keyTextOf(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  const value = scalarValue(key);
  if (typeof value === 'object' && value !== null && 'message' in value) return undefined;
  const text = keyOf(value, typeof key.value === 'string' ? key.value : '');
  return typeof text === 'string' ? text : undefined;
}

export const isFlow = (node: YAMLMap | YAMLSeq): boolean => node.flow === true;

/** Where a node begins, without its anchor and tag. */
export const startOf = (node: Node): number => node.range?.[0] ?? 0;

const BLANK_TOKENS: ReadonlySet<string> = new Set(['space', 'newline', 'comment', 'comma']);

function tokensEnd(tokens: readonly CST.SourceToken[] | undefined): number {
  const last = tokens?.findLast((token) => !BLANK_TOKENS.has(token.type));
  return last ? last.offset + last.source.length : 0;
}

/** Just after the last character that belongs to a node: no comment, no line break after it. */
export function endOf(node: Node | undefined, text: string): number {
  if (isScalar(node)) return scalarEnd(node, text);
  if (!node?.range) return 0;
  if (isMap(node) && !isFlow(node))
    return Math.max(...node.items.slice(-1).map((pair) => pairEnd(pair, text)), startOf(node));
  if (isSeq(node) && !isFlow(node)) return Math.max(itemEnd(node, node.items.length - 1, text), startOf(node));
  return node.range[1];
}

export function pairEnd(pair: Pair, text: string): number {
  const item = pair.srcToken;
  const key = asNode(pair.key);
  return Math.max(tokensEnd(item?.sep), endOf(asNode(pair.value), text), key?.range?.[1] ?? 0);
}

export function itemEnd(list: YAMLSeq, index: number, text: string): number {
  return Math.max(tokensEnd(itemTokens(list)[index]?.start), endOf(asNode(list.items[index]), text));
}

function scalarEnd(node: Scalar, text: string): number {
  const [start, end] = node.range ?? [0, 0, 0];
  // An empty value stands nowhere: the library puts it behind the comment of its key.
  if (start === end) return 0;
  if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED') return end;
  return blockScalarEnd(text, start, end);
}

/** A block scalar ends with its last line; blank lines after it count only where it keeps them (`|+`) or they are content. */
function blockScalarEnd(text: string, start: number, end: number): number {
  const source = text.slice(start, end);
  const header = /^[^\r\n]*/.exec(source)![0];
  const whole = source.replace(/\r?\n$/, '');
  if (/^.[0-9]?\+/.test(header)) return start + whole.length;
  const indent = /\n( *)[^\s]/.exec(source)?.[1]?.length ?? 0;
  let last = whole.length;
  for (;;) {
    const newline = whole.lastIndexOf('\n', last - 1);
    const line = whole.slice(newline + 1, last).replace(/\r$/, '');
    if (newline === -1 || line.trim() !== '' || line.length > indent) break;
    last = newline;
  }
  return start + whole.slice(0, last).replace(/\r$/, '').length;
}

interface ItemTokens {
  readonly start: readonly CST.SourceToken[];
}

/** The source items of a list that have a node; the tree leaves out items that hold only comments. */
function itemTokens(list: YAMLSeq): readonly ItemTokens[] {
  const token = list.srcToken;
  if (token?.type === 'block-seq') return token.items.filter(({ start }) => dashIn(start) !== undefined);
  return [];
}

function dashIn(start: readonly CST.SourceToken[]): CST.SourceToken | undefined {
  return start.find(({ type }) => type === 'seq-item-ind');
}

/** Offset of the dash before an item of a block list. */
export function dashOf(list: YAMLSeq, index: number): number | undefined {
  const tokens = itemTokens(list)[index];
  return tokens && dashIn(tokens.start)?.offset;
}

/** Offset just after the colon of an entry; undefined for a key without one. */
export function colonEnd(pair: Pair): number | undefined {
  const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  return colon && colon.offset + 1;
}

/** Whether an entry is written with `? key`. */
export function isExplicit(pair: Pair): boolean {
  return pair.srcToken?.start.some(({ type }) => type === 'explicit-key-ind') === true;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break after `offset`, before its CR; the end of the text where there is none. */
export function lineBreak(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** How a document indents: as the entries of `near` do, and else as the document does first. */
export function styleOf(root: Node | null, text: string, near?: YAMLMap): PrintStyle {
  const style: { mapIndent?: number; listIndent?: number } = {};
  for (const pair of near?.items ?? []) noteIndent(pair, near!, text, style);
  const visit = (node: unknown): void => {
    if (style.mapIndent !== undefined && style.listIndent !== undefined) return;
    if (isSeq(node)) node.items.forEach(visit);
    if (!isMap(node)) return;
    for (const pair of node.items) {
      noteIndent(pair, node, text, style);
      visit(pair.value);
    }
  };
  visit(root);
  return { mapIndent: style.mapIndent ?? 2, listIndent: style.listIndent ?? 0 };
}

function noteIndent(
  pair: Pair,
  parent: YAMLMap,
  text: string,
  style: { mapIndent?: number; listIndent?: number },
): void {
  const { value } = pair;
  if (isFlow(parent) || !(isMap(value) || isSeq(value)) || isFlow(value)) return;
  const indent = columnOf(text, startOf(value)) - columnOf(text, startOf(pair.key as Node));
  if (isMap(value) && indent > 0) style.mapIndent ??= indent;
  if (isSeq(value) && indent >= 0) style.listIndent ??= indent;
}
