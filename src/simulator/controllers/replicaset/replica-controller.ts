import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import { selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerOf, isControlledBy, uidOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonEqual, numberAt, valueAt } from '../../../base/json.ts';
import type { ResourceName, WatchEvent } from '../../messages.ts';
import type { Caches, Controller, Outcome, ReconcileContext } from '../controller.ts';
import { PODS } from '../resources.ts';
import { claim, ownedOrOrphaned } from '../workload/claim.ts';
import { createPods, deletePods, podFromTemplate } from '../workload/pod-control.ts';
import { isActive, isReady, isTerminating, nextAvailabilityMs } from '../workload/pod-state.ts';
import { must, orFailed } from '../workload/sync-failure.ts';
import { podsToDelete } from './pods-to-delete.ts';
import { replicaStatus, statusDiffers } from './status.ts';

/** What differs between ReplicaSets and ReplicationControllers. */
export interface ReplicaKind {
  readonly name: string;
  readonly account?: string;
  readonly reportsAs?: string;
  readonly resource: ResourceName;
  readonly kind: string;
  selectorOf(owner: KubernetesObject): LabelSelector;
  readonly countsTerminating: boolean;
}

/** Source: pkg/controller/replicaset/replica_set.go `BurstReplicas`, 1.36. */
const MOST_AT_ONCE = 500;

/** Keeps the number of Pods that an object asks for. Source: pkg/controller/replicaset/replica_set.go, 1.36. */
export function replicaController(settings: ReplicaKind): Controller {
  const { name, account, reportsAs, resource } = settings;
  return {
    name,
    ...(account === undefined ? {} : { account }),
    ...(reportsAs === undefined ? {} : { reportsAs }),
    workers: 5,
    readsOwnWrites: true,
    watches: [
      { resource, keysOf: ({ key }) => [key] },
      { resource: PODS, keysOf: (event, caches) => keysOfPod(settings, event, caches) },
    ],
    reconcile: (context, key) => orFailed(() => sync(settings, context, key)),
  };
}

function sync(settings: ReplicaKind, context: ReconcileContext, key: string): Outcome | void {
  const { resource, selectorOf, countsTerminating } = settings;
  const owner = context.view(resource).getKey(key);
  if (owner === undefined) return undefined;
  const selector = selectorOf(owner);
  if (selector.invalid) return undefined;
  const pods = ownedOrOrphaned(context.view(PODS), owner);
  const active = claim(context, { owner, resource, selector }, pods.filter(isActive), PODS);
  const terminating = pods.filter(
    (pod) => isTerminating(pod) && isControlledBy(pod, owner) && selectsObject(selector, pod),
  );
  const failure = isBeingDeleted(owner) ? undefined : manageReplicas(settings, context, owner, active);
  const { nowMs } = context;
  const status = replicaStatus(owner, {
    active,
    terminating: countsTerminating ? terminating : undefined,
    failure,
    nowMs,
  });
  if (statusDiffers(owner, status)) writeStatus(settings, context, owner, status);
  if (failure !== undefined) return { failed: failure };
  const minReadySeconds = numberAt(owner, 'spec', 'minReadySeconds') ?? 0;
  if (minReadySeconds === 0 || (status['readyReplicas'] ?? 0) === (status['availableReplicas'] ?? 0)) return undefined;
  return { requeueAfterMs: nextAvailabilityMs(active, minReadySeconds, nowMs) ?? minReadySeconds * 1000 };
}

/** A change that fails is tried once more on what is there now. Source: replica_set_utils.go, 1.36. */
function writeStatus(
  { resource }: ReplicaKind,
  context: ReconcileContext,
  owner: KubernetesObject,
  counted: JsonObject,
): void {
  const at = { resource, namespace: namespaceOf(owner) ?? '', name: nameOf(owner) };
  const status = { ...counted, observedGeneration: numberAt(owner, 'metadata', 'generation') ?? 0 };
  const write = (object: KubernetesObject) =>
    context.api.call({ ...at, verb: 'update', subresource: 'status', body: { ...object, status } });
  if (write(owner).ok) return;
  must(write(must(context.api.call({ ...at, verb: 'get' }))));
}

