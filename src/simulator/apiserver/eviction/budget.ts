import { conditionsOf, findCondition, hasCondition, setCondition } from '../../../apimachinery/conditions.ts';
import { parseLabelSelector, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { Refusal } from '../status.ts';

/** Source: pkg/registry/core/pod/storage/eviction.go, 1.36: after how long a client asks again. */
const RETRY_SECONDS = 10;
/** Source: eviction.go `MaxDisruptedPodSize`. */
const MOST_DISRUPTED = 2000;

/** The budgets that cover a Pod. Source: `getPodDisruptionBudgets`. */
export function budgetsOf(pod: KubernetesObject, budgets: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return budgets.filter(
    (budget) =>
      namespaceOf(budget) === namespaceOf(pod) &&
      selectsObject(parseLabelSelector(valueAt(budget, 'spec', 'selector')), pod),
  );
}

export const SEVERAL_BUDGETS: Refusal = {
  code: 500,
  reason: '',
  message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
};

/** Whether a Pod that is not ready may go without a look at what its budget still allows. */
export function isUnguarded(pod: KubernetesObject, budget: KubernetesObject): boolean {
  return !hasCondition(conditionsOf(pod), 'Ready', 'True') && isUnhealthyFree(budget);
}

/** The budget with one disruption less. Source: `checkAndDecrement`. */
export function decremented(budget: KubernetesObject, pod: KubernetesObject, now: string): KubernetesObject {
  const status = objectAt(budget, 'status') ?? {};
  const disruptionsAllowed = (numberAt(status, 'disruptionsAllowed') ?? 0) - 1;
  const disruptedPods = { ...objectAt(status, 'disruptedPods'), [nameOf(pod)]: now };
  const none = { type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods', message: '' } as const;
  const observedGeneration = numberAt(status, 'observedGeneration');
  const told = { ...none, ...(observedGeneration === undefined ? {} : { observedGeneration }) };
  const conditions = setCondition(conditionsOf(budget), told, now);
  return {
    ...budget,
    status: { ...status, disruptionsAllowed, disruptedPods, ...(disruptionsAllowed === 0 ? { conditions } : {}) },
  };
}

function isUnhealthyFree(budget: KubernetesObject): boolean {
  if (stringAt(budget, 'spec', 'unhealthyPodEvictionPolicy') === 'AlwaysAllow') return true;
  const desired = numberAt(budget, 'status', 'desiredHealthy') ?? 0;
  return desired > 0 && (numberAt(budget, 'status', 'currentHealthy') ?? 0) >= desired;
}

/** Source: eviction.go `checkAndDecrement`, 1.36. */
export function whyNot(budget: KubernetesObject): Refusal | undefined {
  const name = nameOf(budget);
  const status = objectAt(budget, 'status') ?? {};
  if ((numberAt(status, 'observedGeneration') ?? 0) < (numberAt(budget, 'metadata', 'generation') ?? 0))
    return stillProcessed(name);
  const allowed = numberAt(status, 'disruptionsAllowed') ?? 0;
  if (allowed < 0) return forbidden(name, 'pdb disruptions allowed is negative');
  if (Object.keys(objectAt(status, 'disruptedPods') ?? {}).length > MOST_DISRUPTED)
    return forbidden(name, 'DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  return allowed > 0 ? undefined : tooMany(reasonOf(name, budget, status));
}

/** Source: `createTooManyRequestsError`. */
export function stillProcessed(name: string): Refusal {
  return tooMany(`The disruption budget ${name} is still being processed by the server.`, RETRY_SECONDS);
}

function reasonOf(name: string, budget: KubernetesObject, status: JsonObject): string {
  const condition = findCondition(conditionsOf(budget), 'DisruptionAllowed');
  const message = stringAt(condition, 'status') === 'False' ? (stringAt(condition, 'message') ?? '') : '';
  const start = `The disruption budget ${name} does not allow evicting pods currently`;
  const reason = stringAt(condition, 'reason') ?? '';
  if (message !== '' && reason === 'SyncFailed') return `${start} because it failed sync: ${message}`;
  const [desired, healthy] = [numberAt(status, 'desiredHealthy') ?? 0, numberAt(status, 'currentHealthy') ?? 0];
  if (healthy <= desired)
    return `The disruption budget ${name} needs ${desired} healthy pods and has ${healthy} currently`;
  return message === '' ? start : `${start} (${reason}): ${message}`;
}

function forbidden(name: string, why: string): Refusal {
  return { code: 403, reason: 'Forbidden', message: `poddisruptionbudget.policy "${name}" is forbidden: ${why}` };
}

function tooMany(cause: string, retryAfterSeconds?: number): Refusal {
  return {
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [{ reason: 'DisruptionBudget', message: cause }],
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  };
}
