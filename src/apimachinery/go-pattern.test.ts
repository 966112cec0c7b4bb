import { describe, expect, test } from 'vitest';
import { compileGoPattern } from './go-pattern.ts';

const matches = (pattern: string, text: string): boolean => {
  const made = compileGoPattern(pattern);
  if (!(made instanceof RegExp)) throw new Error(`${pattern}: ${made}`);
  return made.test(text);
};

describe('matches what Go matches', () => {
  test.each<[string, string[], string[]]>([
    ['^[a-z]+$', ['abc'], ['abc\n', 'ABC', '']],
    ['(?i)^abc\\z', ['aBc', 'ABC'], ['abcd']],
    ['^(?i:a)b$', ['Ab', 'ab'], ['AB']],
    ['(?i)^[a-f-]+$', ['A-F'], ['G']],
    ['(?i)^[^k]$', ['x'], ['k', 'K', '\u212a']],
    ['^[[:alpha:]_][[:^digit:]]$', ['aé', '_-'], ['1a', 'a1']],
    ['^\\pL\\p{Lu}\\p{Greek}\\PL$', ['éÉα1'], ['1Éα1', 'éÉa1']],
    ['^\\p{^L}+$', ['12'], ['a']],
    ['^\\d\\s\\w$', ['1 a'], ['1\u00a0a', '1 é', '٣ a']],
    ['^[\\D]+$', ['ab'], ['1']],
    ['^.$', ['a', '\u2028', '😀'], ['\n', '']],
    ['(?s)^.$', ['\n'], ['ab']],
    ['(?m)^b$', ['a\nb\nc'], ['ab']],
    ['^\\Qa.b\\E+$', ['a.bb'], ['aab', 'axb']],
    ['^a{,2}$', ['a{,2}'], ['aa']],
    ['^(?P<x>a)(?<y>b)$', ['ab'], ['a']],
    ['^[]a]+$', [']a'], ['b']],
    ['^[a\\-z.-]+$', ['a-z.'], ['b']],
    ['^\\x41\\x{1F600}\\101\\-\\_$', ['A😀A-_'], ['A']],
    ['^*a$', ['a'], ['ab']],
    ['a(?:^)*\\b+', ['a'], ['b']],
    ['^(|a)$', ['', 'a'], ['b']],
    ['^a+?b*?$', ['aab'], ['b']],
    ['\\Aab\\z', ['ab'], ['ab\n']],
    ['^[^/]+/(?:a|b)$', ['x/a', 'x\ny/b'], ['/a']],
  ])('%s', (pattern, good, bad) => {
    for (const text of good) expect([text, matches(pattern, text)]).toEqual([text, true]);
    for (const text of bad) expect([text, matches(pattern, text)]).toEqual([text, false]);
  });
});

describe('refuses what Go refuses, in its words', () => {
  test.each([
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['^(?!a)b', 'invalid or unsupported Perl syntax: `(?!`'],
    ['(?<=a)b', 'invalid named capture: `(?<=a)b`'],
    ['(?i', 'invalid or unsupported Perl syntax: `(?i`'],
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['[a', 'missing closing ]: `[a`'],
    ['[z-a]', 'invalid character class range: `z-a`'],
    ['[[:foo:]]', 'invalid character class range: `[:foo:]`'],
    ['\\p{Foo}', 'invalid character class range: `\\p{Foo}`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a|+', 'missing argument to repetition operator: `+`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a{2}{3}', 'invalid nested repetition operator: `{2}{3}`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['a{3,2}', 'invalid repeat count: `{3,2}`'],
    ['(a{100}){100}', 'invalid repeat count: `{100}`'],
    ['\\1', 'invalid escape sequence: `\\1`'],
    ['\\d\\Z', 'invalid escape sequence: `\\Z`'],
    ['\\xg0', 'invalid escape sequence: `\\xg0`'],
    ['\\C', 'invalid escape sequence: `\\C`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
  ])('%s', (pattern, words) => expect(compileGoPattern(pattern)).toBe(`error parsing regexp: ${words}`));
});

describe('the part that matches', () => {
  test.each([
    ['a+?', 'aab', 'a'],
    ['a+', 'aab', 'aa'],
    ['(?U)a+', 'aab', 'a'],
    ['(?U)a+?b', 'aab', 'aab'],
    ['a{1,2}?', 'aab', 'a'],
    ['a|ab', 'abc', 'a'],
  ])('%s in %s is %s', (pattern, text, part) => {
    const made = compileGoPattern(pattern);
    expect(made instanceof RegExp && made.exec(text)?.[0]).toBe(part);
  });
});
