import { conditionsOf } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';

/** How a Job ends. */
export interface Ending {
  readonly type: 'FailureTarget' | 'SuccessCriteriaMet';
  readonly reason: string;
  readonly message: string;
}

/** Complete or Failed. */
export function isFinished(job: KubernetesObject): boolean {
  return conditionsOf(job).some(
    (condition) =>
      stringAt(condition, 'status') === 'True' && ['Complete', 'Failed'].includes(stringAt(condition, 'type') ?? ''),
  );
}

/** What an earlier sync has decided and not yet brought to an end. */
export function endingOf(job: KubernetesObject): Ending | undefined {
  for (const type of ['SuccessCriteriaMet', 'FailureTarget'] as const) {
    const found = conditionsOf(job).find(
      (condition) => stringAt(condition, 'type') === type && stringAt(condition, 'status') === 'True',
    );
    if (found !== undefined)
      return { type, reason: stringAt(found, 'reason') ?? '', message: stringAt(found, 'message') ?? '' };
  }
  return undefined;
}

/** The conditions with one set; the same list where nothing changes. */
export function withCondition(
  conditions: readonly JsonObject[],
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
  now: string,
): readonly JsonObject[] {
  const before = conditions.find((condition) => stringAt(condition, 'type') === type);
  if (before === undefined && status === 'False') return conditions;
  const isSame =
    before !== undefined &&
    stringAt(before, 'status') === status &&
    stringAt(before, 'reason') === reason &&
    stringAt(before, 'message') === message;
  if (isSame) return conditions;
  const condition = { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message };
  return before === undefined
    ? [...conditions, condition]
    : conditions.map((each) => (each === before ? condition : each));
}
