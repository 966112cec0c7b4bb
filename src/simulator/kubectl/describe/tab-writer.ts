/** Space after the widest cell of a column. */
const PADDING = 2;

/**
 * Aligns cells that end in a tab: a column is a block of lines one under the other that all have it, and as wide as its
 * widest cell and two more. What stands after the last tab of a line belongs to no column.
 * Source: Go's text/tabwriter, `format` and `writeLines`, with minimum width 0, padding 2, spaces.
 */
export function aligned(text: string): string {
  const isEnded = text.endsWith('\n');
  const lines = (isEnded ? text.slice(0, -1) : text).split('\n').map((line) => line.split('\t'));
  const out: string[] = [];
  formatLines(lines, 0, lines.length, [], out);
  return out.join('\n') + (isEnded ? '\n' : '');
}

function formatLines(
  lines: readonly string[][],
  from: number,
  to: number,
  widths: readonly number[],
  out: string[],
): void {
  const column = widths.length;
  let begin = from;
  for (let at = from; at < to; at++) {
    if (column >= lines[at]!.length - 1) continue;
    writeLines(lines, begin, at, widths, out);
    begin = at;
    let width = 0;
    for (; at < to && column < lines[at]!.length - 1; at++)
      width = Math.max(width, [...lines[at]![column]!].length + PADDING);
    formatLines(lines, begin, at, [...widths, width], out);
    begin = at;
  }
  writeLines(lines, begin, to, widths, out);
}

function writeLines(
  lines: readonly string[][],
  from: number,
  to: number,
  widths: readonly number[],
  out: string[],
): void {
  for (let at = from; at < to; at++)
    out.push(
      lines[at]!.map((cell, column) => {
        const width = widths[column];
        return width === undefined ? cell : cell + ' '.repeat(Math.max(0, width - [...cell].length));
      }).join(''),
    );
}
