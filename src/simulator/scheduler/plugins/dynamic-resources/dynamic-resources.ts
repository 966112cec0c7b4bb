import { matchesNodeSelector, parseNodeSelector } from '../../../../apimachinery/node-selector.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../../apimachinery/object.ts';
import type { JsonObject } from '../../../../base/json.ts';
import type { ApiCall } from '../../../client/api-client.ts';
import { arrayAt, jsonEqual, nameAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import { Action } from '../../cluster-event.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { SchedulerPlugin, Verdict } from '../../plugin.ts';
import type { Snapshot } from '../../snapshot.ts';
import { allocatedDevices } from '../../structured/allocated-devices.ts';
import { AllocationError } from '../../structured/allocation-error.ts';
import type { DeviceCluster } from '../../structured/allocator.ts';
import { allocateDevices } from '../../structured/allocator.ts';
import { alternativesOf, exactRequest, shownClaim } from '../../structured/device-request.ts';
import { SCHEDULER_FEATURES } from '../../structured/feature.ts';
import { hint } from '../event-hints.ts';
import { normalizedScores } from '../normalized-scores.ts';
import type { ClaimToBind } from './bind-claim.ts';
import { bindClaim } from './bind-claim.ts';
import { canBeReserved, isReservedFor, podResourceClaims } from './pod-claims.ts';

/** The claims of a Pod in their order. */
interface PodDevices {
  readonly claims: readonly KubernetesObject[];
  /** Those that have no devices yet. */
  readonly toAllocate: readonly KubernetesObject[];
}

/**
 * Devices for Pods with ResourceClaims. Not modelled: extended resources backed by devices, and conditions of binding.
 * Source: pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go, 1.36.
 */
export const dynamicResources: SchedulerPlugin<PodDevices> = {
  name: 'DynamicResources',
  events: [
    { event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeLabel | Action.UpdateNodeAllocatable } },
    {
      event: { resource: 'resource.k8s.io/ResourceClaim', actions: Action.Add | Action.Update },
      hint: ({ pod }, before, after, snapshot) => hint(isHelpedByClaim(pod, before, after, snapshot)),
    },
    {
      event: { resource: 'Pod', actions: Action.UpdatePodGeneratedResourceClaim },
      hint: ({ uid }, _before, after, snapshot) =>
        hint(
          after !== undefined &&
            nameAt(after, 'metadata', 'uid') === uid &&
            typeof claimsOf(after, snapshot) !== 'string',
        ),
    },
    { event: { resource: 'resource.k8s.io/DeviceClass', actions: Action.Add | Action.Update } },
    { event: { resource: 'resource.k8s.io/ResourceSlice', actions: Action.Add | Action.Update } },
  ],
  preEnqueue({ pod }, { get }) {
    if (get === undefined || arrayAt(pod, 'spec', 'resourceClaims').length === 0) return undefined;
    const claims = podResourceClaims(pod, (key) => get('resourceclaims', key));
    return typeof claims === 'string' ? unresolvable(claims) : undefined;
  },
  preFilter({ pod, uid }, snapshot) {
    if (arrayAt(pod, 'spec', 'resourceClaims').length === 0) return { skip: true };
    const claims = claimsOf(pod, snapshot);
    if (typeof claims === 'string') return { verdict: unresolvable(claims) };
    if (claims.length === 0) return { skip: true };
    const toAllocate: KubernetesObject[] = [];
    for (const claim of claims) {
      if (isAllocated(claim)) {
        if (!canBeReserved(claim) && !isReservedFor(claim, uid))
          return { verdict: unresolvable('resourceclaim in use') };
        continue;
      }
      if (isPending(claim, snapshot))
        return {
          verdict: unresolvable(`resource claim ${shownClaim(claim)} is in the process of being allocated`),
        };
      const problem = missingClass(claim, snapshot);
      if (problem !== undefined) return { verdict: problem };
      toAllocate.push(claim);
    }
    return { state: { claims, toAllocate } };
  },
  filter(_pod, node, { claims, toAllocate }, snapshot) {
    if (claims.some((claim) => isAllocated(claim) && !reaches(claim, node)))
      return unresolvable('resourceclaim not available on the node');
    const found = allocate(toAllocate, node, snapshot);
    return 'verdict' in found ? found.verdict : undefined;
  },
  postFilter({ pod, uid }, { snapshot }) {
    if (arrayAt(pod, 'spec', 'resourceClaims').length === 0)
      return { code: 'Unschedulable', reasons: ['no new claims to deallocate'] };
    const claims = claimsOf(pod, snapshot);
    const stuck = typeof claims === 'string' ? undefined : claims.find((claim) => isStuck(claim, uid, snapshot));
    if (stuck === undefined) return { code: 'Unschedulable', reasons: ['still not schedulable'] };
    return {
      code: 'Unschedulable',
      reasons: ['deallocation of ResourceClaim completed'],
      write: deallocation(stuck),
    };
  },
  preScore({ pod, uid }, _feasible, snapshot) {
    const claims = claimsOf(pod, snapshot);
    if (typeof claims === 'string' || !claims.some(hasAlternatives)) return { skip: true };
    const toAllocate = claims.filter((claim) => !isAllocated(claim));
    return { state: { claims, toAllocate, uid } };
  },
  score(_pod, node, state, snapshot) {
    const { claims, toAllocate } = state as PodDevices;
    const found = allocate(toAllocate, node, snapshot);
    if ('verdict' in found) return 0;
    return claims.reduce((sum, claim) => {
      const allocation = objectAt(claim, 'status', 'allocation') ?? found.results[toAllocate.indexOf(claim)];
      return sum + preferenceOf(claim, allocation);
    }, 0);
  },
  normalize: (scores) => normalizedScores(scores, false),
  reserve({ uid }, node, state, assume, snapshot) {
    if (state === undefined) return undefined;
    const found = allocate(state.toAllocate, node, snapshot);
    if ('verdict' in found) return { verdict: { code: 'Error', reasons: ['claim allocation not found for node'] } };
    const taken = state.claims
      .filter((claim) => !isReservedFor(claim, uid))
      .map((claim): ClaimToBind => {
        const index = state.toAllocate.indexOf(claim);
        return Object.freeze({ claim, allocation: index < 0 ? undefined : found.results[index]! });
      });
    for (const { claim, allocation } of taken) {
      if (allocation === undefined) continue;
      const assumed = { ...claim, status: { ...objectAt(claim, 'status'), allocation } };
      assume.assume('resourceclaims', keyOf(claim), Object.freeze(assumed));
    }
    return { taken: Object.freeze(taken) };
  },
  unreserve(_pod, _nodeName, taken, assume) {
    for (const { claim, allocation } of (taken ?? []) as readonly ClaimToBind[])
      if (allocation !== undefined) assume.forget('resourceclaims', keyOf(claim));
  },
  preBindPreFlight: (_pod, _nodeName, taken) => taken !== undefined,
  preBind(pod, _nodeName, taken, binding) {
    for (const claim of taken as readonly ClaimToBind[]) {
      const problem = bindClaim(pod, claim, binding);
      if (problem !== undefined) return { code: 'Error', reasons: [problem] };
    }
    return undefined;
  },
};

