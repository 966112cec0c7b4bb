import { EvaluationError } from '../evaluation-error.ts';

/**
 * A pattern of RE2 as one of JavaScript; undefined for what RE2 does not take (look-around, back references).
 * Source: https://pkg.go.dev/regexp/syntax, as of Go 1.26.
 */
export function regexOf(pattern: string, flags = ''): RegExp | undefined {
  const lead = /^(\^?)\(\?([ims]+)\)/.exec(pattern);
  const body = lead === null ? pattern : lead[1]! + pattern.slice(lead[0].length);
  if (/(?:^|[^\\])(?:\\\\)*(?:\(\?(?:[=!]|<[=!])|\\[1-9])/.test(body)) return undefined;
  const text = body
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\A', '^')
    .replaceAll('\\z', '$')
    .replaceAll(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);
  for (const mode of ['u', ''])
    try {
      return new RegExp(text, `${mode}${lead?.[2] ?? ''}${flags}`);
    } catch {
      // Without the mode of Unicode more escapes are taken, as RE2 takes them.
    }
  return undefined;
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\t\\n\\v\\f\\r ',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

export function needRegex(pattern: string, flags = ''): RegExp {
  const regex = regexOf(pattern, flags);
  if (regex === undefined) throw new EvaluationError(`error parsing regexp: invalid pattern: \`${pattern}\``);
  return regex;
}
