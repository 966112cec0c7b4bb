import { conditionsOf, findCondition, setCondition } from '../../../apimachinery/conditions.ts';
import { intOrStringOf, scaledIntOrPercent } from '../../../apimachinery/int-or-string.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonEqual, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { ReconcileContext } from '../controller.ts';
import { isReady, runTimeOf } from '../workload/pod-state.ts';
import { expectedScale } from './expected-scale.ts';

/** How long a Pod that was evicted may take to be deleted. Source: disruption.go `DeletionTimeout`, 1.36. */
const DELETION_TIMEOUT_MS = 120_000;

export interface ExpectedPods {
  readonly expected: number;
  readonly desired: number;
  /** Pods without an owner stand in the way of counting. */
  readonly isUnmanaged: boolean;
}

/** Source: pkg/controller/disruption/disruption.go `getExpectedPodCount`, 1.36. */
export function expectedPods(
  context: ReconcileContext,
  budget: KubernetesObject,
  pods: readonly KubernetesObject[],
): ExpectedPods | { readonly failure: string } {
  const unavailable = intOrStringOf(valueAt(budget, 'spec', 'maxUnavailable'));
  const available = intOrStringOf(valueAt(budget, 'spec', 'minAvailable'));
  if (unavailable === undefined && typeof available !== 'string')
    return { expected: available === undefined ? 0 : pods.length, desired: available ?? 0, isUnmanaged: false };
  const scale = expectedScale(context, pods);
  if ('failure' in scale) return scale;
  const share = scaledIntOrPercent(unavailable ?? available, scale.count, 'up');
  if ('error' in share) return { failure: share.error };
  const desired = unavailable === undefined ? share.value : Math.max(0, scale.count - share.value);
  return { expected: scale.count, desired, isUnmanaged: scale.isUnmanaged };
}

/** Pods that were evicted and are still there, with when; how long until one of them is given up; those given up. */
export function disruptedPods(
  budget: KubernetesObject,
  pods: readonly KubernetesObject[],
  nowMs: number,
): {
  readonly disrupted: JsonObject;
  readonly recheckMs: number | undefined;
  readonly late: readonly KubernetesObject[];
} {
  const known = objectAt(budget, 'status', 'disruptedPods') ?? {};
  const disrupted: Record<string, string> = {};
  const late: KubernetesObject[] = [];
  let recheckMs: number | undefined;
  for (const pod of pods) {
    const since = stringAt(known, nameOf(pod));
    if (since === undefined || isBeingDeleted(pod)) continue;
    const leftMs = (runTimeOf(since) ?? 0) + DELETION_TIMEOUT_MS - nowMs;
    if (leftMs < 0) late.push(pod);
    else {
      recheckMs = Math.min(recheckMs ?? Infinity, leftMs);
      disrupted[nameOf(pod)] = since;
    }
  }
  return { disrupted, recheckMs, late };
}

export function healthyPods(pods: readonly KubernetesObject[], disrupted: JsonObject, nowMs: number): number {
  return pods.filter((pod) => {
    if (isBeingDeleted(pod) || !isReady(pod)) return false;
    const since = runTimeOf(stringAt(disrupted, nameOf(pod)));
    return since === undefined || since + DELETION_TIMEOUT_MS <= nowMs;
  }).length;
}

/** The status of a budget; undefined where it says that already. Source: `updatePdbStatus`, 1.36. */
export function budgetStatus(
  budget: KubernetesObject,
  { expected, desired }: ExpectedPods,
  healthy: number,
  disrupted: JsonObject,
  nowMs: number,
): JsonObject | undefined {
  const allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
  const generation = numberAt(budget, 'metadata', 'generation') ?? 0;
  const before = objectAt(budget, 'status') ?? {};
  const counts = {
    currentHealthy: healthy,
    desiredHealthy: desired,
    expectedPods: expected,
    disruptionsAllowed: allowed,
    observedGeneration: generation,
  };
  const isSame =
    Object.entries(counts).every(([field, count]) => (numberAt(before, field) ?? 0) === count) &&
    jsonEqual(objectAt(before, 'disruptedPods') ?? {}, disrupted);
  const reason = allowed > 0 ? 'SufficientPods' : 'InsufficientPods';
  const status = allowed > 0 ? 'True' : 'False';
  const told = findCondition(conditionsOf(budget), 'DisruptionAllowed');
  if (isSame && stringAt(told, 'status') === status && stringAt(told, 'reason') === reason) return undefined;
  return {
    ...(generation === 0 ? {} : { observedGeneration: generation }),
    ...(Object.keys(disrupted).length === 0 ? {} : { disruptedPods: disrupted }),
    disruptionsAllowed: allowed,
    currentHealthy: healthy,
    desiredHealthy: desired,
    expectedPods: expected,
    conditions: withAllowed(budget, status, reason, '', generation, nowMs),
  };
}

/** The status of a budget that cannot be counted: nothing is allowed. Source: `failSafe`, 1.36. */
export function failedStatus(budget: KubernetesObject, failure: string, nowMs: number): JsonObject {
  const generation = numberAt(budget, 'status', 'observedGeneration') ?? 0;
  return {
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
    ...objectAt(budget, 'status'),
    disruptionsAllowed: 0,
    conditions: withAllowed(budget, 'False', 'SyncFailed', failure, generation, nowMs),
  };
}

function withAllowed(
  budget: KubernetesObject,
  status: 'True' | 'False',
  reason: string,
  message: string,
  observedGeneration: number,
  nowMs: number,
): readonly JsonObject[] {
  const condition = {
    type: 'DisruptionAllowed',
    status,
    reason,
    message,
    ...(observedGeneration === 0 ? {} : { observedGeneration }),
  };
  return setCondition(conditionsOf(budget), condition, timeOf(nowMs));
}
