import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import type { Quantity } from '../../../../apimachinery/quantity.ts';
import { compareQuantities, quantityOf } from '../../../../apimachinery/quantity.ts';
import { arrayAt, jsonEqual, nameAt, stringAt, valueAt } from '../../../../base/json.ts';
import { Action } from '../../cluster-event.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { SchedulerPlugin } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { hint } from '../event-hints.ts';
import { claimedVolumes, classNameOf, notFound, notMadeForPod, usesClaim } from './pod-claims.ts';
import { findMatchingVolume, isReachable, requestedStorage } from './volume-matching.ts';
import { provisioningOf } from './volume-provisioning.ts';

/** The Pod's claims: bound ones, and those that are bound once a Node is chosen. */
interface PodVolumeClaims {
  readonly bound: readonly KubernetesObject[];
  readonly delayed: readonly KubernetesObject[];
}

const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const MIGRATED_PLUGINS = 'storage.alpha.kubernetes.io/migrated-plugins';

const NODE_CONFLICT = "node(s) didn't match PersistentVolume's node affinity";
const BIND_CONFLICT = "node(s) didn't find available persistent volumes to bind";
const NOT_ENOUGH_SPACE = 'node(s) did not have enough free storage';
const NO_VOLUME = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

/** Source: pkg/scheduler/framework/plugins/volumebinding/{volume_binding,binder}.go, 1.36. */
export const volumeBinding: SchedulerPlugin<PodVolumeClaims> = {
  name: 'VolumeBinding',
  events: [
    {
      event: { resource: 'storage.k8s.io/StorageClass', actions: Action.Add | Action.Update },
      hint: (_pod, before, after) => hint(before === undefined || !jsonEqual(topologies(before), topologies(after))),
    },
    {
      event: { resource: 'PersistentVolumeClaim', actions: Action.Add | Action.Update },
      hint: (pod, _before, after) => hint(usesClaim(pod, after)),
    },
    { event: { resource: 'PersistentVolume', actions: Action.Add | Action.Update } },
    { event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeLabel } },
    {
      event: { resource: 'storage.k8s.io/CSINode', actions: Action.Add | Action.Update },
      hint: (_pod, before, after) => hint(before === undefined || migrated(before) !== migrated(after)),
    },
    {
      event: { resource: 'storage.k8s.io/CSIDriver', actions: Action.Update },
      hint: ({ pod }, before, after) =>
        hint(
          checksCapacity(before) &&
            !checksCapacity(after) &&
            arrayAt(pod, 'spec', 'volumes').some(
              (volume) => nameAt(volume, 'csi', 'driver') === nameAt(after, 'metadata', 'name'),
            ),
        ),
    },
    {
      event: { resource: 'storage.k8s.io/CSIStorageCapacity', actions: Action.Add | Action.Update },
      hint: (_pod, before, after) => hint(before === undefined || hasGrown(before, after)),
    },
  ],
  preFilter(pod, snapshot) {
    const claims = claimsOf(pod, snapshot);
    if (typeof claims === 'string') return { verdict: { code: 'UnschedulableAndUnresolvable', reasons: [claims] } };
    return claims === undefined ? { skip: true } : { state: claims };
  },
  filter(_pod, node, claims, snapshot) {
    const reasons = conflicts(claims, node, snapshot);
    if (typeof reasons === 'string') return { code: 'Error', reasons: [reasons] };
    return reasons.length === 0 ? undefined : { code: 'UnschedulableAndUnresolvable', reasons };
  },
};

/** Undefined where the Pod has no claims; the reason, where one of them keeps it from every Node. */
function claimsOf(pod: PodInfo, snapshot: Snapshot): PodVolumeClaims | string | undefined {
  const volumes = claimedVolumes(pod.pod);
  if (volumes.length === 0) return undefined;
  const bound: KubernetesObject[] = [];
  const delayed: KubernetesObject[] = [];
  let isImmediate = false;
  for (const { claimName, isEphemeral } of volumes) {
    const claim = snapshot.get('persistentvolumeclaims', `${pod.namespace}/${claimName}`);
    if (claim === undefined)
      return isEphemeral
        ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${claimName}"`
        : notFound('persistentvolumeclaim', claimName);
    const problem = claimProblem(pod, claim, isEphemeral);
    if (problem !== undefined) return problem;
    if (isBound(claim)) bound.push(claim);
    else if (waitsForPod(claim, snapshot)) delayed.push(claim);
    else isImmediate = true;
  }
  return isImmediate ? 'pod has unbound immediate PersistentVolumeClaims' : Object.freeze({ bound, delayed });
}

