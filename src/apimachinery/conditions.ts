import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, isJsonObject, stringAt } from '../base/json.ts';

/**
 * `status.conditions`: what is true of an object just now.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/meta/conditions.go, 1.36. Kinds with conditions of their own (Pod,
 * Node, Deployment…) keep more times than this.
 */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** A condition to be set. What it leaves out, the condition will not have. */
export interface Condition {
  readonly type: string;
  readonly status: ConditionStatus;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number;
  readonly lastTransitionTime?: string;
}

/** `status.conditions` of an object; entries that are no objects are left out. */
export function conditionsOf(object: unknown): readonly JsonObject[] {
  return arrayAt(object, 'status', 'conditions').filter(isJsonObject);
}

export function findCondition(conditions: readonly JsonObject[], type: string): JsonObject | undefined {
  return conditions.find((condition) => stringAt(condition, 'type') === type);
}

export function hasCondition(conditions: readonly JsonObject[], type: string, status: ConditionStatus): boolean {
  return stringAt(findCondition(conditions, type), 'status') === status;
}

/**
 * The conditions with one set: added at the end, or changed in its place. `lastTransitionTime` moves only when the status
 * changes, to the condition's own or else to `now` (both as the API server writes times). The same list comes back when
 * nothing changes.
 */
export function setCondition(
  conditions: readonly JsonObject[],
  condition: Condition,
  now: string,
): readonly JsonObject[] {
  const before = findCondition(conditions, condition.type);
  const moved = condition.lastTransitionTime || now;
  if (before === undefined) return [...conditions, { ...condition, lastTransitionTime: moved }];
  const statusChanged = before['status'] !== condition.status;
  const fieldsChanged = UPDATED_FIELDS.some((field) => !sameField(before[field], condition[field]));
  if (!statusChanged && !fieldsChanged) return conditions;
  const after: Record<string, JsonValue | undefined> = { ...before, status: condition.status };
  if (statusChanged) after['lastTransitionTime'] = moved;
  for (const field of UPDATED_FIELDS) {
    if (condition[field] === undefined) delete after[field];
    else after[field] = condition[field];
  }
  return conditions.map((entry) => (entry === before ? after : entry));
}

const UPDATED_FIELDS = ['reason', 'message', 'observedGeneration'] as const;

/** A field that is missing is the same as an empty one. */
function sameField(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return (a || undefined) === (b || undefined);
}

/** The conditions without one; the same list when it is not there. */
export function removeCondition(conditions: readonly JsonObject[], type: string): readonly JsonObject[] {
  const left = conditions.filter((condition) => stringAt(condition, 'type') !== type);
  return left.length === conditions.length ? conditions : left;
}
