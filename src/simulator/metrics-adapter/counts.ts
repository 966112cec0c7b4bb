import type { NodePoints } from '../kubelet/resource-metrics.ts';

/** How many requests something had been sent at a moment, since it began. */
interface Sample {
  readonly atMs: number;
  readonly count: number;
  readonly startedAtMs: number;
}

/** The counts of the last minutes, by what has them: `pods/shop/web-1/nginx`, `ingresses/shop/web`. Plain data. */
export type Counts = Map<string, readonly Sample[]>;

/** How long counts are kept: no window is longer. */
const KEPT_MS = 600_000;

export function addSample(counts: Counts, key: string, sample: Sample): void {
  const before = counts.get(key) ?? [];
  // What began anew counts from nothing.
  const same = before.filter(
    ({ startedAtMs, atMs }) => startedAtMs === sample.startedAtMs && atMs > sample.atMs - KEPT_MS,
  );
  counts.set(key, Object.freeze([...same, Object.freeze(sample)]));
}

/** What the containers of a Node say. */
export function addPoints(counts: Counts, { atMs, containers }: NodePoints): void {
  for (const { namespace, pod, container, requests, startedAtMs } of containers)
    addSample(counts, `pods/${namespace}/${pod}/${container}`, { atMs, count: requests, startedAtMs });
}

/** Forgets what nobody has told of for as long as counts are kept. */
export function forgetOld(counts: Counts, nowMs: number): void {
  for (const [key, samples] of counts) if ((samples.at(-1)?.atMs ?? 0) < nowMs - KEPT_MS) counts.delete(key);
}

/**
 * Requests a second over a span that ends now, in thousandths, of all whose key begins so, and when they were last counted;
 * undefined where none has two counts in the span. As `rate` of Prometheus, but for its extrapolation to the ends of the span.
 */
export function rateOf(
  counts: Counts,
  prefix: string,
  windowMs: number,
  nowMs: number,
): { readonly milli: number; readonly atMs: number } | undefined {
  let found: { readonly milli: number; readonly atMs: number } | undefined;
  for (const [key, samples] of counts) {
    if (!key.startsWith(prefix)) continue;
    const [first, last] = [samples.find(({ atMs }) => atMs >= nowMs - windowMs), samples.at(-1)];
    if (first === undefined || last === undefined || last.atMs <= first.atMs) continue;
    const milli = Math.round(((last.count - first.count) * 1_000_000) / (last.atMs - first.atMs));
    found = { milli: (found?.milli ?? 0) + milli, atMs: Math.max(found?.atMs ?? 0, last.atMs) };
  }
  return found;
}
