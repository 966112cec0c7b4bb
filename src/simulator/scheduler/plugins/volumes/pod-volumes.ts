import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../../apimachinery/object.ts';
import { compareQuantities } from '../../../../apimachinery/quantity.ts';
import { nameAt, stringAt } from '../../../../base/json.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { claimedVolumes, classNameOf, notFound, notMadeForPod } from './pod-claims.ts';
import { findMatchingVolume, isReachable, requestedStorage } from './volume-matching.ts';
import { provisioningOf } from './volume-provisioning.ts';

/** The Pod's claims: bound ones, and those that are bound once a Node is chosen. */
export interface PodVolumeClaims {
  readonly bound: readonly KubernetesObject[];
  readonly delayed: readonly KubernetesObject[];
}

/** How the Pod's claims would get their volumes on a Node: volumes that exist, and claims for which one is made. */
export interface PodVolumes {
  readonly bindings: readonly { readonly volume: KubernetesObject; readonly claim: KubernetesObject }[];
  readonly provisions: readonly KubernetesObject[];
}

const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

const NODE_CONFLICT = "node(s) didn't match PersistentVolume's node affinity";
const BIND_CONFLICT = "node(s) didn't find available persistent volumes to bind";
const NOT_ENOUGH_SPACE = 'node(s) did not have enough free storage';
const NO_VOLUME = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

/** Undefined where the Pod has no claims; the reason, where one of them keeps it from every Node. */
export function claimsOf(pod: PodInfo, snapshot: Snapshot): PodVolumeClaims | string | undefined {
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
  if (isBeingDeleted(claim)) return `${name} is being deleted`;
  return isEphemeral ? notMadeForPod(pod, claim) : undefined;
}

export function isBound(claim: KubernetesObject): boolean {
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

/**
 * `conflicts`: why the Pod's volumes cannot be had on the Node; `error` where a claim is wrong in itself.
 * Source: pkg/scheduler/framework/plugins/volumebinding/binder.go `FindPodVolumes`, 1.36.
 */
export function podVolumesOn(
  claims: PodVolumeClaims,
  node: NodeInfo,
  snapshot: Snapshot,
): (PodVolumes & { readonly conflicts: readonly string[] }) | { readonly error: string } {
  const bound = boundConflict(claims.bound, node, snapshot);
  const delayed = claims.delayed.length === 0 ? NONE : delayedVolumes(claims.delayed, node, snapshot);
  if ('error' in delayed) return delayed;
  const { bindings, provisions, conflict } = delayed;
  const conflicts = CONFLICTS.filter((reason) => reason === bound || reason === conflict);
  return { bindings, provisions, conflicts };
}

const CONFLICTS = [NODE_CONFLICT, BIND_CONFLICT, NOT_ENOUGH_SPACE, NO_VOLUME];

function boundConflict(claims: readonly KubernetesObject[], node: NodeInfo, snapshot: Snapshot): string | undefined {
  for (const claim of claims) {
    const volume = snapshot.get('persistentvolumes', stringAt(claim, 'spec', 'volumeName') ?? '');
    if (volume === undefined) return NO_VOLUME;
    if (!isReachable(volume, node)) return NODE_CONFLICT;
  }
  return undefined;
}

interface DelayedVolumes extends PodVolumes {
  readonly conflict?: string;
}

const NONE: DelayedVolumes = Object.freeze({ bindings: [], provisions: [] });

/** Claims for which there is no volume yet are given one that exists, the smallest claim first, or one is made for them. */
function delayedVolumes(
  claims: readonly KubernetesObject[],
  node: NodeInfo,
  snapshot: Snapshot,
): DelayedVolumes | { readonly error: string } {
  const toProvision: KubernetesObject[] = [];
  const toMatch: KubernetesObject[] = [];
  for (const claim of claims) {
    const selected = stringAt(claim, 'metadata', 'annotations', SELECTED_NODE);
    if (selected !== undefined && selected !== node.name) return { ...NONE, conflict: BIND_CONFLICT };
    (selected === undefined ? toMatch : toProvision).push(claim);
  }
  const taken = new Set<string>();
  const bindings: PodVolumes['bindings'][number][] = [];
  const volumes = toMatch.length === 0 ? [] : assumedVolumes(snapshot);
  for (const claim of toMatch.sort((a, b) => compareQuantities(requestedStorage(a), requestedStorage(b)))) {
    const volume = findMatchingVolume(claim, volumes, node, taken);
    if (volume === undefined) toProvision.push(claim);
    else {
      taken.add(nameOf(volume));
      bindings.push({ volume, claim });
    }
  }
  for (const claim of toProvision) {
    const provisioning = provisioningOf(claim, node, snapshot);
    if (typeof provisioning === 'object') return provisioning;
    if (provisioning === 'impossible') return { ...NONE, bindings, conflict: BIND_CONFLICT };
    if (provisioning === 'no space') return { ...NONE, bindings, conflict: NOT_ENOUGH_SPACE };
  }
  return { bindings, provisions: toProvision };
}

/** Volumes as they will be when what is reserved is written. */
function assumedVolumes(snapshot: Snapshot): readonly KubernetesObject[] {
  return snapshot
    .view('persistentvolumes')
    .list()
    .map((volume) => snapshot.get('persistentvolumes', nameOf(volume)) ?? volume);
}
