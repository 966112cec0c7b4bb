/** What became of the requests that were sent within one stretch of time. Never changed: the next one takes its place. */
export interface TrafficSpan {
  /** The second of the run in which it begins. */
  readonly second: number;
  readonly sent: number;
  readonly ok: number;
  /** Answered with 400 or more, or dropped. */
  readonly failed: number;
  /** Of those that were answered below 400, how many took longer than the order calls slow. */
  readonly slow: number;
  /** How many gave each result: `200`, `refused`. */
  readonly results: Readonly<Record<string, number>>;
  /** How long answers took and how many took so long, one after the other, the shortest first. */
  readonly times: readonly number[];
}

export const SECOND_MS = 1000;
/** Most stretches that are kept: when there are more, each is made of two. */
export const MOST_SPANS = 1200;
/** A time is kept as it is up to so many bits, and to so many of its first bits beyond. */
const EXACT_BITS = 8;

export function emptySpan(second: number): TrafficSpan {
  return Object.freeze({ second, sent: 0, ok: 0, failed: 0, slow: 0, results: NONE, times: NO_TIMES });
}

const NONE: TrafficSpan['results'] = Object.freeze({});
const NO_TIMES: TrafficSpan['times'] = Object.freeze([]);

/** One more was sent in it. */
export function withSent(span: TrafficSpan): TrafficSpan {
  return Object.freeze({ ...span, sent: span.sent + 1 });
}

/** What became of one that was sent in it; `tookMs` where it was answered. */
export interface SpanOutcome {
  readonly ok: boolean;
  readonly word: string;
  readonly isSlow: boolean;
  readonly tookMs: number | undefined;
}

export function withOutcome(span: TrafficSpan, { ok, word, isSlow, tookMs }: SpanOutcome): TrafficSpan {
  return Object.freeze({
    ...span,
    ok: span.ok + (ok ? 1 : 0),
    failed: span.failed + (ok ? 0 : 1),
    slow: span.slow + (isSlow ? 1 : 0),
    results: sumOf(span.results, { [word]: 1 }),
    times: tookMs === undefined ? span.times : together(span.times, [roundedMs(tookMs), 1]),
  });
}

/** Stretches twice as long as they were, of `spanMs`: what was counted stays counted. */
export function foldSpans(spans: Iterable<TrafficSpan>, spanMs: number): ReadonlyMap<number, TrafficSpan> {
  const folded = new Map<number, TrafficSpan>();
  for (const span of spans) {
    const second = spanOf(span.second * SECOND_MS, spanMs);
    const before = folded.get(second);
    folded.set(second, Object.freeze(before === undefined ? { ...span, second } : added(before, span)));
  }
  return folded;
}

/** The second in which the stretch begins that a moment falls into. */
export function spanOf(timeMs: number, spanMs: number): number {
  return (Math.floor(timeMs / spanMs) * spanMs) / SECOND_MS;
}

function added(a: TrafficSpan, b: TrafficSpan): TrafficSpan {
  return {
    second: a.second,
    sent: a.sent + b.sent,
    ok: a.ok + b.ok,
    failed: a.failed + b.failed,
    slow: a.slow + b.slow,
    results: sumOf(a.results, b.results),
    times: together(a.times, b.times),
  };
}

function sumOf(a: TrafficSpan['results'], b: TrafficSpan['results']): TrafficSpan['results'] {
  const sum: Record<string, number> = { ...a };
  for (const [word, count] of Object.entries(b)) sum[word] = (sum[word] ?? 0) + count;
  return Object.freeze(sum);
}

/** Times of both, the shortest first. */
function together(a: readonly number[], b: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const times of [a, b])
    for (let at = 0; at < times.length; at += 2) counts.set(times[at]!, (counts.get(times[at]!) ?? 0) + times[at + 1]!);
  return Object.freeze([...counts].toSorted(([one], [other]) => one - other).flat());
}

/** To less than a hundredth of itself, so that a stretch of any length keeps a bounded number of times. */
function roundedMs(ms: number): number {
  const unit = 2 ** Math.max(0, 32 - Math.clz32(ms) - EXACT_BITS);
  return Math.floor(ms / unit) * unit;
}
