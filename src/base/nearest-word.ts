/**
 * The one candidate that a word was surely meant to be: the same but for case and `-`, `_` or space, or so few letters
 * away that nothing else comes as close. Undefined where none is near or two are equally near.
 */
export function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  const plain = plainOf(word);
  const most = plain.length < 4 ? 0 : plain.length < 8 ? 1 : 2;
  let best: string | undefined;
  let least = most + 1;
  let isTied = false;
  for (const candidate of new Set(candidates)) {
    if (candidate === word) continue;
    const distance = editDistance(plain, plainOf(candidate), least + 1);
    if (distance < least) [best, least, isTied] = [candidate, distance, false];
    else if (distance === least && distance <= most) isTied = true;
  }
  return isTied ? undefined : best;
}

function plainOf(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Letters added, left out, replaced or swapped with the next; `limit` or more is `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(old[j]! + 1, now[j - 1]! + 1, old[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, older[j - 2]! + 1);
      now.push(least);
    }
    [older, old] = [old, now];
  }
  return Math.min(old[b.length]!, limit);
}
