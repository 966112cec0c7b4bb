import { conditionsOf, findCondition, setCondition } from '../../../apimachinery/conditions.ts';
import { parseLabelSelector, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { ApiResult } from '../../client/api-client.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { WatchEvent } from '../../messages.ts';
import type { Caches, Controller, Outcome, ReconcileContext } from '../controller.ts';
import {
  DEPLOYMENTS,
  DISRUPTION_BUDGETS,
  PODS,
  REPLICATION_CONTROLLERS,
  REPLICA_SETS,
  STATEFUL_SETS,
} from '../resources.ts';
import { goSelector } from '../workload/go-selector.ts';
import { isTerminal, runTimeOf } from '../workload/pod-state.ts';
import { budgetStatus, disruptedPods, expectedPods, failedStatus, healthyPods } from './budget-status.ts';

const POD = 'pod ';
/** Source: disruption.go `stalePodDisruptionTimeout`, 1.36. */
const STALE_MS = 120_000;

/**
 * Counts how many Pods of a PodDisruptionBudget may be evicted.
 * Source: pkg/controller/disruption/disruption.go, 1.36.
 */
export const disruption: Controller = {
  name: 'disruption-controller',
  reportsAs: 'controllermanager',
  workers: 3,
  watches: [
    { resource: DISRUPTION_BUDGETS, keysOf: ({ key }) => [key] },
    { resource: PODS, keysOf: keysOfPod },
    ...[REPLICATION_CONTROLLERS, REPLICA_SETS, DEPLOYMENTS, STATEFUL_SETS].map((resource) => ({
      resource,
      keysOf: () => [],
    })),
  ],
  reconcile(context, key) {
    if (key.startsWith(POD)) return lookAtPod(context, key.slice(POD.length));
    const budget = context.view(DISRUPTION_BUDGETS).getKey(key);
    return budget === undefined ? undefined : sync(context, budget);
  },
};

function budgetsOf(pod: KubernetesObject, caches: Caches): readonly KubernetesObject[] {
  return caches
    .view(DISRUPTION_BUDGETS)
    .list(namespaceOf(pod))
    .filter((budget) => selectsObject(parseLabelSelector(valueAt(budget, 'spec', 'selector')), pod));
}

/** The first budget that covers a Pod; the Pod itself where several do, or where it says that it will go and does not. */
function keysOfPod({ object, key, type }: WatchEvent, caches: Caches): readonly string[] {
  const budgets = budgetsOf(object, caches);
  const first = budgets[0] === undefined ? [] : [`${namespaceOf(object) ?? ''}/${nameOf(budgets[0])}`];
  const isLookedAt = budgets.length > 1 || (type !== 'DELETED' && staleAtMs(object) !== undefined);
  return isLookedAt ? [...first, POD + key] : first;
}

/** When a Pod was told to go for which nothing came of it, plus the patience; undefined where it was not. */
function staleAtMs(pod: KubernetesObject): number | undefined {
  const target = findCondition(conditionsOf(pod), 'DisruptionTarget');
  const isMeant = stringAt(target, 'status') === 'True' && stringAt(target, 'reason') !== 'TerminationByKubelet';
  if (isBeingDeleted(pod) || isTerminal(pod) || !isMeant) return undefined;
  return (runTimeOf(stringAt(target, 'lastTransitionTime')) ?? 0) + STALE_MS;
}

/** Source: `syncStalePodDisruption`, 1.36. */
function lookAtPod(context: ReconcileContext, key: string): Outcome | void {
  const pod = context.view(PODS).getKey(key);
  if (pod === undefined) return undefined;
  const [namespace, name] = [namespaceOf(pod) ?? '', nameOf(pod)];
  const budgets = budgetsOf(pod, context);
  if (budgets.length > 1 && budgets[0] !== undefined) {
    const words = `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  Chose "${nameOf(budgets[0])}" arbitrarily.`;
    context.event(pod, 'Warning', 'MultiplePodDisruptionBudgets', words);
  }
  const staleMs = staleAtMs(pod);
  if (staleMs === undefined) return undefined;
  if (staleMs > context.nowMs) return { requeueAfterMs: staleMs - context.nowMs };
  const before = conditionsOf(pod);
  const conditions = setCondition(before, { type: 'DisruptionTarget', status: 'False' }, timeOf(context.nowMs));
  const body: KubernetesObject = { ...pod, status: { ...objectAt(pod, 'status'), conditions } };
  const at = { resource: PODS, namespace, name };
  const written = context.api.call({ ...at, verb: 'update', subresource: 'status', body });
  return written.ok ? undefined : { failed: written.message };
}

function sync(context: ReconcileContext, budget: KubernetesObject): Outcome | void {
  const selector = parseLabelSelector(valueAt(budget, 'spec', 'selector'));
  const pods = context
    .view(PODS)
    .list(namespaceOf(budget))
    .filter((pod) => selectsObject(selector, pod));
  if (pods.length === 0) context.event(budget, 'Normal', 'NoPods', 'No matching pods found');
  const expected = expectedPods(context, budget, pods);
  const { nowMs } = context;
  if ('failure' in expected) {
    const words = `Failed to calculate the number of expected pods: ${expected.failure}`;
    context.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', words);
    return failSafe(context, budget, expected.failure);
  }
  if (expected.isUnmanaged) {
    const shown = goSelector(objectAt(budget, 'spec', 'selector') ?? {});
    const words = `Pods selected by this PodDisruptionBudget (selector: ${shown}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;
    context.event(budget, 'Warning', 'UnmanagedPods', words);
  }
  const { disrupted, recheckMs, late } = disruptedPods(budget, pods, nowMs);
  const namespace = namespaceOf(budget) ?? '';
  // The words name the namespace twice, as upstream's do.
  for (const pod of late)
    context.event(
      pod,
      'Warning',
      'NotDeleted',
      `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`,
    );
  const status = budgetStatus(budget, expected, healthyPods(pods, disrupted, nowMs), disrupted, nowMs);
  const written = status === undefined ? undefined : writeStatus(context, budget, status);
  if (written !== undefined && !written.ok)
    return written.code === 409 ? { failed: written.message } : failSafe(context, budget, written.message);
  return recheckMs === undefined ? undefined : { requeueAfterMs: recheckMs };
}

function writeStatus(context: ReconcileContext, budget: KubernetesObject, status: JsonObject): ApiResult {
  const at = { resource: DISRUPTION_BUDGETS, namespace: namespaceOf(budget) ?? '', name: nameOf(budget) };
  return context.api.call({ ...at, verb: 'update', subresource: 'status', body: { ...budget, status } });
}

/** Nothing is allowed while it cannot be counted. */
function failSafe(context: ReconcileContext, budget: KubernetesObject, failure: string): Outcome | void {
  const written = writeStatus(context, budget, failedStatus(budget, failure, context.nowMs));
  return written.ok ? undefined : { failed: written.message };
}
