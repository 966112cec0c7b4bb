import { parseInt64 } from '../../../apimachinery/int64.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';

/**
 * Indexes of an Indexed Job as `succeededIndexes` lists them: `1,3-5,7`. Answers how many they are, or what is wrong.
 * Source: pkg/apis/batch/validation/validation.go `validateIndexesFormat`, 1.36.
 */
export function countIndexes(indexes: string, completions: number): number | { readonly error: string } {
  if (indexes === '') return 0;
  let last: number | undefined;
  let total = 0;
  for (const interval of indexes.split(',')) {
    const read = readInterval(interval, completions);
    if ('error' in read) return read;
    if (last !== undefined && last >= read.from) return notIncreasing(last, read.from);
    total += read.to - read.from + 1;
    last = read.to;
  }
  return total;
}

interface Interval {
  readonly from: number;
  readonly to: number;
}

function readInterval(text: string, completions: number): Interval | { readonly error: string } {
  const limits = text.split('-');
  if (limits.length > 2) {
    const rule = "violates the requirement that an index interval can have at most two parts separated by '-'";
    return { error: `the fragment ${quoteString(text)} ${rule}` };
  }
  const from = readIndex(limits[0] ?? '', completions);
  if (typeof from !== 'number') return from;
  if (limits[1] === undefined) return { from, to: from };
  const to = readIndex(limits[1], completions);
  if (typeof to !== 'number') return to;
  return from >= to ? notIncreasing(from, to) : { from, to };
}

function readIndex(text: string, completions: number): number | { readonly error: string } {
  const index = parseInt64(text);
  if (index === undefined) return { error: `cannot convert string to integer for index: ${quoteString(text)}` };
  if (index >= completions) return { error: `too large index: ${quoteString(text)}` };
  return Number(index);
}

function notIncreasing(previous: number, current: number): { readonly error: string } {
  return { error: `non-increasing order, previous: ${previous}, current: ${current}` };
}

/**
 * The first index that two lists have in common; intervals that cannot be read are passed over.
 * Source: the same file, `validateFailedIndexesNotOverlapCompleted`.
 */
export function overlapOfIndexes(completed: string, failed: string, completions: number): number | undefined {
  const [first, second] = [completed, failed].map((list) => intervalsOf(list, completions));
  for (const one of first ?? [])
    for (const other of second ?? []) {
      if (one.from <= other.to && other.from <= one.to) return Math.max(one.from, other.from);
    }
  return undefined;
}

function intervalsOf(indexes: string, completions: number): readonly Interval[] {
  return indexes.split(',').flatMap((text) => {
    const read = readInterval(text, completions);
    return 'error' in read ? [] : [read];
  });
}