/** A claim with devices that a Node cannot reach, and that nobody else uses. */
function isStuck(claim: KubernetesObject, uid: string, { nodes }: Snapshot): boolean {
  if (!isAllocated(claim) || nodes.every((node) => reaches(claim, node))) return false;
  const users = arrayAt(claim, 'status', 'reservedFor');
  return users.length === 0 || (users.length === 1 && nameAt(users[0], 'uid') === uid);
}

/** Its devices are given back, so that it can get others; of several such claims upstream takes any. */
function deallocation(claim: KubernetesObject): ApiCall {
  const { allocation: _, reservedFor: __, devices: ___, ...status } = objectAt(claim, 'status') ?? {};
  return {
    verb: 'update',
    resource: { group: 'resource.k8s.io', version: 'v1', plural: 'resourceclaims' },
    namespace: namespaceOf(claim) ?? 'default',
    name: nameOf(claim),
    subresource: 'status',
    body: { ...claim, status },
  };
}

function unresolvable(reason: string): Verdict {
  return { code: 'UnschedulableAndUnresolvable', reasons: [reason] };
}

function keyOf(claim: KubernetesObject): string {
  return `${namespaceOf(claim) ?? 'default'}/${nameOf(claim)}`;
}

/** As they are stored: what is only assumed of them is no allocation yet. */
function claimsOf(pod: KubernetesObject, snapshot: Snapshot): readonly KubernetesObject[] | string {
  return podResourceClaims(pod, (key) => snapshot.view('resourceclaims').getKey(key));
}

