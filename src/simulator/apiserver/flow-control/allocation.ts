/** One of those who share seats. */
export interface Share {
  readonly target: number;
  readonly lowerBound: number;
  readonly upperBound: number;
}

const LEAST_TARGET = 0.001;
const SLACK = 0.0000001;

/**
 * Seats for each, which sum to what there is: everybody gets the same multiple of its target, or its bound where the
 * multiple lies beyond it. Undefined where that cannot be.
 * Source: staging/src/k8s.io/apiserver/pkg/util/flowcontrol/conc_alloc.go `computeConcurrencyAllocation`, 1.36.
 */
export function allocateSeats(sum: number, shares: readonly Share[]): readonly number[] | undefined {
  const targets = shares.map(({ target }) => Math.max(target, LEAST_TARGET));
  const lows = shares.map(({ lowerBound }) => lowerBound);
  const highs = shares.map(({ upperBound }) => upperBound);
  const isBad = shares.some(
    ({ target, lowerBound, upperBound }) => lowerBound < 0 || target < lowerBound || upperBound < lowerBound,
  );
  const [low, high] = [total(lows), total(highs)];
  if (sum < 0 || isBad || low - sum > SLACK || sum - high > SLACK) return undefined;
  if (sum === 0) return shares.map(() => 0);
  if (low - sum > -SLACK) return lows;
  if (sum - high > -SLACK) return highs;
  const at = (multiple: number): readonly number[] =>
    shares.map(({ lowerBound, upperBound }, index) =>
      Math.max(lowerBound, Math.min(upperBound, multiple * (targets[index] ?? 0))),
    );
  // What is allocated grows with the multiple, straight from one bound to the next.
  const bounds = shares
    .flatMap(({ lowerBound, upperBound }, index) =>
      [lowerBound, upperBound].map((bound) => bound / (targets[index] ?? 1)),
    )
    .toSorted((a, b) => a - b);
  let [below, belowSum] = [bounds[0] ?? 0, low];
  for (const above of bounds) {
    const aboveSum = total(at(above));
    if (aboveSum >= sum) {
      const part = aboveSum === belowSum ? 0 : (sum - belowSum) / (aboveSum - belowSum);
      return at(below + (above - below) * part);
    }
    [below, belowSum] = [above, aboveSum];
  }
  return undefined;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
