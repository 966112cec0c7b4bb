import { describe, expect, it } from 'vitest';
import type { ConnectOutcome } from './connect.ts';
import { MOST_SPANS } from './traffic-span.ts';
import { countOf, emptyTally, tally, tallySent } from './traffic-tally.ts';

const answered = (result: ConnectOutcome['result']): ConnectOutcome => ({
  ok: typeof result === 'number' && result < 400,
  result,
  questions: [],
});

describe('the series of a tally', () => {
  it('has results, slow answers and latencies by the second in which they were sent', () => {
    const counts = emptyTally(500);
    const fates = [
      [5000, 5010, 200],
      [5100, 5800, 200],
      [5200, 5205, 503],
      [5900, 10_900, 'timeout'],
      [6000, 6020, 200],
    ] as const;
    const numbers = fates.map(([sentMs]) => tallySent(counts, sentMs));
    expect(countOf(counts).series[0]).toEqual({
      second: 5,
      sent: 4,
      ok: 0,
      failed: 0,
      slow: 0,
      results: {},
      slowestMs: 0,
    });
    for (const [at, [, endMs, result]] of fates.entries())
      tally(counts, numbers[at]!, answered(result), String(result), endMs);
    const { series, spanMs, ok, slow, dropped } = countOf(counts);
    expect({ spanMs, ok, slow, dropped }).toEqual({ spanMs: 1000, ok: 3, slow: 1, dropped: 1 });
    expect(series).toEqual([
      {
        second: 5,
        sent: 4,
        ok: 2,
        failed: 2,
        slow: 1,
        results: { 200: 2, 503: 1, timeout: 1 },
        // Kept to less than a hundredth.
        slowestMs: 700,
        p50: 10,
        p95: 700,
      },
      { second: 6, sent: 1, ok: 1, failed: 0, slow: 0, results: { 200: 1 }, slowestMs: 20, p50: 20, p95: 20 },
    ]);
  });

  it('is folded where it grows long, and nothing that was counted is lost', () => {
    const counts = emptyTally(1000);
    const seconds = MOST_SPANS * 3;
    for (let second = 0; second < seconds; second++) {
      const number = tallySent(counts, second * 1000);
      const result = second % 10 === 0 ? 'refused' : 200;
      tally(counts, number, answered(result), String(result), second * 1000 + 10 + (second % 7) * 100);
    }
    const { series, spanMs, sent, ok } = countOf(counts);
    expect(spanMs).toBe(4000);
    expect(series.length).toBeLessThanOrEqual(MOST_SPANS);
    expect(series.map(({ second }) => second)).toEqual(series.map((_, at) => at * 4));
    const sum = (of: (one: (typeof series)[number]) => number) => series.reduce((all, one) => all + of(one), 0);
    expect([sum((one) => one.sent), sum((one) => one.ok), sum((one) => one.failed)]).toEqual([sent, ok, sent - ok]);
    expect(sum(({ results }) => results['refused'] ?? 0)).toBe(seconds / 10);
    expect(series[3]!.p50).toBeLessThanOrEqual(series[3]!.p95!);
  });

  it('keeps a bounded number of times however many answers come in a second', () => {
    const counts = emptyTally(1000);
    for (let ms = 0; ms < 5000; ms++) {
      const number = tallySent(counts, 0);
      tally(counts, number, answered(200), '200', ms);
    }
    expect(counts.spans.get(0)!.times.length / 2).toBeLessThan(1000);
    const [second] = countOf(counts).series;
    expect(Math.abs(second!.p95! - 4749)).toBeLessThan(48);
    expect(second!.p50).toBeGreaterThan(2475);
    expect(second!.p50).toBeLessThanOrEqual(2500);
  });
});
