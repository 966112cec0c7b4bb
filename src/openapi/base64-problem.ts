/**
 * Go's words for a text that is not base64, or undefined. Source: encoding/base64 of Go, StdEncoding: padded, line ends
 * left out of account; the offset is of the byte that cannot be.
 */
export function base64Problem(text: string): string | undefined {
  const offset = corruptAt(text);
  return offset === undefined ? undefined : `illegal base64 data at input byte ${offset}`;
}

function corruptAt(text: string): number | undefined {
  let at = 0;
  for (;;) {
    const quantum: number[] = [];
    while (quantum.length < 4) {
      at = skipLineEnds(text, at);
      if (at >= text.length) return quantum.length === 0 ? undefined : text.length - quantum.length;
      const sign = text[at]!;
      if (sign === '=') return paddingProblem(text, at, quantum.length);
      if (!/[A-Za-z0-9+/]/.test(sign)) return at;
      quantum.push(at++);
    }
  }
}

/** Two digits want two signs of padding, three want one; nothing may follow. */
function paddingProblem(text: string, start: number, digits: number): number | undefined {
  if (digits < 2) return start;
  let at = start + 1;
  if (digits === 2) {
    at = skipLineEnds(text, at);
    if (at >= text.length) return text.length;
    if (text[at] !== '=') return at;
    at++;
  }
  at = skipLineEnds(text, at);
  return at < text.length ? at : undefined;
}

function skipLineEnds(text: string, start: number): number {
  let at = start;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The base64 that Go prints after reading this one: without line ends, and with zeros where the last digit says nothing. */
export function canonicalBase64(text: string): string {
  const plain = /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, '') : text;
  if (!plain.endsWith('=')) return plain;
  const [digits = '', padding = ''] = [plain.replace(/=+$/, ''), /=+$/.exec(plain)?.[0]];
  const last = DIGITS.indexOf(digits.slice(-1));
  const unused = padding.length === 1 ? 3 : 15;
  return last < 0 ? plain : `${digits.slice(0, -1)}${DIGITS[last & ~unused]!}${padding}`;
}
