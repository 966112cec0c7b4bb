import { LineCounter, isAlias, isMap, isNode, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { JsonValue, Path } from '../base/json.ts';

/** Text beyond this is refused: no file that people write by hand comes near. Signs. */
const MOST_SIGNS = 4_000_000;
/** Nodes after aliases are followed. */
const MOST_NODES = 200_000;
const MOST_DEPTH = 100;

/** A YAML document of a tool that is not kubectl (YAML 1.2 with merge keys), and where its values stand. */
export interface YamlSource {
  readonly value: JsonValue;
  /** Line of a value, or of its nearest parent; counted from 1. */
  lineAt(path: Path): number;
  /** Tags that nobody here knows, with their lines. */
  readonly tags: readonly { readonly tag: string; readonly line: number }[];
}

export type YamlSourceFailure = { readonly line: number; readonly message: string };

/** Reads one document. Hostile text (aliases that multiply, deep nesting, size) is refused before it can do harm. */
export function readYamlSource(text: string): YamlSource | YamlSourceFailure {
  if (text.length > MOST_SIGNS) return { line: 1, message: 'too large' };
  if (deepest(text) > MOST_DEPTH) return { line: 1, message: 'too deeply nested' };
  const lines = new LineCounter();
  const document = parseDocument(text, { merge: true, lineCounter: lines, uniqueKeys: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) return { line: error.linePos?.[0].line ?? 1, message: error.message.split('\n')[0]! };
  const problem = boundsProblem(document);
  if (problem) return { line: 1, message: problem };
  try {
    const value = (document.toJS({ maxAliasCount: -1 }) ?? null) as JsonValue;
    const tags = document.warnings.flatMap(({ code, message, linePos }) =>
      code === 'TAG_RESOLVE_FAILED'
        ? [{ tag: /![\w!:-]*/.exec(message)?.[0] ?? '!', line: linePos?.[0].line ?? 1 }]
        : [],
    );
    return { value, tags, lineAt: (path) => lineOf(document, lines, path) };
  } catch (failure) {
    return { line: 1, message: failure instanceof Error ? failure.message : String(failure) };
  }
}

export function isFailure(source: YamlSource | YamlSourceFailure): source is YamlSourceFailure {
  return 'message' in source;
}

/** How deep brackets and dashes go, before a parser that recurses sees the text. */
function deepest(text: string): number {
  let [flow, most] = [0, 0];
  for (const sign of text) {
    if (sign === '[' || sign === '{') most = Math.max(most, ++flow);
    else if (sign === ']' || sign === '}') flow = Math.max(0, flow - 1);
    else if (sign === '\n') flow = 0;
  }
  // Indentation alone says little (a block scalar has any), so only dashes in a row count: `- - - -` nests.
  for (const [dashes] of text.matchAll(/^[ ]*(?:- )+/gm)) most = Math.max(most, dashes.split('-').length - 1);
  return most;
}

/** Counts what aliases stand for without following them one by one. */
function boundsProblem(document: Document): string | undefined {
  const sizes = new Map<Node, number>();
  let bad: string | undefined;
  const sizeOf = (node: unknown, depth: number): number => {
    if (depth > MOST_DEPTH) {
      bad = 'too deeply nested';
      return 0;
    }
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (!target) {
        bad = `unknown alias *${node.source}`;
        return 0;
      }
      return sizes.get(target) ?? MOST_NODES;
    }
    if (!isNode(node)) return 1;
    let size = 1;
    if (isMap(node)) for (const { key, value } of node.items) size += sizeOf(key, depth + 1) + sizeOf(value, depth + 1);
    else if (isSeq(node)) for (const item of node.items) size += sizeOf(item, depth + 1);
    sizes.set(node, size);
    return size;
  };
  const whole = sizeOf(document.contents, 0);
  if (whole > MOST_NODES) bad ??= 'too many repetitions by aliases';
  return bad;
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const found = keyOrNode(document, path.slice(0, length));
    if (found?.range) return lines.linePos(found.range[0]).line;
  }
  return 1;
}

/** The key where the last step is one: that is where a reader looks. */
function keyOrNode(document: Document, path: Path): Node | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
    return isNode(pair?.key) ? pair.key : undefined;
  }
  const node = document.getIn(path, true);
  return isNode(node) ? node : undefined;
}

/** Where the block scalar stands that a text ends in without an end of its last line; undefined where it ends in none. */
export function openBlockAt(text: string): Path | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  const path: (string | number)[] = [];
  let node: unknown = document.contents;
  while (isMap(node) || isSeq(node)) {
    const last: unknown = node.items.at(-1);
    if (isMap(node) && isPair(last)) {
      path.push(isScalar(last.key) ? String(last.key.value) : '');
      node = last.value;
    } else {
      path.push(node.items.length - 1);
      node = last;
    }
  }
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') ? path : undefined;
}
