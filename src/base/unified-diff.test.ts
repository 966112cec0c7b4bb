import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

const text = (letters: string) => [...letters].join('\n');

describe('as difflib of Python and Go tells it', () => {
  test.each<[string, string, string, string]>([
    ['nothing', 'abc', 'abc', ''],
    ['one line', 'a', 'b', '@@ -1 +1 @@\n-a\n+b\n'],
    ['three lines around', 'abcdefghi', 'abcdXfghi', '@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n'],
    ['a line more at the end', 'ab', 'abc', '@@ -1,2 +1,3 @@\n a\n b\n+c\n'],
    ['a line less at the start', 'xab', 'ab', '@@ -1,3 +1,2 @@\n-x\n a\n b\n'],
    [
      'two places far apart',
      'abcdefghijk',
      'XbcdefghijY',
      '@@ -1,4 +1,4 @@\n-a\n+X\n b\n c\n d\n@@ -8,4 +8,4 @@\n h\n i\n j\n-k\n+Y\n',
    ],
  ])('%s', (_, before, after, difference) => {
    expect(unifiedDiff(text(before), text(after))).toBe(difference);
  });
});

test('lines taken away and added turn the one text into the other', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const lines = unifiedDiff(text(before), text(after)).split('\n');
      const count = (sign: string) => lines.filter((line) => line.startsWith(sign) && !line.startsWith('@')).length;
      expect(before.length - count('-') + count('+')).toBe(after.length);
      expect(lines.length > 1).toBe(before !== after);
    }),
  );
});
