import { findCondition, hasCondition } from '../../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, asString, isJsonObject, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import { msOf } from '../../../kernel/clock.ts';

/** A device of the claim cannot be made ready, and why. */
export interface BindingFailed {
  readonly problem: string;
}

/** Whether a Pod with the claim has to wait until somebody has made the devices ready for its Node. */
export function hasBindingConditions(claim: KubernetesObject): boolean {
  return resultsOf(claim).some((result) => namesAt(result, 'bindingConditions').length > 0);
}

/**
 * Whether all binding conditions of a claim's devices are true and no failure condition is: `waiting` else, also where the
 * claim has no devices yet. Source: pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go
 * `isClaimReadyForBinding`, 1.36.
 */
export function bindingReadiness(claim: KubernetesObject): 'ready' | 'waiting' | BindingFailed {
  if (objectAt(claim, 'status', 'allocation') === undefined) return 'waiting';
  for (const result of resultsOf(claim)) {
    const awaited = namesAt(result, 'bindingConditions');
    if (awaited.length === 0) continue;
    const conditions = deviceConditions(claim, result);
    if (conditions === undefined) return 'waiting';
    for (const type of namesAt(result, 'bindingFailureConditions')) {
      if (!hasCondition(conditions, type, 'True')) continue;
      const failed = findCondition(conditions, type);
      const [reason, message] = [stringAt(failed, 'reason') ?? '', stringAt(failed, 'message') ?? ''];
      return {
        problem: `device binding failed: claim=${nameOf(claim)}, reason=${reason}, message=${JSON.stringify(message)}`,
      };
    }
    if (awaited.some((type) => !hasCondition(conditions, type, 'True'))) return 'waiting';
  }
  return 'ready';
}

/** Whether the claim has waited too long since it was allocated. Source: dynamicresources.go `isClaimTimeout`, 1.36. */
export function isBindingTimedOut(claim: KubernetesObject, nowMs: number, timeoutMs: number): boolean {
  const since = msOf(stringAt(claim, 'status', 'allocation', 'allocationTimestamp') ?? '');
  if (since === undefined || since + timeoutMs >= nowMs) return false;
  return resultsOf(claim).some((result) => valueAt(result, 'bindingConditions') !== undefined);
}

function resultsOf(claim: KubernetesObject): readonly JsonValue[] {
  return arrayAt(claim, 'status', 'allocation', 'devices', 'results');
}

function namesAt(result: JsonValue, field: string): readonly string[] {
  return arrayAt(result, field).flatMap((name) => asString(name) ?? []);
}

const PLACE = ['driver', 'pool', 'device'] as const;

/** What its driver tells of an allocated device; undefined where it told nothing yet. */
function deviceConditions(claim: KubernetesObject, result: JsonValue): readonly JsonObject[] | undefined {
  const told = arrayAt(claim, 'status', 'devices').find((device) =>
    PLACE.every((field) => stringAt(device, field) === stringAt(result, field)),
  );
  return told === undefined ? undefined : arrayAt(told, 'conditions').filter(isJsonObject);
}
