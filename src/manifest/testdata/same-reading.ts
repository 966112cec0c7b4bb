/** The law that holds the fast reader to the `yaml` library: whatever it answers, the library answers too. */
import { jsonEqual } from '../../base/json.ts';
import { readFast } from '../fast-reader.ts';
import type { Reading } from '../reading.ts';
import { splitDocuments } from '../split.ts';
import { readTree } from '../tree-reader.ts';
import { isUnusual } from '../yaml-reader.ts';

export type Comparison = 'left to the library' | 'same' | 'different';

/** Compares the readings of the first document of a file. */
export function compareReaders(file: string): Comparison {
  const chunk = splitDocuments(file, 0, file.length).find(({ type }) => type === 'body');
  const text = chunk ? file.slice(chunk.start, chunk.end) : '';
  const fast = isUnusual(text) ? undefined : readFast(text, 0, text.length);
  if (!fast) return 'left to the library';
  const tree = readTree(text.endsWith('\n') ? text : `${text}\n`);
  if (!fast.ok || fast.disputed) return 'same';
  return tree.ok && sameReading(fast, tree) ? 'same' : 'different';
}

function sameReading(a: Reading, b: Reading): boolean {
  return (
    jsonEqual(a.value, b.value) &&
    sameKeyOrder(a.value, b.value) &&
    jsonEqual(a.marks.duplicates, b.marks.duplicates) &&
    jsonEqual(itemOffsets(a), itemOffsets(b)) &&
    (a.value === null || a.start === b.start)
  );
}

function sameKeyOrder(a: unknown, b: unknown): boolean {
  const order = (value: unknown): string => JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
  return order(a) === order(b);
}

function itemOffsets(reading: Reading): unknown {
  return [...reading.marks.items.values()].map((offsets) => [...offsets]).toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || a.length - b.length);
}
