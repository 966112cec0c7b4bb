import type { JsonValue } from '../../../base/json.ts';
import type { ReleaseNumbers } from '../../release/numbers.ts';
import { scalingLimit } from './scaling-rules.ts';
import type { ScalingHistory } from './scaling-history.ts';
import { replacingLast } from './scaling-history.ts';
import { numberAt } from '../../../base/json.ts';

/**
 * What the metrics ask for, held back: by recent recommendations, by the rules of the autoscaler, by its bounds.
 * Source: pkg/controller/podautoscaler/horizontal.go `normalizeDesiredReplicas` and what it calls, 1.36.
 */

/** What is known when a number of replicas is held back. */
export interface Wish {
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly nowMs: number;
}

export interface Held {
  readonly desiredReplicas: number;
  readonly history: ScalingHistory;
  readonly ableToScale: Words;
  readonly scalingLimited: Words & { readonly isLimited: boolean };
}

interface Words {
  readonly reason: string;
  readonly message: string;
}

type Numbers = ReleaseNumbers['horizontalPodAutoscaler'];

const READY = { reason: 'ReadyForNewScale', message: 'recommended size matches current size' };
const WITHIN = { reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range' };
const STABILIZED_DOWN = {
  reason: 'ScaleDownStabilized',
  message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
};
const STABILIZED_UP = {
  reason: 'ScaleUpStabilized',
  message: 'recent recommendations were lower than current one, applying the lowest recent recommendation',
};
const TOO_FEW = {
  reason: 'TooFewReplicas',
  message: 'the desired replica count is less than the minimum replica count',
};
const TOO_MANY = {
  reason: 'TooManyReplicas',
  message: 'the desired replica count is more than the maximum replica count',
};
const TOO_FAST_UP = {
  reason: 'ScaleUpLimit',
  message: 'the desired replica count is increasing faster than the maximum scale rate',
};
const TOO_FAST_DOWN = {
  reason: 'ScaleDownLimit',
  message: 'the desired replica count is decreasing faster than the maximum scale rate',
};

/** With the `behavior` of an autoscaler, or without as the controller always did. */
export function held(wish: Wish, behavior: JsonValue | undefined, history: ScalingHistory, numbers: Numbers): Held {
  const stabilized =
    behavior === undefined ? stabilize(wish, history, numbers) : stabilizeBy(behavior, wish, history, numbers);
  const { recommended, words, recommendations } = stabilized;
  const asked = { ...wish, desiredReplicas: recommended };
  const next = { ...history, recommendations };
  const limited = behavior === undefined ? limit(asked, numbers) : limitBy(behavior, asked, next);
  return {
    desiredReplicas: limited.replicas,
    history: next,
    ableToScale: recommended === wish.desiredReplicas ? READY : words,
    scalingLimited: { ...limited.words, isLimited: limited.replicas !== recommended },
  };
}

interface Stabilized {
  readonly recommended: number;
  readonly words: Words;
  readonly recommendations: ScalingHistory['recommendations'];
}

/** The most that was asked for of late. Source: `stabilizeRecommendation`. */
export function stabilize(
  { desiredReplicas, nowMs }: Pick<Wish, 'desiredReplicas' | 'nowMs'>,
  { recommendations }: ScalingHistory,
  { downscaleStabilizationMs }: Pick<Numbers, 'downscaleStabilizationMs'>,
): Stabilized {
  const sinceMs = nowMs - downscaleStabilizationMs;
  const recent = recommendations.filter(({ atMs }) => atMs >= sinceMs).map(({ replicas }) => replicas);
  return {
    recommended: Math.max(desiredReplicas, ...recent),
    words: STABILIZED_DOWN,
    recommendations: replacingLast(
      recommendations,
      { replicas: desiredReplicas, atMs: nowMs },
      ({ atMs }) => atMs < sinceMs,
    ),
  };
}

/** Source: `stabilizeRecommendationWithBehaviors`. */
export function stabilizeBy(
  behavior: JsonValue,
  { desiredReplicas, currentReplicas, nowMs }: Pick<Wish, 'desiredReplicas' | 'currentReplicas' | 'nowMs'>,
  { recommendations }: ScalingHistory,
  { downscaleStabilizationMs }: Pick<Numbers, 'downscaleStabilizationMs'>,
): Stabilized {
  const windowMs = (rules: string, defaultMs: number): number => {
    const seconds = numberAt(behavior, rules, 'stabilizationWindowSeconds');
    return seconds === undefined ? defaultMs : seconds * 1000;
  };
  const upMs = nowMs - windowMs('scaleUp', 0);
  const downMs = nowMs - windowMs('scaleDown', downscaleStabilizationMs);
  const since = (sinceMs: number): number[] =>
    recommendations.filter(({ atMs }) => atMs > sinceMs).map(({ replicas }) => replicas);
  const lowest = Math.min(desiredReplicas, ...since(upMs));
  const highest = Math.max(desiredReplicas, ...since(downMs));
  return {
    recommended: Math.min(Math.max(currentReplicas, lowest), highest),
    words: desiredReplicas >= currentReplicas ? STABILIZED_UP : STABILIZED_DOWN,
    recommendations: replacingLast(
      recommendations,
      { replicas: desiredReplicas, atMs: nowMs },
      ({ atMs }) => atMs < upMs && atMs < downMs,
    ),
  };
}

interface Limited {
  readonly replicas: number;
  readonly words: Words;
}

/** Source: `convertDesiredReplicasWithRules`, `calculateScaleUpLimit`. */
export function limit(
  { currentReplicas, desiredReplicas, minReplicas, maxReplicas }: Omit<Wish, 'nowMs'>,
  { scaleUpLimitFactor, scaleUpLimitMinimum }: Pick<Numbers, 'scaleUpLimitFactor' | 'scaleUpLimitMinimum'>,
): Limited {
  const fastest = Math.trunc(Math.max(scaleUpLimitFactor * currentReplicas, scaleUpLimitMinimum));
  const most = Math.min(maxReplicas, fastest);
  if (desiredReplicas < minReplicas) return { replicas: minReplicas, words: TOO_FEW };
  if (desiredReplicas > most) return { replicas: most, words: maxReplicas > fastest ? TOO_FAST_UP : TOO_MANY };
  return { replicas: desiredReplicas, words: WITHIN };
}

/** Source: `convertDesiredReplicasWithBehaviorRate`. */
export function limitBy(behavior: JsonValue, wish: Wish, history: ScalingHistory): Limited {
  const { currentReplicas, desiredReplicas, minReplicas, maxReplicas } = wish;
  if (desiredReplicas > currentReplicas) {
    const fastest = Math.max(currentReplicas, scalingLimit('scaleUp', behavior, wish, history));
    const most = Math.min(maxReplicas, fastest);
    if (desiredReplicas > most) return { replicas: most, words: maxReplicas > fastest ? TOO_FAST_UP : TOO_MANY };
  } else if (desiredReplicas < currentReplicas) {
    const fastest = Math.min(currentReplicas, scalingLimit('scaleDown', behavior, wish, history));
    const least = Math.max(minReplicas, fastest);
    if (desiredReplicas < least) return { replicas: least, words: minReplicas < fastest ? TOO_FAST_DOWN : TOO_FEW };
  }
  return { replicas: desiredReplicas, words: WITHIN };
}