function claimProblem(pod: PodInfo, claim: KubernetesObject, isEphemeral: boolean): string | undefined {
  const name = `persistentvolumeclaim "${nameOf(claim)}"`;
  if (stringAt(claim, 'status', 'phase') === 'Lost')
    return `${name} bound to non-existent persistentvolume "${stringAt(claim, 'spec', 'volumeName') ?? ''}"`;
  if (stringAt(claim, 'metadata', 'deletionTimestamp') !== undefined) return `${name} is being deleted`;
  return isEphemeral ? notMadeForPod(pod, claim) : undefined;
}

function isBound(claim: KubernetesObject): boolean {
  return (
    nameAt(claim, 'spec', 'volumeName') !== undefined &&
    stringAt(claim, 'metadata', 'annotations', BIND_COMPLETED) !== undefined
  );
}

function waitsForPod(claim: KubernetesObject, snapshot: Snapshot): boolean {
  const className = classNameOf(claim);
  if (className === '' || nameAt(claim, 'spec', 'volumeName') !== undefined) return false;
  const storageClass = snapshot.get('storageclasses', className);
  return stringAt(storageClass, 'volumeBindingMode') === 'WaitForFirstConsumer';
}

/** Why the Pod's volumes cannot be had on the Node; a text where a claim is wrong in itself. */
function conflicts(claims: PodVolumeClaims, node: NodeInfo, snapshot: Snapshot): readonly string[] | string {
  const reasons = boundConflict(claims.bound, node, snapshot);
  const delayed = delayedConflict(claims.delayed, node, snapshot);
  if (typeof delayed === 'object') return delayed.error;
  const all = delayed === undefined ? reasons : [...reasons, delayed];
  return [NODE_CONFLICT, BIND_CONFLICT, NOT_ENOUGH_SPACE, NO_VOLUME].filter((reason) => all.includes(reason));
}

function boundConflict(claims: readonly KubernetesObject[], node: NodeInfo, snapshot: Snapshot): readonly string[] {
  for (const claim of claims) {
    const volume = snapshot.get('persistentvolumes', stringAt(claim, 'spec', 'volumeName') ?? '');
    if (volume === undefined) return [NO_VOLUME];
    if (!isReachable(volume, node)) return [NODE_CONFLICT];
  }
  return [];
}

/** Claims for which there is no volume yet are given one that exists, the smallest claim first, or one is made for them. */
function delayedConflict(
  claims: readonly KubernetesObject[],
  node: NodeInfo,
  snapshot: Snapshot,
): string | { readonly error: string } | undefined {
  if (claims.length === 0) return undefined;
  const toProvision: KubernetesObject[] = [];
  const toMatch: KubernetesObject[] = [];
  for (const claim of claims) {
    const selected = stringAt(claim, 'metadata', 'annotations', SELECTED_NODE);
    if (selected !== undefined && selected !== node.name) return BIND_CONFLICT;
    (selected === undefined ? toMatch : toProvision).push(claim);
  }
  const taken = new Set<string>();
  const volumes = assumedVolumes(snapshot);
  for (const claim of toMatch.sort((a, b) => compareQuantities(requestedStorage(a), requestedStorage(b)))) {
    const volume = findMatchingVolume(claim, volumes, node, taken);
    if (volume === undefined) toProvision.push(claim);
    else taken.add(nameOf(volume));
  }
  for (const claim of toProvision) {
    const provisioning = provisioningOf(claim, node, snapshot);
    if (typeof provisioning === 'object') return provisioning;
    if (provisioning === 'impossible') return BIND_CONFLICT;
    if (provisioning === 'no space') return NOT_ENOUGH_SPACE;
  }
  return undefined;
}

/** Volumes as they will be when what is reserved is written. */
function assumedVolumes(snapshot: Snapshot): readonly KubernetesObject[] {
  return snapshot
    .view('persistentvolumes')
    .list()
    .map((volume) => snapshot.get('persistentvolumes', nameOf(volume)) ?? volume);
}

function topologies(storageClass: KubernetesObject | undefined): unknown {
  return arrayAt(storageClass, 'allowedTopologies');
}

function migrated(csiNode: KubernetesObject | undefined): string {
  return stringAt(csiNode, 'metadata', 'annotations', MIGRATED_PLUGINS) ?? '';
}

function checksCapacity(driver: KubernetesObject | undefined): boolean {
  return valueAt(driver, 'spec', 'storageCapacity') === true;
}

function hasGrown(before: KubernetesObject, after: KubernetesObject | undefined): boolean {
  const [was, is] = [volumeLimit(before), volumeLimit(after)];
  return is !== undefined && (was === undefined || compareQuantities(is, was) > 0);
}

/** The largest volume that can be had. */
function volumeLimit(capacity: KubernetesObject | undefined): Quantity | undefined {
  return quantityOf(valueAt(capacity, 'maximumVolumeSize') ?? valueAt(capacity, 'capacity'));
}
