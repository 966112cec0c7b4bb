import type { CharacterSet } from './go-pattern-class.ts';
import { codePoint, foldRange, perlClass, posixClass, unicodeClass, writeClass } from './go-pattern-class.ts';

/**
 * A pattern of Go's regexp package as a JavaScript one that matches the same part of the same texts, or Go's words on why it
 * is no pattern. Groups are not kept. Undefined where JavaScript cannot say it. Unlike Go, JavaScript can take very long over nested repetition.
 * Source: regexp/syntax/parse.go of Go.
 */
export function compileGoPattern(pattern: string): RegExp | string | undefined {
  const known = compiled.get(pattern);
  if (known !== undefined || compiled.has(pattern)) return known;
  const made = compile(pattern);
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(pattern, made);
  return made;
}

const compiled = new Map<string, RegExp | string | undefined>();
const MOST_COMPILED = 5000;
const MAX_REPEAT = 1000;

function compile(pattern: string): RegExp | string | undefined {
  try {
    return new RegExp(new Translation(pattern).run(), 'u');
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class PatternError extends Error {
  constructor(code: string, expression: string) {
    super(`error parsing regexp: ${code}: \`${expression}\``);
  }
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  /** Whether repetition is lazy where no `?` follows, and greedy where one does. */
  readonly U: boolean;
}

interface Group {
  readonly flags: Flags;
  /** How often the most repeated part of the group is repeated. */
  most: number;
}

const ASSERTIONS: Readonly<Record<string, string>> = { A: '(?:^)', z: '(?:$)', b: '(?:\\b)', B: '(?:\\B)' };
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const BAD_CLASS = 'invalid character class range';

class Translation {
  private readonly text: string;
  private rest: string;
  private out = '';
  private flags: Flags = { i: false, m: false, s: false, U: false };
  private readonly groups: Group[] = [];
  private most = 1;
  /** How often the last atom repeats its parts; undefined where there is none to repeat. */
  private last: number | undefined;

  constructor(text: string) {
    this.text = text;
    this.rest = text;
  }

  run(): string {
    let lastRepeat = '';
    while (this.rest !== '') {
      const before = this.rest;
      lastRepeat = this.takeRepeat(lastRepeat) ? before : (this.takeOther(), '');
    }
    if (this.groups.length > 0) throw new PatternError('missing closing )', this.text);
    return this.out;
  }

  private skip(count: number): string {
    const taken = this.rest.slice(0, count);
    this.rest = this.rest.slice(count);
    return taken;
  }

  private atom(source: string): void {
    this.out += source;
    this.last = 1;
  }

  private takeOther(): void {
    switch (this.rest[0]) {
      case '(':
        return this.open();
      case ')':
        return this.close();
      case '|':
        this.out += this.skip(1);
        this.last = undefined;
        return;
      case '^':
        this.skip(1);
        return this.atom(this.flags.m ? '(?:(?<![^\\n]))' : '(?:^)');
      case '$':
        this.skip(1);
        return this.atom(this.flags.m ? '(?:(?![^\\n]))' : '(?:$)');
      case '.':
        this.skip(1);
        return this.atom(this.flags.s ? '[^]' : '[^\\n]');
      case '[':
        return this.takeClass();
      case '\\':
        return this.takeEscape();
      default:
        return this.literal(this.takeSign());
    }
  }

  private takeSign(): number {
    const code = this.rest.codePointAt(0) ?? 0;
    this.skip(String.fromCodePoint(code).length);
    return code;
  }

  private literal(code: number): void {
    this.atom(this.flags.i ? writeClass([foldRange(code, code)], false) : codePoint(code));
  }

  /** `*`, `+`, `?`, `{n,m}`; braces that say no repetition are literals. */
  private takeRepeat(lastRepeat: string): boolean {
    const before = this.rest;
    const [operator, min, max] = repetitionAt(before);
    if (operator === '') return false;
    const written = operator.length > 1;
    if (written && (min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && min > max)))
      throw new PatternError('invalid repeat count', operator);
    this.skip(operator.length);
    const isLazy = this.rest.startsWith('?');
    if (isLazy) this.skip(1);
    const taken = (from: string): string => from.slice(0, from.length - this.rest.length);
    if (lastRepeat !== '') throw new PatternError('invalid nested repetition operator', taken(lastRepeat));
    if (this.last === undefined) throw new PatternError('missing argument to repetition operator', taken(before));
    const times = max < 0 ? min : max;
    if (written && times >= 2) this.last *= times;
    if (this.last > MAX_REPEAT) throw new PatternError('invalid repeat count', taken(before));
    this.most = Math.max(this.most, this.last);
    this.out += isLazy === this.flags.U ? operator : `${operator}?`;
    return true;
  }

  private open(): void {
    if (this.rest[1] !== '?') {
      this.skip(1);
      return this.push(this.flags);
    }
    const named = /^\(\?P?<([^>]*)>/.exec(this.rest);
    if (named !== null) {
      if (!/^\w+$/.test(named[1]!)) throw new PatternError('invalid named capture', named[0]);
      this.skip(named[0].length);
      return this.push(this.flags);
    }
    if (/^\(\?P?</.test(this.rest)) throw new PatternError('invalid named capture', this.rest);
    const flags = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(this.rest);
    if (flags === null) {
      const [bad] = /^\(\?[imsU]*(?:-[imsU]*)?[^]?/u.exec(this.rest) ?? [this.rest];
      throw new PatternError('invalid or unsupported Perl syntax', bad);
    }
    this.skip(flags[0].length);
    const [on, off] = [flags[1]!, flags[2] ?? ''];
    const outer = this.flags;
    const flag = (name: keyof Flags): boolean => !off.includes(name) && (on.includes(name) || outer[name]);
    const inner = { i: flag('i'), m: flag('m'), s: flag('s'), U: flag('U') };
    if (flags[3] === ':') this.push(outer);
    this.flags = inner;
  }

  private push(flags: Flags): void {
    this.groups.push({ flags, most: this.most });
    this.most = 1;
    this.last = undefined;
    this.out += '(?:';
  }

  private close(): void {
    this.skip(1);
    const group = this.groups.pop();
    if (group === undefined) throw new PatternError('unexpected )', this.text);
    this.atom(')');
    this.last = this.most;
    this.most = Math.max(this.most, group.most);
    this.flags = group.flags;
  }

  private takeEscape(): void {
    const letter = this.rest[1] ?? '';
    if (Object.hasOwn(ASSERTIONS, letter)) {
      this.skip(2);
      return this.atom(ASSERTIONS[letter]!);
    }
    if (letter === 'C') throw new PatternError('invalid escape sequence', '\\C');
    if (letter === 'Q') {
      this.skip(2);
      const end = this.rest.indexOf('\\E');
      const quoted = this.skip(end < 0 ? this.rest.length : end);
      this.skip(end < 0 ? 0 : 2);
      for (const sign of quoted) this.literal(sign.codePointAt(0) ?? 0);
      return;
    }
    const set = this.takeNamedSet();
    if (set !== undefined) return this.atom(writeClass([set], false));
    this.literal(this.takeEscapedSign());
  }

  /** `\pL`, `\p{Greek}`, `\P{^Lu}`, `\d`. */
  private takeNamedSet(): CharacterSet | undefined {
    const property = /^\\([pP])(?:\{([^}]*)\}|([^{]))/u.exec(this.rest);
    if (property === null) {
      if (/^\\[pP]\{/.test(this.rest)) throw new PatternError(BAD_CLASS, this.rest);
      const set = this.rest.startsWith('\\') ? perlClass(this.rest[1] ?? '') : undefined;
      if (set !== undefined) this.skip(2);
      return set;
    }
    const name = property[2] ?? property[3]!;
    const isNegated = (property[1] === 'P') !== name.startsWith('^');
    const set = unicodeClass(name.replace(/^\^/, ''), isNegated);
    if (set === undefined) throw new PatternError(BAD_CLASS, property[0]);
    this.skip(property[0].length);
    return set;
  }

  private takeEscapedSign(): number {
    const before = this.rest;
    this.skip(1);
    if (this.rest === '') throw new PatternError('trailing backslash at end of expression', '');
    const octal = /^(?:[1-7][0-7]{1,2}|0[0-7]{0,2})/.exec(this.rest);
    if (octal !== null) return Number.parseInt(this.skip(octal[0].length), 8);
    const hex = /^x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/.exec(this.rest);
    const value = hex === null ? Number.NaN : Number.parseInt(hex[1] ?? hex[2]!, 16);
    if (hex !== null && value <= 0x10ffff) {
      this.skip(hex[0].length);
      return value;
    }
    const [wrongHex] = /^x(?:\{[0-9A-Fa-f]*[^]?|[^{][^]?)?/u.exec(this.rest) ?? [''];
    const sign = this.takeSign();
    const letter = String.fromCodePoint(sign);
    if (Object.hasOwn(CONTROLS, letter)) return CONTROLS[letter]!;
    if (sign < 128 && !/[0-9A-Za-z]/.test(letter)) return sign;
    const length = Math.max(wrongHex.length, letter.length) + 1;
    throw new PatternError('invalid escape sequence', before.slice(0, length));
  }

  private takeClass(): void {
    const whole = this.rest;
    this.skip(1);
    const isNegated = this.rest.startsWith('^');
    if (isNegated) this.skip(1);
    const sets: CharacterSet[] = [];
    for (let isFirst = true; isFirst || !this.rest.startsWith(']'); isFirst = false) sets.push(this.takeItem(whole));
    this.skip(1);
    this.atom(writeClass(sets, isNegated));
  }

  private takeItem(whole: string): CharacterSet {
    const posix = /^\[:(.*?):\]/s.exec(this.rest);
    if (posix !== null) {
      const set = posixClass(posix[1]!);
      if (set === undefined) throw new PatternError(BAD_CLASS, posix[0]);
      this.skip(posix[0].length);
      return this.folded(set);
    }
    const named = this.takeNamedSet();
    if (named !== undefined) return this.folded(named);
    const before = this.rest;
    const from = this.takeClassSign(whole);
    let to = from;
    if (/^-[^\]]/s.test(this.rest)) {
      this.skip(1);
      to = this.takeClassSign(whole);
      if (to < from) throw new PatternError(BAD_CLASS, before.slice(0, before.length - this.rest.length));
    }
    return this.flags.i ? foldRange(from, to) : { ranges: [[from, to]], named: [] };
  }

  private folded(set: CharacterSet): CharacterSet {
    if (!this.flags.i) return set;
    return { ranges: set.ranges.flatMap(([from, to]) => foldRange(from, to).ranges), named: set.named };
  }

  private takeClassSign(whole: string): number {
    if (this.rest === '') throw new PatternError('missing closing ]', whole);
    return this.rest.startsWith('\\') ? this.takeEscapedSign() : this.takeSign();
  }
}

/** The operator as it is written, and its bounds; -1 for no upper bound. */
function repetitionAt(text: string): readonly [operator: string, min: number, max: number] {
  if (text.startsWith('*')) return ['*', 0, -1];
  if (text.startsWith('+')) return ['+', 1, -1];
  if (text.startsWith('?')) return ['?', 0, 1];
  const braces = /^\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/.exec(text);
  if (braces === null) return ['', 0, 0];
  const min = Number(braces[1]);
  return [braces[0], min, braces[2] === undefined ? min : braces[3] === undefined ? -1 : Number(braces[3])];
}
