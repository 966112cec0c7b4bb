const MOST = 100;

/**
 * Scores spread over 0 to 100; `reverse` where the most is the worst.
 * Source: pkg/scheduler/framework/plugins/helper/normalize_score.go, 1.36.
 */
export function normalizedScores(scores: readonly number[], reverse: boolean): readonly number[] {
  const most = Math.max(0, ...scores);
  if (most === 0) return reverse ? scores.map(() => MOST) : scores;
  return scores.map((score) => {
    const scaled = Math.trunc((MOST * score) / most);
    return reverse ? MOST - scaled : scaled;
  });
}