function manageReplicas(
  settings: ReplicaKind,
  context: ReconcileContext,
  owner: KubernetesObject,
  active: readonly KubernetesObject[],
): string | undefined {
  const difference = active.length - (numberAt(owner, 'spec', 'replicas') ?? 1);
  if (difference < 0) {
    const pod = podFromTemplate(owner, valueAt(owner, 'spec', 'template'));
    const count = Math.min(-difference, MOST_AT_ONCE);
    return createPods(
      context,
      owner,
      Array.from({ length: count }, () => pod),
    )[0];
  }
  if (difference === 0) return undefined;
  const related = relatedPods(settings, context, owner);
  const chosen = podsToDelete(active, related, Math.min(difference, MOST_AT_ONCE), context.nowMs);
  return deletePods(context, owner, chosen.map(nameOf))[0];
}

/** Pods that the selectors of all objects of the same owner match. Source: `getIndirectlyRelatedPods`, 1.36. */
export function relatedPods(
  { resource, kind, selectorOf }: ReplicaKind,
  context: ReconcileContext,
  owner: KubernetesObject,
): readonly KubernetesObject[] {
  const controller = controllerOf(owner);
  const siblings =
    controller === undefined
      ? [owner]
      : context
          .view(resource)
          .indexed('owner', controller.uid)
          .filter((other) => other.kind === kind && controllerOf(other)?.uid === controller.uid);
  const found = new Map<string, KubernetesObject>();
  for (const sibling of siblings) {
    const selector = selectorOf(sibling);
    if (selector.invalid) continue;
    for (const pod of ownedOrOrphaned(context.view(PODS), sibling))
      if (selectsObject(selector, pod)) found.set(uidOf(pod), pod);
  }
  return [...found.values()];
}

/** The objects that a change of a Pod concerns: its owner, or those whose selector matches it while nobody owns it. */
export function keysOfPod(
  { kind, resource, selectorOf }: Pick<ReplicaKind, 'kind' | 'resource' | 'selectorOf'>,
  { object, old, type }: WatchEvent,
  caches: Caches,
): readonly (string | { readonly key: string; readonly afterMs: number })[] {
  const key = ownerKey(kind, object);
  const before = old === undefined || type !== 'MODIFIED' ? undefined : ownerKey(kind, old);
  const keys: (string | { readonly key: string; readonly afterMs: number })[] = [];
  if (before !== undefined && before !== key) keys.push(before);
  if (controllerOf(object) !== undefined) {
    if (key === undefined) return keys;
    keys.push(key);
    const becameReady = old !== undefined && !isReady(old) && isReady(object);
    const minReadySeconds = becameReady
      ? (numberAt(caches.view(resource).getKey(key), 'spec', 'minReadySeconds') ?? 0)
      : 0;
    if (minReadySeconds > 0) keys.push({ key, afterMs: minReadySeconds * 1000 });
    return keys;
  }
  const isNews =
    type === 'ADDED' ||
    (type === 'MODIFIED' && (old === undefined || controllerOf(old) !== undefined || labelsChanged(object, old)));
  if (!isNews || isBeingDeleted(object)) return keys;
  for (const owner of caches.view(resource).list(namespaceOf(object)))
    if (selectsObject(selectorOf(owner), object)) keys.push(`${namespaceOf(owner) ?? ''}/${nameOf(owner)}`);
  return keys;
}

function labelsChanged(object: KubernetesObject, old: KubernetesObject): boolean {
  return !jsonEqual(valueAt(object, 'metadata', 'labels'), valueAt(old, 'metadata', 'labels'));
}

function ownerKey(kind: string, pod: KubernetesObject): string | undefined {
  const owner = controllerOf(pod);
  return owner?.kind === kind ? `${namespaceOf(pod) ?? ''}/${owner.name}` : undefined;
}
