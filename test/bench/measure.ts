/** One figure of several runs. */
export interface Figure {
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** Runs the work once to warm up, then `runs` times. Not for verdicts: machines are noisy, so read ratios. */
export function measure(work: () => unknown, runs = 5): Figure {
  work();
  const times = Array.from({ length: runs }, () => {
    collectGarbage();
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return { medianMs: times[times.length >> 1]!, minMs: times[0]!, maxMs: times.at(-1)! };
}

/** Bytes that stay alive because of what the work returns. */
export function retainedBytes(work: () => unknown): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const kept = work();
  collectGarbage();
  const after = process.memoryUsage().heapUsed;
  return kept === undefined ? 0 : after - before;
}

function collectGarbage(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}
