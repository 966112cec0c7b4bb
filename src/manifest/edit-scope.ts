import type { Path } from '../base/json.ts';
import { valueAt } from '../base/json.ts';
import type { JsonValue } from '../base/json.ts';
import { readJson } from './json-reader.ts';
import type { Reading } from './reading.ts';
import { lineEnd } from './split.ts';

/** The text of one item of a List, and the column where it begins: `indent` spaces before it make it a document. */
export interface ItemScope {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
}

/** The item of a List that a path leads into; undefined where the path does not, or the item's end is not plain to see. */
export function itemScope(text: string, format: 'yaml' | 'json', reading: Reading, path: Path): ItemScope | undefined {
  const [list, index] = path;
  if (list !== 'items' || typeof index !== 'number' || path.length < 3) return undefined;
  const start = itemOffset(reading, index);
  if (start === undefined) return undefined;
  if (format === 'json') {
    const item = readJson(text, start);
    return item.ok ? { start, end: item.end, indent: 0 } : undefined;
  }
  if ('{["\'|>&*!'.includes(text[start] ?? '{')) return undefined;
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1);
  return indent === 0 ? undefined : { start, end: blockEnd(text, start, indent), indent };
}

function itemOffset(reading: Reading, index: number): number | undefined {
  const items = valueAt(reading.value, 'items');
  return Array.isArray(items) ? reading.marks.items.get(items as readonly JsonValue[])?.[index] : undefined;
}

/** The start of the first line after `start` that stands left of `indent` and is neither blank nor comment. */
function blockEnd(text: string, start: number, indent: number): number {
  for (let line = lineEnd(text, start); line < text.length; line = lineEnd(text, line)) {
    let at = line;
    while (text[at] === ' ') at++;
    const isContent = at < text.length && !'\r\n#'.includes(text[at]!);
    if (isContent && at - line < indent) return line;
  }
  return text.length;
}
