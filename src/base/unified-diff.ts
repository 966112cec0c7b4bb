/** How many equal lines stand around a difference. */
const CONTEXT_LINES = 3;
/** In longer texts, lines that stand often are no place to begin a match. */
const LONG_TEXT_LINES = 200;

interface Match {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

interface Change extends Match {
  /** How many lines of the second text; `size` is those of the first. */
  readonly sizeB: number;
  readonly isEqual: boolean;
}

/**
 * The difference of two texts in unified form without names of files, as Python's difflib and its translation to Go make it:
 * longest match first, then what lies before and after it.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/diff/diff.go, 1.36, and github.com/pmezard/go-difflib.
 */
export function unifiedDiff(before: string, after: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return hunksOf(changesOf(a, b))
    .map((hunk) => formatHunk(hunk, a, b))
    .join('');
}

function formatHunk(hunk: readonly Change[], a: readonly string[], b: readonly string[]): string {
  const [first, last] = [hunk[0]!, hunk.at(-1)!];
  const ranges = `-${range(first.a, last.a + last.size)} +${range(first.b, last.b + last.sizeB)}`;
  const lines = hunk.flatMap((change) => {
    const old = a.slice(change.a, change.a + change.size);
    if (change.isEqual) return old.map((line) => ` ${line}`);
    const added = b.slice(change.b, change.b + change.sizeB);
    return [...old.map((line) => `-${line}`), ...added.map((line) => `+${line}`)];
  });
  return `@@ ${ranges} @@\n${lines.map((line) => `${line}\n`).join('')}`;
}

function range(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return String(start + 1);
  return length === 0 ? `${start},0` : `${start + 1},${length}`;
}

/** Changes with what is equal around them; a long stretch of equal lines parts two hunks. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  let hunk: Change[] = [];
  changes.forEach((change, index) => {
    const isLast = index === changes.length - 1;
    if (!change.isEqual) {
      hunk.push(change);
      return;
    }
    const isLong = index > 0 && !isLast && change.size > 2 * CONTEXT_LINES;
    if (index > 0 && (isLast || isLong)) hunk.push(part(change, 0, Math.min(CONTEXT_LINES, change.size)));
    if (isLong) {
      hunks.push(hunk);
      hunk = [];
    }
    if (index === 0 || isLong) hunk.push(part(change, Math.max(0, change.size - CONTEXT_LINES), change.size));
    else if (!isLast) hunk.push(change);
  });
  if (hunk.some(({ isEqual }) => !isEqual)) hunks.push(hunk);
  return hunks;
}

function part({ a, b }: Change, from: number, to: number): Change {
  return { a: a + from, b: b + from, size: to - from, sizeB: to - from, isEqual: true };
}

function changesOf(a: readonly string[], b: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let [atA, atB] = [0, 0];
  for (const match of [...matchesOf(a, b), { a: a.length, b: b.length, size: 0 }]) {
    if (atA < match.a || atB < match.b)
      changes.push({ a: atA, b: atB, size: match.a - atA, sizeB: match.b - atB, isEqual: false });
    if (match.size > 0) changes.push({ ...match, sizeB: match.size, isEqual: true });
    [atA, atB] = [match.a + match.size, match.b + match.size];
  }
  return changes;
}

/** In order; two that touch are one. */
function matchesOf(a: readonly string[], b: readonly string[]): readonly Match[] {
  const places = placesOf(b);
  const found: Match[] = [];
  const search = (lowA: number, highA: number, lowB: number, highB: number): void => {
    const match = longestMatch(a, b, places, [lowA, highA, lowB, highB]);
    if (match.size === 0) return;
    search(lowA, match.a, lowB, match.b);
    const last = found.at(-1);
    if (last !== undefined && last.a + last.size === match.a && last.b + last.size === match.b)
      found[found.length - 1] = { ...last, size: last.size + match.size };
    else found.push(match);
    search(match.a + match.size, highA, match.b + match.size, highB);
  };
  search(0, a.length, 0, b.length);
  return found;
}

function placesOf(lines: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  lines.forEach((line, index) => places.set(line, [...(places.get(line) ?? []), index]));
  if (lines.length < LONG_TEXT_LINES) return places;
  const often = Math.floor(lines.length / 100) + 1;
  return new Map([...places].filter(([, at]) => at.length <= often));
}

/** The first of the longest. */
function longestMatch(
  a: readonly string[],
  b: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [lowA, highA, lowB, highB]: readonly [number, number, number, number],
): Match {
  let best: Match = { a: lowA, b: lowB, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = lowA; i < highA; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(a[i]!) ?? []) {
      if (j < lowB || j >= highB) continue;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    lengths = next;
  }
  let [from, to] = [0, best.size];
  while (best.a + from > lowA && best.b + from > lowB && a[best.a + from - 1] === b[best.b + from - 1]) from--;
  while (best.a + to < highA && best.b + to < highB && a[best.a + to] === b[best.b + to]) to++;
  return { a: best.a + from, b: best.b + from, size: to - from };
}
