import type { Path, PathStep } from '../../../base/json.ts';

/** What is being written inside braces and brackets: as in block style, with the path from what encloses them. */
export interface FlowPlace {
  readonly what: 'key' | 'value';
  readonly path: Path;
  readonly from: number;
  readonly to: number;
}

interface Level {
  readonly isMap: boolean;
  /** Of a map, the key whose value is being written; undefined while a key is. */
  key: string | undefined;
  /** Of a list. */
  index: number;
}

/** What ends a word in flow style; a colon does where a space or an end follows. */
const ENDS = /[,[\]{}\n]|:(?=[\s,[\]{}]|$)|\s#/g;

/**
 * Where the collection ends that begins at a place, after its last sign. Undefined where it has no end yet: then it is
 * only what is written on its own line.
 */
export function flowEnd(text: string, open: number, limit: number): number | undefined {
  let depth = 0;
  for (let at = open; at < limit; at++) {
    const sign = text[at];
    if (sign === '"' || sign === "'") at = quoteEnd(text, at, limit);
    else if (sign === '#' && /\s/.test(text[at - 1] ?? ' ')) at = lineEnd(text, at);
    else if (sign === '{' || sign === '[') depth++;
    else if ((sign === '}' || sign === ']') && --depth === 0) return at + 1;
  }
  return undefined;
}

/** What is written at `offset` in the collection that begins at `open`; undefined in a comment, and behind its end. */
export function flowPlace(text: string, open: number, offset: number): FlowPlace | undefined {
  const levels: Level[] = [];
  let word: number | undefined;
  let at = open;
  while (at < offset) {
    const sign = text[at]!;
    const top = levels.at(-1);
    if (sign === '{' || sign === '[') levels.push({ isMap: sign === '{', key: undefined, index: 0 });
    else if (sign === '}' || sign === ']') {
      levels.pop();
      if (levels.length === 0) return undefined;
    } else if (sign === ',') {
      if (top?.isMap) top.key = undefined;
      else if (top) top.index++;
    } else if (sign === '#' && /\s/.test(text[at - 1] ?? ' ')) {
      at = lineEnd(text, at);
      if (at >= offset) return undefined;
    } else if (!/\s/.test(sign)) {
      const end = wordEnd(text, at);
      if (end >= offset) {
        word = at;
        break;
      }
      const colon = /^\s*:(?=[\s,[\]{}]|$)/.exec(text.slice(end, end + 80));
      // Behind its colon and before a space nothing can be written.
      if (top?.isMap && top.key === undefined && colon) {
        if (offset <= end + colon[0].length) return undefined;
        top.key = unquoted(text.slice(at, end));
        at = end + colon[0].length;
      } else at = end;
      continue;
    }
    at++;
  }
  const top = levels.at(-1);
  if (!top) return undefined;
  const from = word ?? offset;
  const to = word === undefined ? offset : wordEnd(text, word);
  const steps = levels
    .slice(0, -1)
    .flatMap((level): readonly PathStep[] =>
      level.isMap ? (level.key === undefined ? [] : [level.key]) : [level.index],
    );
  if (top.isMap && top.key === undefined) return { what: 'key', path: steps, from, to };
  // Quotes stay, which JSON needs.
  const quotes = /^(["']).*\1$/.test(text.slice(from, to)) && offset > from && offset < to ? 1 : 0;
  return { what: 'value', path: [...steps, top.key ?? top.index], from: from + quotes, to: to - quotes };
}

function wordEnd(text: string, at: number): number {
  const sign = text[at];
  if (sign === '"' || sign === "'") return Math.min(text.length, quoteEnd(text, at, text.length) + 1);
  ENDS.lastIndex = at;
  const end = ENDS.exec(text)?.index ?? text.length;
  return at + text.slice(at, end).trimEnd().length;
}

/** The place of the closing quote; of the last sign of the line where there is none. */
function quoteEnd(text: string, open: number, limit: number): number {
  const quote = text[open];
  for (let at = open + 1; at < limit; at++) {
    if (text[at] === '\n') return at - 1;
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return limit - 1;
}

function unquoted(word: string): string {
  return /^(["']).*\1$/.test(word) ? word.slice(1, -1) : word;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
