import { parseLabelSelector, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonEqual, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { WatchEvent } from '../../messages.ts';
import type { Caches, Controller, Outcome, ReconcileContext } from '../controller.ts';
import { REVISION_HASH } from '../history/revisions.ts';
import { CONTROLLER_REVISIONS, DAEMON_SETS, NODES, PODS } from '../resources.ts';
import { claim, ownedOrOrphaned } from '../workload/claim.ts';
import { createPods, deletePods, podFromTemplate } from '../workload/pod-control.ts';
import { isAvailable, isReady, isTerminal } from '../workload/pod-state.ts';
import { withoutEmpty } from '../workload/status-fields.ts';
import { must, orFailed } from '../workload/sync-failure.ts';
import type { FailedPods } from './backoff.ts';
import { takeFailed } from './backoff.ts';
import { cleanUpHistory, daemonHistory } from './history.ts';
import { byPlaceAndAge, manageStep, podWords } from './manage.ts';
import { nodeShouldRun, pinnedTo, targetNode, withTolerations } from './nodes.ts';
import type { DaemonStep } from './rolling.ts';
import { GENERATION_LABEL, isUpdated, rollingStep, templateGeneration } from './rolling.ts';

/** Source: pkg/controller/daemon/daemon_controller.go, 1.36. */
export const daemonSet: Controller = {
  name: 'daemonset-controller',
  account: 'daemon-set-controller',
  workers: 2,
  readsOwnWrites: true,
  watches: [
    { resource: DAEMON_SETS, keysOf: ({ key }) => [key] },
    { resource: NODES, keysOf: keysOfNode },
    { resource: PODS, keysOf: keysOfOwned },
    { resource: CONTROLLER_REVISIONS, keysOf: keysOfOwned },
  ],
  reconcile: (context, key) => orFailed(() => sync(context, key)),
};

/** Source: daemon_controller.go `BurstReplicas`, 1.36. */
const MOST_AT_ONCE = 250;

function sync(context: ReconcileContext, key: string): Outcome | void {
  const set = context.view(DAEMON_SETS).getKey(key);
  if (set === undefined) return undefined;
  if (jsonEqual(valueAt(set, 'spec', 'selector'), {})) {
    const words = 'This daemon set is selecting all pods. A non-empty selector is required.';
    return context.event(set, 'Warning', 'SelectingAll', words);
  }
  if (isBeingDeleted(set)) return undefined;
  const nodes = context.view(NODES).list();
  const selector = parseLabelSelector(valueAt(set, 'spec', 'selector'));
  const owned = ownedOrOrphaned(context.view(PODS), set);
  const pods = claim(context, { owner: set, resource: DAEMON_SETS, selector }, owned, PODS);
  const { hash, old } = daemonHistory(context, set, pods);
  const podsOn = byNode(pods);
  const { failure, waitMs } = manage(context, set, nodes, podsOn, hash);
  if (failure === undefined) cleanUpHistory(context, set, old, pods);
  writeStatus(context, set, countedStatus(set, nodes, podsOn, hash, context.nowMs));
  if (failure !== undefined) return { failed: failure };
  const minReadyMs = (numberAt(set, 'spec', 'minReadySeconds') ?? 0) * 1000;
  const waits = [waitMs, isWaiting(set, podsOn, context.nowMs) ? minReadyMs : undefined].filter(
    (wait) => wait !== undefined,
  );
  return waits.length === 0 ? undefined : { requeueAfterMs: Math.min(...waits) };
}

/** Pods by the Node that they are on or meant for; those that have ended and go are nowhere. */
function byNode(pods: readonly KubernetesObject[]): ReadonlyMap<string, readonly KubernetesObject[]> {
  const found = new Map<string, KubernetesObject[]>();
  for (const pod of pods) {
    const node = isTerminal(pod) && isBeingDeleted(pod) ? undefined : targetNode(pod);
    if (node === undefined) continue;
    const list = found.get(node);
    if (list === undefined) found.set(node, [pod]);
    else list.push(pod);
  }
  return found;
}

function manage(
  context: ReconcileContext,
  set: KubernetesObject,
  nodes: readonly KubernetesObject[],
  podsOn: ReadonlyMap<string, readonly KubernetesObject[]>,
  hash: string,
): { readonly failure: string | undefined; readonly waitMs: number | undefined } {
  const { nowMs } = context;
  const step = manageStep(set, nodes, podsOn, hash, nowMs);
  const { due, waitMs, kept } = takeFailed(step.failed, (context.memory ?? {}) as FailedPods, nowMs);
  if (due.length > 0) context.remember(kept);
  for (const entry of due)
    context.event(set, 'Warning', 'FailedDaemonPod', `Found failed ${podWords(entry)}, will try to kill it`);
  for (const entry of step.succeeded)
    context.event(set, 'Normal', 'SucceededDaemonPod', `Found succeeded ${podWords(entry)}, will try to delete it`);
  const ended = [...due, ...step.succeeded].map(({ pod }) => nameOf(pod));
  const first: DaemonStep = { add: step.add, remove: [...ended, ...step.remove] };
  const isRolling = stringAt(set, 'spec', 'updateStrategy', 'type') === 'RollingUpdate';
  const isStill = first.add.length + first.remove.length === 0;
  // A roll-out goes on when the caches have seen what was just written.
  const taken = isStill && isRolling ? rollingStep(set, nodes, podsOn, hash, nowMs) : first;
  return { failure: take(context, set, taken, hash), waitMs };
}

/** Source: daemon_controller.go `syncNodes`, 1.36. */
function take(
  context: ReconcileContext,
  set: KubernetesObject,
  { add, remove }: DaemonStep,
  hash: string,
): string | undefined {
  const pod = podFromTemplate(set, valueAt(set, 'spec', 'template'));
  const generation = templateGeneration(set);
  const metadata = objectAt(pod, 'metadata') ?? {};
  const labels = {
    ...objectAt(metadata, 'labels'),
    ...(generation === undefined ? {} : { [GENERATION_LABEL]: generation }),
    [REVISION_HASH]: hash,
  };
  const spec = withTolerations(objectAt(pod, 'spec') ?? {});
  const made = add
    .slice(0, MOST_AT_ONCE)
    .map((node): KubernetesObject => ({ ...pod, metadata: { ...metadata, labels }, spec: pinnedTo(spec, node) }));
  const failures = [...createPods(context, set, made), ...deletePods(context, set, remove.slice(0, MOST_AT_ONCE))];
  return failures[0];
}

/** Source: daemon_controller.go `updateDaemonSetStatus`, 1.36. */
function countedStatus(
  set: KubernetesObject,
  nodes: readonly KubernetesObject[],
  podsOn: ReadonlyMap<string, readonly KubernetesObject[]>,
  hash: string,
  nowMs: number,
): JsonObject {
  const minReadySeconds = numberAt(set, 'spec', 'minReadySeconds') ?? 0;
  let [desired, current, misscheduled, ready, updated, available] = [0, 0, 0, 0, 0, 0];
  for (const node of nodes) {
    const pod = [...(podsOn.get(nameOf(node)) ?? [])].sort(byPlaceAndAge)[0];
    const { shouldRun } = nodeShouldRun(set, node);
    if (!shouldRun) misscheduled += pod === undefined ? 0 : 1;
    else desired++;
    if (!shouldRun || pod === undefined) continue;
    current++;
    if (isReady(pod)) ready++;
    if (isAvailable(pod, minReadySeconds, nowMs)) available++;
    if (isUpdated(set, pod, hash)) updated++;
  }
  return withoutEmpty(
    {
      ...objectAt(set, 'status'),
      currentNumberScheduled: current,
      numberMisscheduled: misscheduled,
      desiredNumberScheduled: desired,
      numberReady: ready,
      observedGeneration: numberAt(set, 'metadata', 'generation') ?? 0,
      updatedNumberScheduled: updated,
      numberAvailable: available,
      numberUnavailable: desired - available,
    },
    ['currentNumberScheduled', 'numberMisscheduled', 'desiredNumberScheduled', 'numberReady'],
  );
}

function writeStatus(context: ReconcileContext, set: KubernetesObject, status: JsonObject): void {
  if (jsonEqual(status, objectAt(set, 'status') ?? {})) return;
  const at = { resource: DAEMON_SETS, namespace: namespaceOf(set) ?? '', name: nameOf(set) };
  const write = (object: KubernetesObject) =>
    context.api.call({ ...at, verb: 'update', subresource: 'status', body: { ...object, status } });
  if (write(set).ok) return;
  must(write(must(context.api.call({ ...at, verb: 'get' }))));
}

function isWaiting(
  set: KubernetesObject,
  podsOn: ReadonlyMap<string, readonly KubernetesObject[]>,
  nowMs: number,
): boolean {
  const minReadySeconds = numberAt(set, 'spec', 'minReadySeconds') ?? 0;
  if (minReadySeconds === 0) return false;
  return [...podsOn.values()].flat().some((pod) => isReady(pod) && !isAvailable(pod, minReadySeconds, nowMs));
}

function keysOfOwned({ object, type }: WatchEvent, caches: Caches): readonly string[] {
  const owner = controllerOf(object);
  const namespace = namespaceOf(object) ?? '';
  if (owner !== undefined) return owner.kind === 'DaemonSet' ? [`${namespace}/${owner.name}`] : [];
  if (type === 'DELETED') return [];
  return caches
    .view(DAEMON_SETS)
    .list(namespace)
    .filter((set) => selectsObject(parseLabelSelector(valueAt(set, 'spec', 'selector')), object))
    .map((set) => `${namespace}/${nameOf(set)}`);
}

/** Source: daemon_controller.go `updateNode`, 1.36: only labels and taints count. */
function keysOfNode({ object, old, type }: WatchEvent, caches: Caches): readonly string[] {
  const isSame =
    type === 'MODIFIED' &&
    old !== undefined &&
    jsonEqual(valueAt(object, 'metadata', 'labels') ?? {}, valueAt(old, 'metadata', 'labels') ?? {}) &&
    jsonEqual(valueAt(object, 'spec', 'taints') ?? [], valueAt(old, 'spec', 'taints') ?? []);
  if (isSame) return [];
  return caches
    .view(DAEMON_SETS)
    .list()
    .map((set) => `${namespaceOf(set) ?? ''}/${nameOf(set)}`);
}
