import { conditionsOf, findCondition, hasCondition, setCondition } from '../../../apimachinery/conditions.ts';
import { matchesLabels, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, isKubernetesObject, labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import { SUCCESS, badRequest, isRefusal, notFound } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { Server, SideWrite } from '../state.ts';
import type { Subresource } from '../subresources.ts';
import { remove } from '../verbs/delete.ts';

/**
 * Deletes a Pod where its PodDisruptionBudget lets it go.
 * Source: pkg/registry/core/pod/storage/eviction.go, 1.36.
 */
export const eviction: Subresource = {
  subresource: 'eviction',
  resources: ['pods'],
  verbs: {
    create(write) {
      const { server, request, resource, current } = write;
      const { body, name = '' } = request;
      if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
      if (name !== nameOf(body)) return badRequest('name in URL does not match name in Eviction object');
      if (current === undefined) return notFound(resource, name);
      const pod = current.object;
      const allowed = canIgnoreBudget(pod) ? { writes: [] } : askBudget(server, pod);
      if (isRefusal(allowed)) return allowed;
      const seconds = numberAt(body, 'deleteOptions', 'gracePeriodSeconds');
      const options = { ...request.options, ...(seconds === undefined ? {} : { gracePeriodSeconds: seconds }) };
      const marked = { object: withDisruptionTarget(pod, timeOf(server.context.nowMs)), revision: current.revision };
      const prepared = remove({ ...write, request: { ...request, options }, current: marked });
      if (isRefusal(prepared)) return prepared;
      return { ...prepared, code: 201, answer: SUCCESS, writes: [...allowed.writes, ...(prepared.writes ?? [])] };
    },
  },
};

function canIgnoreBudget(pod: KubernetesObject): boolean {
  const phase = stringAt(pod, 'status', 'phase');
  return phase !== 'Running' || isBeingDeleted(pod);
}

/** The one budget that covers the Pod, with one disruption less; a refusal where it allows none. */
function askBudget(
  { state, context }: Server,
  pod: KubernetesObject,
): { readonly writes: readonly SideWrite[] } | Refusal {
  const budgets = state.caches
    .get('poddisruptionbudgets.policy')!
    .view.list(namespaceOf(pod))
    .filter((budget) => matchesLabels(parseLabelSelector(valueAt(budget, 'spec', 'selector')), labelsOf(pod)));
  if (budgets.length > 1) return { code: 500, reason: '', message: SEVERAL };
  const [budget] = budgets;
  if (budget === undefined || (!isReady(pod) && isUnhealthyFree(budget))) return { writes: [] };
  const refusal = whyNot(budget);
  if (refusal !== undefined) return refusal;
  const status = objectAt(budget, 'status') ?? {};
  const disrupted = { ...objectAt(status, 'disruptedPods'), [nameOf(pod)]: timeOf(context.nowMs) };
  const allowed = (numberAt(status, 'disruptionsAllowed') ?? 0) - 1;
  return {
    writes: [{ object: { ...budget, status: { ...status, disruptionsAllowed: allowed, disruptedPods: disrupted } } }],
  };
}

const SEVERAL = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';

function isReady(pod: KubernetesObject): boolean {
  return hasCondition(conditionsOf(pod), 'Ready', 'True');
}

function isUnhealthyFree(budget: KubernetesObject): boolean {
  if (stringAt(budget, 'spec', 'unhealthyPodEvictionPolicy') === 'AlwaysAllow') return true;
  const desired = numberAt(budget, 'status', 'desiredHealthy') ?? 0;
  return desired > 0 && (numberAt(budget, 'status', 'currentHealthy') ?? 0) >= desired;
}

/** Source: eviction.go `checkAndDecrement`, 1.36. */
function whyNot(budget: KubernetesObject): Refusal | undefined {
  const name = nameOf(budget);
  const status = objectAt(budget, 'status') ?? {};
  if ((numberAt(status, 'observedGeneration') ?? 0) < (numberAt(budget, 'metadata', 'generation') ?? 0))
    return tooMany(`The disruption budget ${name} is still being processed by the server.`, RETRY_SECONDS);
  const allowed = numberAt(status, 'disruptionsAllowed') ?? 0;
  if (allowed < 0) return forbidden(name, 'pdb disruptions allowed is negative');
  if (Object.keys(objectAt(status, 'disruptedPods') ?? {}).length > MOST_DISRUPTED)
    return forbidden(name, 'DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  return allowed > 0 ? undefined : tooMany(reasonOf(name, budget, status));
}

const RETRY_SECONDS = 10;
const MOST_DISRUPTED = 2000;

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

function withDisruptionTarget(pod: KubernetesObject, now: string): KubernetesObject {
  const target = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  } as const;
  const conditions = setCondition(conditionsOf(pod), target, now);
  return { ...pod, status: { ...objectAt(pod, 'status'), conditions } };
}
