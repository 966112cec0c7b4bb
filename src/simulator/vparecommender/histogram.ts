/**
 * A histogram whose buckets grow and whose old samples weigh less. Plain data: weights by bucket.
 * Source: vertical-pod-autoscaler/pkg/recommender/util/{histogram,histogram_options,decaying_histogram}.go, v1.7.0.
 */
export interface Histogram {
  readonly weights: Readonly<Record<number, number>>;
}

export const EMPTY_HISTOGRAM: Histogram = Object.freeze({ weights: Object.freeze({}) });

/** Where each bucket begins: each is a twentieth wider than the one before. */
export type Buckets = readonly number[];

const GROWTH = 1.05;
const HALF_LIFE_MS = 24 * 3_600_000;
/** Source: pkg/recommender/model/aggregations_config.go `epsilon`, v1.7.0. */
const EPSILON = 0.0001;

function bucketsUpTo(most: number, first: number): Buckets {
  const starts = [0];
  // By multiplication, which is the same everywhere; `pow` is not.
  for (let power = GROWTH; starts.at(-1)! < most; power *= GROWTH) starts.push((first * (power - 1)) / (GROWTH - 1));
  return starts;
}

/** In cores, and in bytes. */
export const CPU_BUCKETS = bucketsUpTo(1000, 0.01);
export const MEMORY_BUCKETS = bucketsUpTo(1e12, 1e7);

/** 2 to the power of `x`, by square roots and products alone, which are the same everywhere. */
function powerOfTwo(x: number): number {
  let [result, root, rest] = [1, 2, x - Math.floor(x)];
  for (let bit = 0; bit < 40; bit++) {
    [root, rest] = [Math.sqrt(root), rest * 2];
    if (rest >= 1) [result, rest] = [result * root, rest - 1];
  }
  for (let count = 0; count < Math.floor(x); count++) result *= 2;
  return result;
}

function bucketOf(buckets: Buckets, value: number): number {
  const above = buckets.findIndex((start) => start > value);
  return above < 0 ? buckets.length - 1 : Math.max(0, above - 1);
}

/** A sample more; or taken back, with a negative weight. */
export function withSample(
  { weights }: Histogram,
  buckets: Buckets,
  { value, weight, atMs }: { readonly value: number; readonly weight: number; readonly atMs: number },
): Histogram {
  const bucket = bucketOf(buckets, value);
  const next = (weights[bucket] ?? 0) + weight * powerOfTwo(atMs / HALF_LIFE_MS);
  return { weights: { ...weights, [bucket]: next < EPSILON && weight < 0 ? 0 : next } };
}

/** The end of the bucket below which so large a part of the weight lies; 0 where nothing was seen. */
export function percentile({ weights }: Histogram, buckets: Buckets, part: number): number {
  const filled = Object.entries(weights)
    .map(([bucket, weight]) => ({ bucket: Number(bucket), weight }))
    .filter(({ weight }) => weight >= EPSILON)
    .sort((a, b) => a.bucket - b.bucket);
  const last = filled.at(-1);
  if (last === undefined) return 0;
  const threshold = part * filled.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  const found = filled.find(({ weight }) => (sum += weight) >= threshold) ?? last;
  return buckets[Math.min(found.bucket + 1, buckets.length - 1)]!;
}
