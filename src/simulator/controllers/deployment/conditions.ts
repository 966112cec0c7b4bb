import type { JsonObject } from '../../../base/json.ts';
import { findCondition } from '../../../apimachinery/conditions.ts';
import type { ConditionStatus } from '../../../apimachinery/conditions.ts';

/** A condition of a Deployment, which keeps when it was last told beside when it last changed. */
export function deploymentCondition(
  type: string,
  status: ConditionStatus,
  reason: string,
  message: string,
  now: string,
): JsonObject {
  return { type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message };
}

/**
 * The conditions with one set, at the end; the same where it says nothing new but words.
 * Source: pkg/controller/deployment/util/deployment_util.go `SetDeploymentCondition`, 1.36.
 */
export function withCondition(conditions: readonly JsonObject[], condition: JsonObject): readonly JsonObject[] {
  const type = condition['type'] as string;
  const before = findCondition(conditions, type);
  if (before === undefined) return [...conditions, condition];
  if (before['status'] !== condition['status']) return [...conditions.filter((entry) => entry !== before), condition];
  if (before['reason'] === condition['reason']) return conditions;
  const { lastTransitionTime } = before;
  return [...conditions.filter((entry) => entry !== before), { ...condition, lastTransitionTime }];
}
