import type { ConnectOutcome } from './connect.ts';

/** How the requests of an order fared. Times in milliseconds. */
export interface TrafficCount {
  readonly sent: number;
  /** Answered below 400. */
  readonly ok: number;
  /** Of those, how many took longer than the order calls slow. */
  readonly slow: number;
  /** Without an answer of the process at the other end: refused, timed out, no such name. */
  readonly dropped: number;
  /** Sent, and neither answered nor given up yet. */
  readonly waiting: number;
  /** How many gave each result. */
  readonly results: Readonly<Record<string, number>>;
  /** From sending to the answer, of those that were answered; undefined before the first. */
  readonly latency?: Latency;
  /** By the second of the run in which they were sent; seconds without requests are left out. */
  readonly series: readonly TrafficSecond[];
  readonly last?: ConnectOutcome;
}

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

/** Requests that were sent within one second. */
export interface TrafficSecond {
  /** The second of the run, from its start. */
  readonly second: number;
  readonly sent: number;
  readonly ok: number;
  /** Answered with 400 or more, or dropped. */
  readonly failed: number;
  /** Longest time of an answer; 0 before the first. */
  readonly slowestMs: number;
}

/** Counts of an order as they grow. Plain data. */
export interface TrafficTally {
  readonly slowMs: number;
  sent: number;
  ok: number;
  slow: number;
  dropped: number;
  readonly results: Map<string, number>;
  /** When those that wait were sent, by number. */
  readonly waiting: Map<number, number>;
  /** How many answers took so long. */
  readonly times: Map<number, number>;
  readonly seconds: Map<number, TrafficSecond>;
  last: ConnectOutcome | undefined;
}

export function emptyTally(slowMs: number): TrafficTally {
  return {
    slowMs,
    sent: 0,
    ok: 0,
    slow: 0,
    dropped: 0,
    results: new Map(),
    waiting: new Map(),
    times: new Map(),
    seconds: new Map(),
    last: undefined,
  };
}

/** One more is sent; gives its number. */
export function tallySent(counts: TrafficTally, nowMs: number): number {
  const number = ++counts.sent;
  counts.waiting.set(number, nowMs);
  change(counts, nowMs, (before) => ({ ...before, sent: before.sent + 1 }));
  return number;
}

/** What became of one; `word` is its result in a word. */
export function tally(
  counts: TrafficTally,
  number: number,
  outcome: ConnectOutcome,
  word: string,
  nowMs: number,
): void {
  const sentMs = counts.waiting.get(number);
  if (sentMs === undefined) return;
  counts.waiting.delete(number);
  counts.results.set(word, (counts.results.get(word) ?? 0) + 1);
  counts.last = outcome;
  const tookMs = nowMs - sentMs;
  const isAnswered = typeof outcome.result === 'number';
  if (isAnswered) counts.times.set(tookMs, (counts.times.get(tookMs) ?? 0) + 1);
  else counts.dropped++;
  if (outcome.ok) counts.ok++;
  if (outcome.ok && tookMs > counts.slowMs) counts.slow++;
  change(counts, sentMs, (before) => ({
    ...before,
    ok: before.ok + (outcome.ok ? 1 : 0),
    failed: before.failed + (outcome.ok ? 0 : 1),
    slowestMs: isAnswered ? Math.max(before.slowestMs, tookMs) : before.slowestMs,
  }));
}

function change(counts: TrafficTally, sentMs: number, next: (before: TrafficSecond) => TrafficSecond): void {
  const second = Math.floor(sentMs / 1000);
  const before = counts.seconds.get(second) ?? { second, sent: 0, ok: 0, failed: 0, slowestMs: 0 };
  counts.seconds.set(second, Object.freeze(next(before)));
}

export function countOf({
  sent,
  ok,
  slow,
  dropped,
  results,
  waiting,
  times,
  seconds,
  last,
}: TrafficTally): TrafficCount {
  const latency = latencyOf(times);
  return {
    sent,
    ok,
    slow,
    dropped,
    waiting: waiting.size,
    results: Object.fromEntries(results),
    ...(latency === undefined ? {} : { latency }),
    series: [...seconds.values()],
    ...(last === undefined ? {} : { last }),
  };
}

/** Each the least time within which so many hundredths of all answers came. */
function latencyOf(times: ReadonlyMap<number, number>): Latency | undefined {
  const sorted = [...times].toSorted(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return undefined;
  const within = (percent: number): number => {
    let left = Math.ceil((total * percent) / 100);
    return sorted.find(([, count]) => (left -= count) <= 0)![0];
  };
  return { p50: within(50), p95: within(95), p99: within(99), most: sorted.at(-1)![0] };
}
