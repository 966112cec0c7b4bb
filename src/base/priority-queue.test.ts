import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PriorityQueue } from './priority-queue.ts';

describe('a priority queue', () => {
  it('gives items by rank, equal ones in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (ranks) => {
        const queue = new PriorityQueue<number>();
        ranks.forEach((rank, index) => queue.push(rank, index));
        const out = Array.from({ length: ranks.length }, () => queue.pop()!);
        const expected = ranks.map((rank, index) => [rank, index] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(out).toEqual(expected.map(([, index]) => index));
        expect(queue.pop()).toBeUndefined();
      }),
    );
  });
});
