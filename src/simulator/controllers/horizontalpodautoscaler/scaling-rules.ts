import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import type { ScalingHistory } from './scaling-history.ts';
import { changeWithin } from './scaling-history.ts';

const MAX_INT32 = 2 ** 31 - 1;
const MIN_INT32 = -(2 ** 31);

/**
 * The most replicas that the rules of an autoscaler let it go up to just now, or the fewest that they let it go down to.
 * Source: pkg/controller/podautoscaler/horizontal.go `calculateScaleUpLimitWithScalingRules`,
 * `calculateScaleDownLimitWithBehaviors`, 1.36.
 */
export function scalingLimit(
  direction: 'scaleUp' | 'scaleDown',
  behavior: JsonValue,
  { currentReplicas, nowMs }: { readonly currentReplicas: number; readonly nowMs: number },
  { ups, downs }: ScalingHistory,
): number {
  const select = stringAt(behavior, direction, 'selectPolicy') ?? 'Max';
  if (select === 'Disabled') return currentReplicas;
  const isUp = direction === 'scaleUp';
  // The largest change is the highest number on the way up and the lowest on the way down.
  const takesHighest = isUp === (select !== 'Min');
  let result = takesHighest ? MIN_INT32 : MAX_INT32;
  for (const policy of arrayAt(behavior, direction, 'policies')) {
    const periodMs = (numberAt(policy, 'periodSeconds') ?? 0) * 1000;
    const atStart = currentReplicas - changeWithin(ups, periodMs, nowMs) + changeWithin(downs, periodMs, nowMs);
    const value = numberAt(policy, 'value') ?? 0;
    const proposed =
      stringAt(policy, 'type') === 'Percent' ? percent(isUp, atStart, value) : atStart + (isUp ? value : -value);
    result = takesHighest ? Math.max(result, proposed) : Math.min(result, proposed);
  }
  return result;
}

/** Up is rounded up, so that it grows at all; down is cut off. */
function percent(isUp: boolean, replicas: number, value: number): number {
  return isUp ? Math.ceil(replicas * (1 + value / 100)) : Math.trunc(replicas * (1 - value / 100));
}
