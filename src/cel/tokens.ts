import type { Issue } from './issue.ts';
import { readBytes, readString } from './string-literal.ts';

export type Token =
  | { readonly kind: 'sign' | 'name' | 'quoted' | 'end'; readonly text: string; readonly at: number }
  | { readonly kind: 'int' | 'uint' | 'double' | 'string'; readonly text: string; readonly at: number }
  | { readonly kind: 'bytes'; readonly text: string; readonly at: number; readonly bytes: Uint8Array };

const SPACE = /(?:[ \t\r\n\f]|\/\/[^\n]*)+/y;
const DOUBLE = /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)/y;
const WHOLE = /(?:0x[0-9a-fA-F]+|\d+)[uU]?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED = /`[A-Za-z0-9_.\-/ ]+`/y;
const TEXT = /[bB]?[rR]?[bB]?(?:"""|'''|"|')/y;
const SIGN = /==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/y;

/** Source: github.com/google/cel-go/parser/gen/CEL.g4, as vendored by 1.36. */
export function tokensOf(text: string, issues: Issue[]): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const unread = (from: number, to: number): number => {
    issues.push({ at: from, message: `Syntax error: token recognition error at: '${text.slice(from, to)}'` });
    return Math.min(to, text.length);
  };
  for (;;) {
    at += match(SPACE)?.length ?? 0;
    if (at >= text.length) return [...tokens, { kind: 'end', text: '<EOF>', at }];
    const opening = match(TEXT);
    if (opening !== undefined) {
      const quote = /["']+$/.exec(opening)![0];
      const end = endOfText(text, at + opening.length, quote, /r/i.test(opening));
      if (typeof end === 'object') {
        // Two of the three quotes are an empty text.
        const isTriple = quote.length === 3;
        if (isTriple) tokens.push({ kind: 'string', text: '', at });
        const from = isTriple ? at + opening.length - 1 : at;
        const [, wrong] = isTriple ? [0, endOfText(text, from + 1, quote[0]!, false)] : [0, end];
        at = unread(from, typeof wrong === 'object' ? wrong.stop : from + 1);
        continue;
      }
      const body = text.slice(at + opening.length, end);
      const isRaw = /r/i.test(opening);
      if (/b/i.test(opening)) tokens.push({ kind: 'bytes', text: opening, at, bytes: readBytes(body, isRaw, at) });
      else tokens.push({ kind: 'string', text: readString(body, isRaw, at), at });
      at = end + quote.length;
      continue;
    }
    const [kind, found] = nextOf(match);
    if (found === undefined) {
      // What could have become `==` or `&&` is left out with the sign that shows that it does not.
      const sign = String.fromCodePoint(text.codePointAt(at)!);
      at = unread(at, at + (/[=&|]/.test(sign) ? 2 : sign.length));
      continue;
    }
    tokens.push({ kind, text: found, at });
    at += found.length;
  }
}

function nextOf(
  match: (pattern: RegExp) => string | undefined,
): readonly ['double' | 'int' | 'uint' | 'name' | 'quoted' | 'sign', string | undefined] {
  const double = match(DOUBLE);
  if (double !== undefined) return ['double', double];
  const whole = match(WHOLE);
  if (whole !== undefined) return [/u$/i.test(whole) ? 'uint' : 'int', whole];
  const name = match(NAME);
  if (name !== undefined) return ['name', name];
  const quoted = match(QUOTED);
  return quoted === undefined ? ['sign', match(SIGN)] : ['quoted', quoted];
}

const ESCAPED = /\\(?:[abfnrtv"'\\?`]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})/y;

/** Where the closing quote stands, or where it becomes clear that there is none. */
function endOfText(text: string, from: number, quote: string, isRaw: boolean): number | { readonly stop: number } {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(quote, at)) return at;
    if (text[at] === '\n' && quote.length === 1) return { stop: at };
    if (text[at] !== '\\' || isRaw) continue;
    ESCAPED.lastIndex = at;
    const escape = ESCAPED.exec(text);
    if (escape === null) return { stop: at + 2 };
    at += escape[0].length - 1;
  }
  return { stop: text.length };
}
