import type { SourcePosition } from './manifest.ts';

/** Turns offsets of a text into lines and columns. Built once for a text, answers by binary search. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** Line of an offset, counted from 0. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Offset of the first character of a line, counted from 0. */
  startOf(line: number): number {
    return this.starts[Math.min(line, this.starts.length - 1)]!;
  }

  /** Line and column from 1; a column counts UTF-16 code units, as editors do, and a byte order mark counts nothing. */
  positionAt(offset: number): SourcePosition {
    const line = this.lineAt(offset);
    return { line: line + 1, column: offset - this.starts[line]! + 1 };
  }
}
