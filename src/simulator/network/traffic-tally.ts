import type { ConnectOutcome } from './connect.ts';
import type { TrafficSpan } from './traffic-span.ts';
import { MOST_SPANS, SECOND_MS, emptySpan, foldSpans, spanOf, withOutcome, withSent } from './traffic-span.ts';

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
  /** How long each stretch of the series is: a second, and twice as long whenever there would be too many. */
  readonly spanMs: number;
  /** By the stretch of the run in which they were sent; stretches without requests are left out. */
  readonly series: readonly TrafficSecond[];
  readonly last?: ConnectOutcome;
}

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

/** Requests that were sent within one stretch of the series. */
export interface TrafficSecond extends Omit<TrafficSpan, 'times'> {
  /** Longest time of an answer; 0 before the first. */
  readonly slowestMs: number;
  /** Times within which half of the answers came, and nineteen of twenty; left out before the first. */
  readonly p50?: number;
  readonly p95?: number;
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
  spanMs: number;
  /** By the second in which each begins. */
  spans: Map<number, TrafficSpan>;
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
    spanMs: SECOND_MS,
    spans: new Map(),
    last: undefined,
  };
}

/** One more is sent; gives its number. */
export function tallySent(counts: TrafficTally, nowMs: number): number {
  const number = ++counts.sent;
  counts.waiting.set(number, nowMs);
  change(counts, nowMs, withSent);
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
  const isSlow = outcome.ok && tookMs > counts.slowMs;
  if (isSlow) counts.slow++;
  const known = { ok: outcome.ok, word, isSlow, tookMs: isAnswered ? tookMs : undefined };
  change(counts, sentMs, (before) => withOutcome(before, known));
}

function change(counts: TrafficTally, sentMs: number, next: (before: TrafficSpan) => TrafficSpan): void {
  const second = spanOf(sentMs, counts.spanMs);
  counts.spans.set(second, next(counts.spans.get(second) ?? emptySpan(second)));
  if (counts.spans.size <= MOST_SPANS) return;
  counts.spanMs *= 2;
  counts.spans = new Map(foldSpans(counts.spans.values(), counts.spanMs));
}

export function countOf({
  sent,
  ok,
  slow,
  dropped,
  results,
  waiting,
  times,
  spanMs,
  spans,
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
    spanMs,
    series: [...spans.values()].map(secondOf),
    ...(last === undefined ? {} : { last }),
  };
}

function secondOf({ times, ...span }: TrafficSpan): TrafficSecond {
  const pairs = times.flatMap((ms, at) => (at % 2 === 0 ? [[ms, times[at + 1]!] as const] : []));
  const latency = latencyOf(new Map(pairs));
  if (latency === undefined) return { ...span, slowestMs: 0 };
  return { ...span, slowestMs: latency.most, p50: latency.p50, p95: latency.p95 };
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
