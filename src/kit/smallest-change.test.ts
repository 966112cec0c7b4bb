import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { smallestChange } from './smallest-change.ts';

it.each([
  ['the same', 'abc', 'abc', undefined],
  ['a letter more', 'abc', 'abxc', { from: 2, to: 2, insert: 'x' }],
  ['a letter less', 'abxc', 'abc', { from: 2, to: 3, insert: '' }],
  ['one of a row of the same', 'aaa', 'aa', { from: 2, to: 3, insert: '' }],
  ['everything', 'ab', 'xyz', { from: 0, to: 2, insert: 'xyz' }],
])('%s', (_, before, after, change) => {
  expect(smallestChange(before, after)).toEqual(change);
});

it('is as short as it can be in texts longer than a block, and makes one of the other', () => {
  const long = fc.integer({ min: 0, max: 9000 }).map((length) => 'ab\n'.repeat(length).slice(0, length));
  fc.assert(
    fc.property(long, fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }), long, (head, old, now, tail) => {
      const [before, after] = [head + old + tail, head + now + tail];
      const change = smallestChange(before, after);
      if (!change) {
        expect(before).toBe(after);
        return;
      }
      const { from, to, insert } = change;
      expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
      expect(to - from + insert.length).toBeLessThanOrEqual(old.length + now.length);
      if (to > from && insert !== '') expect([before[from], before[to - 1]]).not.toEqual([insert[0], insert.at(-1)]);
    }),
    { numRuns: 200, seed: 3 },
  );
});
