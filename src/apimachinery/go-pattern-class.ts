/** What a character class holds: code points from, to, and named sets as JavaScript writes them. */
export interface CharacterSet {
  readonly ranges: readonly (readonly [from: number, to: number])[];
  /** `\p{L}`, `\P{Script=Greek}`. */
  readonly named: readonly string[];
}

const LAST = 0x10ffff;
const DIGIT: CharacterSet = setOf('0-9');
const WORD: CharacterSet = setOf('0-9A-Za-z__');
const SPACE: CharacterSet = {
  ranges: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
  named: [],
};

/** `\d`, `\s`, `\w` know ASCII only, and `\s` no vertical tab. Source: regexp/syntax/perl_groups.go of Go. */
const PERL: Readonly<Record<string, CharacterSet>> = {
  d: DIGIT,
  D: complement(DIGIT),
  s: SPACE,
  S: complement(SPACE),
  w: WORD,
  W: complement(WORD),
};

const POSIX: Readonly<Record<string, CharacterSet>> = {
  alnum: setOf('0-9A-Za-z'),
  alpha: setOf('A-Za-z'),
  ascii: setOf('\u0000-\u007f'),
  blank: setOf('\t\t  '),
  cntrl: setOf('\u0000-\u001f\u007f\u007f'),
  digit: DIGIT,
  graph: setOf('!-~'),
  lower: setOf('a-z'),
  print: setOf(' -~'),
  punct: setOf('!-/:-@[-`{-~'),
  space: setOf('\t-\r  '),
  upper: setOf('A-Z'),
  word: WORD,
  xdigit: setOf('0-9A-Fa-f'),
};

const CATEGORIES: ReadonlySet<string> = new Set(
  'C Cc Cf Cn Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs'.split(
    ' ',
  ),
);

export function perlClass(letter: string): CharacterSet | undefined {
  return Object.hasOwn(PERL, letter) ? PERL[letter] : undefined;
}

/** `alpha` or `^alpha`, as it stands in `[[:alpha:]]`. */
export function posixClass(name: string): CharacterSet | undefined {
  const negated = name.startsWith('^');
  const bare = negated ? name.slice(1) : name;
  const set = Object.hasOwn(POSIX, bare) ? POSIX[bare] : undefined;
  return set === undefined || !negated ? set : complement(set);
}

/** `L`, `Lu`, `Greek`: a general category or a script; undefined where Unicode has none of the name. */
export function unicodeClass(name: string, negated: boolean): CharacterSet | undefined {
  const letter = negated ? 'P' : 'p';
  if (name === 'Any') return negated ? { ranges: [], named: [] } : { ranges: [[0, LAST]], named: [] };
  const property = CATEGORIES.has(name) ? name : `Script=${name}`;
  if (!/^[\w=]+$/.test(property)) return undefined;
  const written = `\\${letter}{${property}}`;
  try {
    new RegExp(written, 'u');
  } catch {
    return undefined;
  }
  return { ranges: [], named: [written] };
}

/** A class as JavaScript reads it with the flag `u`. */
export function writeClass(sets: readonly CharacterSet[], negated: boolean): string {
  const items = sets.flatMap(({ ranges, named }) => [
    ...named,
    ...ranges.map(([from, to]) => (from === to ? codePoint(from) : `${codePoint(from)}-${codePoint(to)}`)),
  ]);
  return `[${negated ? '^' : ''}${items.join('')}]`;
}

export function codePoint(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

/** The set with the other cases of its letters. Source: `appendFoldedRange` of Go; wide ranges beyond ASCII stay as they are. */
export function foldRange(from: number, to: number): CharacterSet {
  const ranges: [number, number][] = [[from, to]];
  if (to - from > 512) {
    ranges.push([0x41, 0x5a], [0x61, 0x7a]);
    return { ranges, named: [] };
  }
  for (let code = from; code <= to; code++) for (const other of foldings(code)) ranges.push([other, other]);
  return { ranges, named: [] };
}

/** Two signs that fold into ASCII letters: the Kelvin sign and the long s. */
const ODD: Readonly<Record<string, number>> = { k: 0x212a, s: 0x17f };

function foldings(code: number): readonly number[] {
  const sign = String.fromCodePoint(code);
  const others = [sign.toLowerCase(), sign.toUpperCase(), sign.toUpperCase().toLowerCase()];
  const codes = others.filter((text) => [...text].length === 1).map((text) => text.codePointAt(0) ?? code);
  const odd = ODD[sign.toLowerCase()];
  return [...new Set(odd === undefined ? codes : [...codes, odd])].filter((other) => other !== code);
}

/** Pairs of signs, from and to, with or without a dash between them. */
function setOf(pairs: string): CharacterSet {
  const ranges: [number, number][] = [];
  for (let index = 0; index < pairs.length;) {
    const hasDash = pairs[index + 1] === '-' && index + 2 < pairs.length;
    ranges.push([pairs.charCodeAt(index), pairs.charCodeAt(index + (hasDash ? 2 : 1))]);
    index += hasDash ? 3 : 2;
  }
  return { ranges, named: [] };
}

/** Of ranges in order. */
function complement({ ranges }: CharacterSet): CharacterSet {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  gaps.push([next, LAST]);
  return { ranges: gaps, named: [] };
}
