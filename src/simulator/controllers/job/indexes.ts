/** Completion indexes of a Job, sorted, each once. */
export type Indexes = readonly number[];

/**
 * Reads `1,3-5`; what is no index below `completions` is left out.
 * Source: pkg/controller/job/indexed_job_utils.go `parseIndexesFromString`, 1.36.
 */
export function parseIndexes(text: string, completions: number): Indexes {
  const found: number[] = [];
  for (const part of text.split(',')) {
    const [first, last = first] = part.split('-').map((bound) => (/^\d+$/.test(bound) ? Number(bound) : NaN));
    if (first === undefined || last === undefined) continue;
    for (let index = first; index <= last && index < completions; index++) found.push(index);
  }
  return joined(found, []);
}

/** Writes `1,3-5`; two neighbours stand apart: `1,2`. */
export function formatIndexes(indexes: Indexes): string {
  const parts: string[] = [];
  for (let at = 0; at < indexes.length;) {
    let end = at;
    while (indexes[end + 1] === indexes[end]! + 1) end++;
    const [first, last] = [indexes[at]!, indexes[end]!];
    parts.push(first === last ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`);
    at = end + 1;
  }
  return parts.join(',');
}

export function joined(a: Iterable<number>, b: Iterable<number>): Indexes {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

/** The first indexes below `completions` that are not taken. */
export function firstFree(taken: ReadonlySet<number>, count: number, completions: number): Indexes {
  const found: number[] = [];
  for (let index = 0; index < completions && found.length < count; index++) if (!taken.has(index)) found.push(index);
  return found;
}
