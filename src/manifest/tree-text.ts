/** What must hold for a text before the `yaml` library may parse it. */
import { MAX_DEPTH, ReadError } from './reading.ts';

/** Characters that go-yaml refuses everywhere (readerc.go, 1.36), and halves of surrogate pairs. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|\p{Surrogate}/u;

/** Throws a ReadError for forbidden characters and for nesting that the parser could not survive. */
export function checkText(text: string): void {
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) {
    const code = forbidden[0].charCodeAt(0).toString(16).padStart(4, '0');
    throw new ReadError(forbidden.index, `control character U+${code.toUpperCase()} is not allowed`);
  }
  checkBrackets(text);
  const run = DEEP_LINE.exec(text);
  if (run) throw new ReadError(run.index, 'nesting', 'manifest.excessive');
}

/**
 * A parser that recurses may end the whole process when its stack runs out (V8 aborts where a regular expression is
 * compiled near the end of the stack), so the depth is bounded before it starts. Brackets inside strings are counted too:
 * a text that is refused for that alone has 500 more opening than closing ones.
 */
function checkBrackets(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH) throw new ReadError(at, 'nesting', 'manifest.excessive');
    } else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--;
  }
}

/** A line that begins with so many spaces and block indicators can open as many levels as it has pairs of them. */
const DEEP_LINE = new RegExp(`^[ \\t?:-]{${MAX_DEPTH * 2},}[^\\s]`, 'm');

/** A lone CR is a line break for go-yaml but not for `yaml`; the exchange keeps every offset. */
export function parseableText(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text;
}
