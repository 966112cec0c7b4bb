/** Letters compared at once; the engine compares stretches far faster than we do letters. */
const BLOCK = 4096;

/** The stretch in which two texts differ; undefined where they are the same. */
export function smallestChange(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from + BLOCK <= most && before.startsWith(after.slice(from, from + BLOCK), from)) from += BLOCK;
  while (from < most && before[from] === after[from]) from++;
  const [last, lastAfter] = [before.length, after.length];
  const rest = most - from;
  let end = 0;
  while (end + BLOCK <= rest && before.endsWith(after.slice(lastAfter - end - BLOCK, lastAfter - end), last - end))
    end += BLOCK;
  while (end < rest && before[last - 1 - end] === after[lastAfter - 1 - end]) end++;
  return { from, to: last - end, insert: after.slice(from, lastAfter - end) };
}