function isAllocated(claim: KubernetesObject): boolean {
  return objectAt(claim, 'status', 'allocation') !== undefined;
}

function isPending(claim: KubernetesObject, snapshot: Snapshot): boolean {
  return snapshot.get('resourceclaims', keyOf(claim)) !== claim;
}

function missingClass(claim: KubernetesObject, snapshot: Snapshot): Verdict | undefined {
  for (const request of arrayAt(claim, 'spec', 'devices', 'requests')) {
    const alternatives = alternativesOf(request);
    if (alternatives.length === 0 && objectAt(request, 'exactly') === undefined)
      return unresolvable(
        `resource claim ${shownClaim(claim)}, request ${stringAt(request, 'name') ?? ''}: unknown request type`,
      );
    for (const { className, fullName } of alternatives.length > 0 ? alternatives : [exactRequest(request)]) {
      if (className === undefined) return { code: 'Error', reasons: [`request ${fullName}: unsupported request type`] };
      if (snapshot.get('deviceclasses', className) === undefined)
        return unresolvable(`request ${fullName}: device class ${className} does not exist`);
    }
  }
  return undefined;
}

function reaches(claim: KubernetesObject, node: NodeInfo): boolean {
  const selector = objectAt(claim, 'status', 'allocation', 'nodeSelector');
  return selector === undefined || matchesNodeSelector(parseNodeSelector(selector), node);
}

/** What is allocated and offered stays the same within a cycle; a snapshot is one cycle's. */
const clusters = new WeakMap<Snapshot, DeviceCluster>();

function clusterOf(snapshot: Snapshot): DeviceCluster {
  let cluster = clusters.get(snapshot);
  if (cluster === undefined) {
    const claims = [...snapshot.view('resourceclaims').entries()].map(
      ([key, claim]) => snapshot.get('resourceclaims', key) ?? claim,
    );
    cluster = {
      features: SCHEDULER_FEATURES,
      allocated: allocatedDevices(claims),
      slices: snapshot.view('resourceslices').list(),
      deviceClass: (name) => snapshot.get('deviceclasses', name),
    };
    clusters.set(snapshot, cluster);
  }
  return cluster;
}

function allocate(
  claims: readonly KubernetesObject[],
  node: NodeInfo,
  snapshot: Snapshot,
): { readonly results: readonly JsonObject[] } | { readonly verdict: Verdict } {
  if (claims.length === 0) return { results: [] };
  try {
    const { results } = allocateDevices(clusterOf(snapshot), node, claims);
    return results === undefined ? { verdict: unresolvable('cannot allocate all claims') } : { results };
  } catch (error) {
    if (!(error instanceof AllocationError)) throw error;
    return { verdict: error.onNode ? unresolvable(error.message) : { code: 'Error', reasons: [error.message] } };
  }
}

function hasAlternatives(claim: KubernetesObject): boolean {
  return arrayAt(claim, 'spec', 'devices', 'requests').some((request) => arrayAt(request, 'firstAvailable').length > 0);
}

/** Source: staging/src/k8s.io/api/resource/v1/types.go `FirstAvailableDeviceRequestMaxSize`, 1.36. */
const MOST_ALTERNATIVES = 8;

/** More for earlier alternatives. Source: dynamicresources.go `computeScore`, 1.36. */
function preferenceOf(claim: KubernetesObject, allocation: JsonObject | undefined): number {
  const taken = new Set(arrayAt(allocation, 'devices', 'results').map((result) => stringAt(result, 'request')));
  return arrayAt(claim, 'spec', 'devices', 'requests')
    .flatMap((request) =>
      alternativesOf(request).map(({ fullName }, index) => (taken.has(fullName) ? MOST_ALTERNATIVES - index : 0)),
    )
    .reduce((sum, score) => sum + score, 0);
}

/** Source: dynamicresources.go `isSchedulableAfterClaimChange`, 1.36. */
function isHelpedByClaim(
  pod: KubernetesObject,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
  snapshot: Snapshot,
): boolean {
  const claims = claimsOf(pod, snapshot);
  if (typeof claims === 'string') return false;
  if (before !== undefined && isAllocated(before) && after !== undefined && !isAllocated(after)) return true;
  const uid = nameAt(after, 'metadata', 'uid');
  if (!claims.some((claim) => nameAt(claim, 'metadata', 'uid') === uid)) return false;
  return before === undefined || !jsonEqual(valueAt(before, 'status') ?? {}, valueAt(after, 'status') ?? {});
}
