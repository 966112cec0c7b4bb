import { SyntaxProblem } from './issue.ts';

const ESCAPE =
  /\\(?:([abfnrtv\\?"'`])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([\s\S]?))/g;
const NAMED: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text between the quotes, escapes resolved. Source: github.com/google/cel-go/parser/unescape.go, as of 1.36. */
export function readString(body: string, isRaw: boolean, at: number): string {
  if (isRaw) return body;
  return body.replaceAll(ESCAPE, (_, named?: string, hex?: string, short?: string, long?: string, octal?: string) => {
    if (named !== undefined) return NAMED[named] ?? named;
    const code = octal === undefined ? Number.parseInt(hex ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
    if (!(code >= 0 && code <= 0x10ffff) || (code >= 0xd800 && code < 0xe000))
      throw new SyntaxProblem(at, 'unable to unescape string');
    return String.fromCodePoint(code);
  });
}

/** The same for bytes, in which `\x` and octal escapes are single bytes. */
export function readBytes(body: string, isRaw: boolean, at: number): Uint8Array {
  const encoder = new TextEncoder();
  if (isRaw) return encoder.encode(body);
  const bytes: number[] = [];
  let last = 0;
  for (const match of body.matchAll(ESCAPE)) {
    bytes.push(...encoder.encode(body.slice(last, match.index)));
    last = match.index + match[0].length;
    const [, named, hex, short, long, octal] = match;
    if (named !== undefined) bytes.push(...encoder.encode(NAMED[named] ?? named));
    else if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (short === undefined && long === undefined) throw new SyntaxProblem(at, 'unable to unescape string');
    else throw new SyntaxProblem(at, 'unable to unescape string');
  }
  bytes.push(...encoder.encode(body.slice(last)));
  return Uint8Array.from(bytes);
}
