import { describe, expect, it } from 'vitest';
import { randomSource } from './random.ts';

const source = randomSource(3, 'kube-proxy');
const DRAWS = 8000;

/** How often each number of a range was drawn, for purposes that differ in a number only. */
function counts(size: number): readonly number[] {
  const found = Array.from({ length: size }, () => 0);
  for (let index = 0; index < DRAWS; index++) found[source.integer(`balance/${index}`, 0, size - 1)]!++;
  return found;
}

describe('draws', () => {
  it.each([2, 3, 4, 5, 8, 12, 16, 100])('spread evenly over %i numbers', (size) => {
    const even = DRAWS / size;
    for (const count of counts(size)) expect(Math.abs(count - even)).toBeLessThan(5 * Math.sqrt(even));
  });

  it('are the same for the same purpose, and others for another seed or component', () => {
    const drawn = (seed: number, name: string) =>
      Array.from({ length: 20 }, (_, index) => randomSource(seed, name).integer(`${index}`, 0, 1_000_000));
    expect(drawn(1, 'a')).toEqual(drawn(1, 'a'));
    expect(drawn(1, 'a')).not.toEqual(drawn(2, 'a'));
    expect(drawn(1, 'a')).not.toEqual(drawn(1, 'b'));
  });
});
