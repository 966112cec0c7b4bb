import { matchesNodeSelector, parseNodeSelector } from '../../../../apimachinery/node-selector.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import type { JsonObject } from '../../../../base/json.ts';
import type { ApiCall } from '../../../client/api-client.ts';
import { arrayAt, jsonEqual, nameAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import { Action } from '../../cluster-event.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { SchedulerPlugin } from '../../plugin.ts';
import type { Snapshot } from '../../snapshot.ts';
import { alternativesOf } from '../../structured/device-request.ts';
import { hint } from '../event-hints.ts';
import { normalizedScores } from '../normalized-scores.ts';
import type { ClaimToBind } from './bind-claim.ts';
import { bindClaim, deallocationCall, deletionCalls, unreserveCall } from './bind-claim.ts';
import { bindingReadiness, hasBindingConditions, isBindingTimedOut } from './binding-conditions.ts';
import { isInMemory } from './extended-resources.ts';
import { allocationOn } from './node-devices.ts';
import { claimKey, isReservedFor, podResourceClaims } from './pod-claims.ts';
import type { PodDevices } from './pod-devices.ts';
import { claimsOf, isAllocated, podDevices, unresolvable } from './pod-devices.ts';
import { waitForDevices } from './wait-for-devices.ts';

export interface DynamicResourcesArgs {
  /** How long a Pod waits for its devices to be ready for the Node, in milliseconds. */
  readonly bindingTimeoutMs?: number;
}

/** Source: pkg/scheduler/apis/config/types.go `DynamicResourcesBindingTimeoutDefault`, 1.36. */
const BINDING_TIMEOUT_MS = 600_000;

/**
 * Devices for Pods with ResourceClaims, and for extended resources that a DeviceClass stands behind; Pods wait for devices
 * that must be made ready for their Node. Not modelled: the limit on the time that a search may take.
 * Source: pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go, 1.36.
 */
export function dynamicResources(args: DynamicResourcesArgs = {}): SchedulerPlugin<PodDevices> {
  const timeoutMs = args.bindingTimeoutMs ?? BINDING_TIMEOUT_MS;
  const hasFailed = (claim: KubernetesObject, nowMs: number): boolean => {
    const readiness = bindingReadiness(claim);
    return typeof readiness === 'object' || (readiness === 'waiting' && isBindingTimedOut(claim, nowMs, timeoutMs));
  };
  const isAvailable = (claim: KubernetesObject, node: NodeInfo, nowMs: number) =>
    !isAllocated(claim) || (reaches(claim, node) && !hasFailed(claim, nowMs));
  return {
    name: NAME,
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
    preFilter: podDevices,
    filter(pod, node, devices, snapshot) {
      const found = allocationOn(pod, node, devices, snapshot);
      if ('verdict' in found) return found.verdict;
      if (found.isSettled || devices.claims.every((claim) => isAvailable(claim, node, snapshot.nowMs)))
        return undefined;
      return unresolvable('resourceclaim not available on the node');
    },
    postFilter(pod, { snapshot }) {
      const prepared = podDevices(pod, snapshot);
      if (!('state' in prepared)) return { code: 'Unschedulable', reasons: ['no new claims to deallocate'] };
      const { claims, extended } = prepared.state;
      const stuck = claims.find(
        (claim) =>
          claim !== extended &&
          hasNoOtherUser(claim, pod.uid) &&
          snapshot.nodes.some((node) => !isAvailable(claim, node, snapshot.nowMs)),
      );
      if (stuck !== undefined) return given('deallocation of ResourceClaim completed', [deallocationCall(stuck)]);
      if (extended !== undefined && !isInMemory(extended))
        return given('deletion of ResourceClaim completed', deletionCalls(extended));
      return { code: 'Unschedulable', reasons: ['still not schedulable'] };
    },
    preScore(pod, _feasible, snapshot) {
      const prepared = podDevices(pod, snapshot);
      return 'state' in prepared && prepared.state.claims.some(hasAlternatives) ? prepared : { skip: true };
    },
    score(pod, node, state, snapshot) {
      const { claims, toAllocate } = state as PodDevices;
      const found = allocationOn(pod, node, state as PodDevices, snapshot);
      if ('verdict' in found) return 0;
      return claims.reduce((sum, claim) => {
        const allocation = objectAt(claim, 'status', 'allocation') ?? found.results[toAllocate.indexOf(claim)];
        return sum + preferenceOf(claim, allocation);
      }, 0);
    },
    normalize: (scores) => normalizedScores(scores, false),
    reserve(pod, node, devices, assume, snapshot) {
      if (devices === undefined) return undefined;
      const found = allocationOn(pod, node, devices, snapshot);
      if ('verdict' in found) return { verdict: { code: 'Error', reasons: ['claim allocation not found for node'] } };
      const taken = devices.claims.map((claim): ClaimToBind => {
        const allocation = found.results[devices.toAllocate.indexOf(claim)];
        if (allocation === undefined) return Object.freeze({ claim });
        if (claim !== devices.extended || found.onNode === undefined) return Object.freeze({ claim, allocation });
        return Object.freeze({ claim: found.onNode.claim, allocation, mappings: found.onNode.mappings });
      });
      for (const { claim, allocation } of taken)
        if (allocation !== undefined)
          assume.assume('resourceclaims', assumedKey(claim), allocatedAs(claim, allocation));
      return { taken: Object.freeze(taken) };
    },
    unreserve({ uid }, _nodeName, taken, assume) {
      const claims = (taken ?? []) as readonly ClaimToBind[];
      for (const { claim, allocation } of claims)
        if (allocation !== undefined) assume.forget('resourceclaims', assumedKey(claim));
      return claims.flatMap(({ claim, mappings }): readonly ApiCall[] => {
        if (mappings !== undefined) return isInMemory(claim) ? [] : deletionCalls(claim);
        return isAllocated(claim) && isReservedFor(claim, uid) ? [unreserveCall(claim, uid)] : [];
      });
    },
    preBindPreFlight: (_pod, _nodeName, taken) => taken !== undefined,
    preBind(pod, nodeName, taken, binding) {
      const claims = [...(taken as readonly ClaimToBind[])];
      const keep = (index: number, claim: KubernetesObject) => {
        claims[index] = Object.freeze({ ...claims[index], claim });
        binding.keep(NAME, Object.freeze([...claims]));
      };
      for (const [index, one] of claims.entries()) {
        if (isReservedFor(one.claim, pod.uid)) continue;
        const bound = bindClaim(pod, one, binding, (created) => {
          binding.assume('resourceclaims', claimKey(created), allocatedAs(created, one.allocation));
          binding.forget('resourceclaims', assumedKey(one.claim));
          keep(index, created);
        });
        if (typeof bound === 'string') return { code: 'Error', reasons: [bound] };
        keep(index, bound);
      }
      const written = claims.map(({ claim }) => claim);
      const problem = written.some(hasBindingConditions)
        ? waitForDevices(written, nodeName, binding, timeoutMs)
        : undefined;
      return problem === undefined ? undefined : { code: 'Error', reasons: [problem] };
    },
  };
}

const NAME = 'DynamicResources';

function given(reason: string, writes: readonly ApiCall[]) {
  return { code: 'Unschedulable', reasons: [reason], writes } as const;
}

function hasNoOtherUser(claim: KubernetesObject, uid: string): boolean {
  const users = arrayAt(claim, 'status', 'reservedFor');
  return users.length === 0 || (users.length === 1 && nameAt(users[0], 'uid') === uid);
}

function allocatedAs(claim: KubernetesObject, allocation: JsonObject | undefined): KubernetesObject {
  return Object.freeze({ ...claim, status: { ...objectAt(claim, 'status'), allocation } });
}

/** A claim that is not written yet has no name of its own: those of several Pods are told apart by their Pods. */
function assumedKey(claim: KubernetesObject): string {
  return isInMemory(claim) ? `${claimKey(claim)}/${nameAt(claim, 'metadata', 'uid') ?? ''}` : claimKey(claim);
}

function reaches(claim: KubernetesObject, node: NodeInfo): boolean {
  const selector = objectAt(claim, 'status', 'allocation', 'nodeSelector');
  return selector === undefined || matchesNodeSelector(parseNodeSelector(selector), node);
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
