/** One thing wrong with the text of an expression. */
export interface Issue {
  readonly at: number;
  readonly message: string;
}

/** Ends parsing: nothing after it can be read. */
export class SyntaxProblem extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/**
 * Issues as cel-go prints them: place, line, and a caret below the column.
 * Source: github.com/google/cel-go/common/error.go and errors.go, as vendored by 1.36.
 */
export function formatIssues(text: string, issues: readonly Issue[]): string {
  // Without a line there is nothing to point at.
  if (text === '') return issues.map(({ message }) => `ERROR: <input>:1:0: ${message}`).join('\n');
  return issues
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, message }) => {
      const start = text.lastIndexOf('\n', at - 1) + 1;
      const end = text.indexOf('\n', start);
      const line = text.slice(0, start).split('\n').length;
      const source = text.slice(start, end === -1 ? undefined : end).replaceAll('\t', ' ');
      const before = Array.from(text.slice(start, at));
      const dots = before.map((sign) => (sign.codePointAt(0)! > 127 ? '．' : '.')).join('');
      return `ERROR: <input>:${line}:${before.length + 1}: ${message}\n | ${source}\n | ${dots}^`;
    })
    .join('\n');
}
