import { parseLabelSelector, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerOf, isControlledBy, uidOf } from '../../../apimachinery/owner-reference.ts';
import { jsonEqual, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { WatchEvent } from '../../messages.ts';
import type { Caches, Controller, Outcome, ReconcileContext } from '../controller.ts';
import { DEPLOYMENTS, PODS, REPLICA_SETS } from '../resources.ts';
import { claim, ownedOrOrphaned } from '../workload/claim.ts';
import { isTerminal } from '../workload/pod-state.ts';
import { orFailed } from '../workload/sync-failure.ts';
import { DeploymentSync } from './deployment-sync.ts';
import { proportionalSizes } from './proportion.ts';
import {
  DESIRED_REPLICAS,
  activeOrLatest,
  activeSets,
  countIn,
  countedReplicas,
  isRollingUpdate,
  isSaturated,
  newReplicas,
  replicasOf,
} from './replica-sets.ts';
import { shrinkOldSets } from './rolling.ts';
import { isComplete } from './status.ts';

/** Source: pkg/controller/deployment/deployment_controller.go, 1.36. */
export const deployment: Controller = {
  name: 'deployment-controller',
  workers: 5,
  watches: [
    { resource: DEPLOYMENTS, keysOf: ({ key }) => [key] },
    { resource: REPLICA_SETS, keysOf: keysOfReplicaSet },
    { resource: PODS, keysOf: keysOfPod },
  ],
  reconcile: (context, key) => orFailed(() => sync(context, key)),
};

function sync(context: ReconcileContext, key: string): Outcome | void {
  const found = context.view(DEPLOYMENTS).getKey(key);
  if (found === undefined) return undefined;
  if (jsonEqual(valueAt(found, 'spec', 'selector'), {})) return refuseEverything(context, found);
  const selector = parseLabelSelector(valueAt(found, 'spec', 'selector'));
  const candidates = ownedOrOrphaned(context.view(REPLICA_SETS), found);
  const sets = claim(context, { owner: found, resource: DEPLOYMENTS, selector }, candidates, REPLICA_SETS);
  const work = new DeploymentSync(context, found, sets);
  if (isBeingDeleted(found)) {
    work.findSets(false);
    return work.syncStatus();
  }
  work.checkPaused();
  if (valueAt(found, 'spec', 'paused') === true) return scaleOnly(work);
  work.findSets(false);
  if (isScaled(work)) return scaleOnly(work);
  return isRollingUpdate(found) ? rollOut(work) : recreate(work);
}

function refuseEverything(context: ReconcileContext, found: KubernetesObject): void {
  const words = 'This deployment is selecting all pods. A non-empty selector is required.';
  const work = new DeploymentSync(context, found, []);
  work.event('Warning', 'SelectingAll', words);
  const generation = numberAt(found, 'metadata', 'generation') ?? 0;
  if ((numberAt(found, 'status', 'observedGeneration') ?? 0) >= generation) return;
  work.deployment = { ...found, status: { ...objectAt(found, 'status'), observedGeneration: generation } };
  work.putStatus();
}

/** Somebody asked for another number of replicas. Source: sync.go `isScalingEvent`, 1.36. */
function isScaled(work: DeploymentSync): boolean {
  const desired = replicasOf(work.deployment);
  return activeSets(work.all).some((set) => (countIn(set, DESIRED_REPLICAS) ?? desired) !== desired);
}

/** What is done on scaling and while paused. Source: sync.go `sync`, 1.36. */
function scaleOnly(work: DeploymentSync): void {
  work.findSets(false);
  scaleAll(work);
  if (valueAt(work.deployment, 'spec', 'paused') === true) work.cleanUp();
  work.syncStatus();
}

/** Source: sync.go `scale`, 1.36. */
export function scaleAll(work: DeploymentSync): void {
  const { deployment: found, newSet, oldSets } = work;
  const only = activeOrLatest(newSet, oldSets);
  if (only !== undefined) work.scale(only, replicasOf(found));
  else if (isSaturated(found, newSet)) for (const old of activeSets(oldSets)) work.scale(old, 0);
  else if (isRollingUpdate(found))
    for (const { set, size } of proportionalSizes(found, activeSets(work.all))) work.scale(set, size, true);
}

/** Source: rolling.go `rolloutRolling`, 1.36. */
function rollOut(work: DeploymentSync): Outcome | void {
  work.findSets(true);
  const { deployment: found, all } = work;
  const newSet = work.newSet!;
  const desired = replicasOf(found);
  const size = replicasOf(newSet) > desired ? desired : newReplicas(found, all, newSet);
  if (replicasOf(newSet) !== desired && work.scale(newSet, size)) return work.syncRolloutStatus();
  let isShrunk = false;
  for (const { set, size: smaller } of shrinkOldSets(found, activeSets(work.oldSets), newSet)) {
    const current = work.oldSets.find((old) => uidOf(old) === uidOf(set))!;
    isShrunk = work.scale(current, smaller) || isShrunk;
  }
  if (isShrunk) return work.syncRolloutStatus();
  if (isComplete(work.deployment, objectAt(work.deployment, 'status') ?? {})) work.cleanUp();
  return work.syncRolloutStatus();
}

/** Source: recreate.go `rolloutRecreate`, 1.36. */
function recreate(work: DeploymentSync): Outcome | void {
  work.findSets(false);
  let isShrunk = false;
  for (const old of activeSets(work.oldSets)) isShrunk = work.scale(old, 0) || isShrunk;
  if (isShrunk || runsOldPods(work)) return work.syncRolloutStatus();
  if (work.newSet === undefined) work.findSets(true);
  work.scale(work.newSet!, replicasOf(work.deployment));
  if (isComplete(work.deployment, objectAt(work.deployment, 'status') ?? {})) work.cleanUp();
  return work.syncRolloutStatus();
}

/** Source: recreate.go `oldPodsRunning`, 1.36. */
export function runsOldPods({ context, oldSets }: DeploymentSync): boolean {
  if (countedReplicas(oldSets, 'replicas') > 0) return true;
  return oldSets.some((set) =>
    context
      .view(PODS)
      .indexed('owner', uidOf(set))
      .some((pod) => isControlledBy(pod, set) && !isTerminal(pod)),
  );
}

function keysOfReplicaSet({ object, old, type }: WatchEvent, caches: Caches): readonly string[] {
  const keys = [object, ...(old === undefined || type === 'DELETED' ? [] : [old])].flatMap((set) => {
    const owner = controllerOf(set);
    return owner?.kind === 'Deployment' ? [`${namespaceOf(set) ?? ''}/${owner.name}`] : [];
  });
  if (controllerOf(object) !== undefined || type === 'DELETED') return [...new Set(keys)];
  const owners = caches
    .view(DEPLOYMENTS)
    .list(namespaceOf(object))
    .filter((owner) => selectsObject(parseLabelSelector(valueAt(owner, 'spec', 'selector')), object));
  return [...new Set([...keys, ...owners.map((owner) => `${namespaceOf(owner) ?? ''}/${nameOf(owner)}`)])];
}

/** A Deployment that makes its Pods anew waits until the last old one has gone. Source: `deletePod`, 1.36. */
function keysOfPod({ object, type }: WatchEvent, caches: Caches): readonly string[] {
  const owner = controllerOf(object);
  if (type !== 'DELETED' || owner?.kind !== 'ReplicaSet') return [];
  const namespace = namespaceOf(object) ?? '';
  const set = caches.view(REPLICA_SETS).get(namespace, owner.name);
  const parent = set === undefined ? undefined : controllerOf(set);
  if (parent?.kind !== 'Deployment') return [];
  const found = caches.view(DEPLOYMENTS).get(namespace, parent.name);
  if (stringAt(found, 'spec', 'strategy', 'type') !== 'Recreate') return [];
  const siblings = caches.view(REPLICA_SETS).indexed('owner', parent.uid);
  const hasPods = siblings.some((sibling) => caches.view(PODS).indexed('owner', uidOf(sibling)).length > 0);
  return hasPods ? [] : [`${namespace}/${parent.name}`];
}
