import { quoteString } from '../../apimachinery/quoted-string.ts';
import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { isList, isMap } from '../value.ts';
import { stringOf } from './conversions.ts';
import type { Implementation } from './operators.ts';
import { needRegex } from './regex.ts';

export function text(value: Value | undefined): string {
  if (typeof value !== 'string') throw noSuchOverload();
  return value;
}

export function index(value: Value | undefined): number {
  if (typeof value !== 'bigint') throw noSuchOverload();
  return Number(value);
}

const onText =
  (use: (own: string, other: string) => Value): Implementation =>
  ([own, other]) =>
    use(text(own), text(other));

const lettersOf = (value: Value | undefined): readonly string[] => [...text(value)];

function indexIn([own, wanted, from]: readonly Value[]): Value {
  if (isList(own!)) throw noSuchOverload();
  const [letters, sought] = [lettersOf(own), lettersOf(wanted)];
  const start = from === undefined ? 0 : within(index(from), letters.length);
  for (let at = start; at <= letters.length - sought.length; at++)
    if (sought.every((letter, offset) => letters[at + offset] === letter)) return BigInt(at);
  return -1n;
}

function lastIndexIn([own, wanted, from]: readonly Value[]): Value {
  const [letters, sought] = [lettersOf(own), lettersOf(wanted)];
  const start = from === undefined ? letters.length : within(index(from), letters.length);
  for (let at = Math.min(start, letters.length - sought.length); at >= 0; at--)
    if (sought.every((letter, offset) => letters[at + offset] === letter)) return BigInt(at);
  return -1n;
}

function within(at: number, length: number): number {
  if (at < 0 || at > length) throw new EvaluationError(`index out of range: ${at}`);
  return at;
}

function substring([own, from, to]: readonly Value[]): string {
  const letters = lettersOf(own);
  const start = within(index(from), letters.length);
  const end = to === undefined ? letters.length : within(index(to), letters.length);
  if (start > end) throw new EvaluationError(`invalid substring range. start: ${start}, end: ${end}`);
  return letters.slice(start, end).join('');
}

function split([own, separator, limit]: readonly Value[]): readonly string[] {
  const sign = text(separator);
  const most = limit === undefined ? -1 : index(limit);
  const parts = sign === '' ? lettersOf(own) : text(own).split(sign);
  if (most === 0) return [];
  if (most < 0 || parts.length <= most) return parts;
  return [...parts.slice(0, most - 1), parts.slice(most - 1).join(sign)];
}

function replace([own, old, fresh, limit]: readonly Value[]): string {
  const most = limit === undefined ? -1 : index(limit);
  if (most < 0) return text(own).replaceAll(text(old), () => text(fresh));
  let result = text(own);
  let from = 0;
  for (let count = 0; count < most; count++) {
    const at = result.indexOf(text(old), from);
    if (at === -1) break;
    result = result.slice(0, at) + text(fresh) + result.slice(at + text(old).length);
    from = at + text(fresh).length;
  }
  return result;
}

/** Source: staging/src/k8s.io/apiserver/pkg/cel/library/regex.go, 1.36. */
function searched(pattern: string, flags = ''): RegExp {
  try {
    return needRegex(pattern, flags);
  } catch (error) {
    throw error instanceof EvaluationError ? new EvaluationError(`Illegal regex: ${error.message}`) : error;
  }
}

function findAll([own, pattern, limit]: readonly Value[]): readonly string[] {
  const found = [...text(own).matchAll(searched(text(pattern), 'g'))].map(([match]) => match);
  const most = limit === undefined ? -1 : index(limit);
  return most < 0 ? found : found.slice(0, most);
}

const CLAUSE = /%(?:%|(?:\.(\d+))?([a-zA-Z]))/g;

/** Source: ext/formatting.go of cel-go, as vendored by 1.36. */
function format([own, list]: readonly Value[]): string {
  if (!isList(list!)) throw noSuchOverload();
  let used = 0;
  return text(own).replaceAll(CLAUSE, (whole, digits: string | undefined, verb: string | undefined) => {
    if (verb === undefined) return '%';
    if (used >= list.length) throw new EvaluationError(`index ${used} out of range`);
    return clause(verb, list[used++]!, digits === undefined ? 6 : Number(digits), whole);
  });
}

function clause(verb: string, value: Value, digits: number, whole: string): string {
  if (verb === 's') return shown(value);
  if (typeof value === 'bigint' || typeof value === 'number') {
    if (verb === 'd' && typeof value === 'bigint') return String(value);
    if (verb === 'f') return Number(value).toFixed(digits);
    if (verb === 'e')
      return Number(value)
        .toExponential(digits)
        .replace(/e([+-])(\d)$/, 'e$10$2');
    const radix = { b: 2, o: 8, x: 16, X: 16 }[verb];
    if (radix !== undefined && typeof value === 'bigint')
      return verb === 'X' ? value.toString(radix).toUpperCase() : value.toString(radix);
  }
  throw new EvaluationError(`could not parse formatting clause: unrecognized formatting clause "${whole.at(-1)!}"`);
}

function shown(value: Value): string {
  if (isList(value)) return `[${value.map(shown).join(', ')}]`;
  if (isMap(value))
    return `{${[...value]
      .map(([key, own]) => `${shown(key)}: ${shown(own)}`)
      .toSorted()
      .join(', ')}}`;
  return value === null ? 'null' : stringOf(value);
}

export const STRINGS: Readonly<Record<string, Implementation>> = {
  contains: onText((own, other) => own.includes(other)),
  startsWith: onText((own, other) => own.startsWith(other)),
  endsWith: onText((own, other) => own.endsWith(other)),
  matches: onText((own, pattern) => needRegex(pattern).test(own)),
  find: onText((own, pattern) => searched(pattern).exec(own)?.[0] ?? ''),
  findAll,
  charAt: ([own, at]) => lettersOf(own)[within(index(at), lettersOf(own).length)] ?? '',
  indexIn,
  lastIndexIn,
  lowerAscii: ([own]) => text(own).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
  upperAscii: ([own]) => text(own).replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()),
  replace,
  split,
  substring,
  trim: ([own]) => text(own).trim(),
  format,
  'jsonpatch.escapeKey': ([own]) => text(own).replaceAll('~', '~0').replaceAll('/', '~1'),
  'strings.quote': ([own]) => quoteString(text(own)),
  join: ([list, sign]) => {
    if (!isList(list!)) throw noSuchOverload();
    return list.map(text).join(sign === undefined ? '' : text(sign));
  },
};
