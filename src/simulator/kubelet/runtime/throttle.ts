import { milliValueOf, quantityOf } from '../../../apimachinery/quantity.ts';
import type { JsonObject } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import type { Behaviour, Usage } from '../../behaviour/behaviour.ts';

/**
 * A process that needs more CPU than its limit gets as much as the limit in each period and stands still for the rest of
 * it: what it has to do until it listens, is ready, or has done its work takes so much longer. Counted with the limit that
 * the container is made with; how long it was throttled in single periods is not.
 * Source: Linux Documentation/scheduler/sched-bwc.rst; pkg/kubelet/cm/helpers_linux.go `MilliCPUToQuota`, 1.36.
 */
export function throttled(behaviour: Behaviour, resources: JsonObject): Behaviour {
  const { cpuMillicores, startMs, readyAfterMs, exitAfterMs } = behaviour;
  const quantity = quantityOf(valueAt(resources, 'limits', 'cpu'));
  if (cpuMillicores === undefined || quantity === undefined) return behaviour;
  const limit = Number(milliValueOf(quantity));
  if (limit === 0 || !cpuMillicores.steps.some(({ value }) => value > limit)) return behaviour;
  const longer = (workMs: number): number => stretched(cpuMillicores, limit, workMs);
  return Object.freeze({
    ...behaviour,
    ...(startMs === undefined ? {} : { startMs: longer(startMs) }),
    ...(readyAfterMs === undefined ? {} : { readyAfterMs: longer(readyAfterMs) }),
    ...(exitAfterMs === undefined ? {} : { exitAfterMs: longer(exitAfterMs) }),
  });
}

/** How long work takes that takes `workMs` without a limit. */
export function stretched({ steps }: Usage, limit: number, workMs: number): number {
  const moments = [{ fromMs: 0, value: 0 }, ...steps];
  let left = workMs;
  for (const [index, { fromMs, value }] of moments.entries()) {
    const rate = value > limit ? limit / value : 1;
    const spanMs = (moments[index + 1]?.fromMs ?? Infinity) - fromMs;
    if (spanMs * rate >= left) return fromMs + Math.ceil(left / rate);
    left -= spanMs * rate;
  }
  return workMs;
}
