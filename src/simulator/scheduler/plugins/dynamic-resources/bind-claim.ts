import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../../apimachinery/object.ts';
import { timeOf } from '../../../kernel/clock.ts';
import type { JsonObject } from '../../../../base/json.ts';
import { arrayAt, objectAt, valueAt } from '../../../../base/json.ts';
import type { ApiCall, ApiResult } from '../../../client/api-client.ts';
import type { Binding } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import { isInMemory } from './extended-resources.ts';
import { claimKey } from './pod-claims.ts';

/** A claim of a Pod that is to be bound. Plain data. */
export interface ClaimToBind {
  readonly claim: KubernetesObject;
  /** What was found for it, where it is not allocated yet. */
  readonly allocation?: JsonObject;
  /** Of the claim for extended resources: which container uses which request. */
  readonly mappings?: readonly JsonObject[];
}

export const FINALIZER = 'resource.kubernetes.io/delete-protection';
/** Source: staging/src/k8s.io/client-go/util/retry/util.go `DefaultRetry`, 1.36. */
const MOST_TRIES = 5;

/**
 * Writes finalizer, allocation and reservation, and before that the claim itself where it is one for extended resources:
 * the claim as it then is, or what went wrong. `created` is told as soon as such a claim is there. A flow.
 * Source: pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go `bindClaim`, 1.36.
 */
export function bindClaim(
  pod: PodInfo,
  { claim, allocation, mappings }: ClaimToBind,
  binding: Binding,
  created: (claim: KubernetesObject) => void,
): KubernetesObject | string {
  let current = claim;
  if (isInMemory(claim)) {
    // The Node's device plugins serve what it stands for.
    if (allocation === undefined) return claim;
    const answer = createClaim(claim, binding);
    if (!answer.ok) return `create claim for extended resources ${claimKey(claim)}: ${answer.message}`;
    current = answer.object;
    created(current);
  }
  const shown = claimKey(current);
  for (let tries = 1; ; tries++) {
    const answer = tryToBind(pod, current, allocation, shown, binding);
    if (typeof answer === 'string') return answer;
    if (answer.ok) return mappings === undefined ? answer.object : toldPod(pod, answer.object, mappings, binding);
    const what = allocation === undefined ? 'add reservation to' : 'add allocation and reservation to';
    if (answer.code !== 409 || tries === MOST_TRIES) return `${what} claim ${shown}: ${answer.message}`;
    const fresh = binding.call(callOf('get', current));
    if (!fresh.ok) return `get updated claim ${shown} after conflict: ${fresh.message}`;
    current = fresh.object;
  }
}

function createClaim(claim: KubernetesObject, binding: Binding): ApiResult {
  const { name: _, uid: __, ...metadata } = objectAt(claim, 'metadata') ?? {};
  const { status: ___, ...rest } = claim;
  return binding.call({
    verb: 'create',
    resource: CLAIMS,
    namespace: namespaceOf(claim) ?? 'default',
    body: { ...rest, metadata },
  });
}

/** Source: extendeddynamicresources.go `patchPodExtendedResourceClaimStatus`, 1.36. */
function toldPod(
  { pod, key }: PodInfo,
  claim: KubernetesObject,
  requestMappings: readonly JsonObject[],
  binding: Binding,
): KubernetesObject | string {
  if (requestMappings.length === 0)
    return `nil or empty request mappings, no update of pod ${key} ExtendedResourceClaimStatus`;
  const extendedResourceClaimStatus = { requestMappings, resourceClaimName: nameOf(claim) };
  const answer = binding.call({
    verb: 'patch',
    resource: { group: '', version: 'v1', plural: 'pods' },
    namespace: namespaceOf(pod) ?? 'default',
    name: nameOf(pod),
    subresource: 'status',
    options: { patchType: 'strategic' },
    body: { apiVersion: 'v1', kind: 'Pod', status: { extendedResourceClaimStatus } },
  });
  return answer.ok ? claim : `update pod ${key} ExtendedResourceClaimStatus: ${answer.message}`;
}

function tryToBind(
  pod: PodInfo,
  before: KubernetesObject,
  allocation: JsonObject | undefined,
  shown: string,
  binding: Binding,
): ApiResult | string {
  let claim = before;
  if (isBeingDeleted(claim)) return `claim ${shown} got deleted in the meantime`;
  const stored = objectAt(claim, 'status', 'allocation');
  if (allocation === undefined && stored === undefined)
    return `claim ${shown} got deallocated elsewhere in the meantime`;
  if (allocation !== undefined) {
    if (stored !== undefined) return `claim ${shown} got allocated elsewhere in the meantime`;
    const metadata = objectAt(claim, 'metadata') ?? {};
    const finalizers = arrayAt(metadata, 'finalizers');
    if (!finalizers.includes(FINALIZER)) {
      const body: KubernetesObject = { ...claim, metadata: { ...metadata, finalizers: [...finalizers, FINALIZER] } };
      const answer = binding.call({ ...callOf('update', claim), body });
      if (!answer.ok) return answer.code === 409 ? answer : `add finalizer to claim ${shown}: ${answer.message}`;
      claim = answer.object;
    }
  }
  const given = allocation ?? stored!;
  const status: JsonObject = {
    ...objectAt(claim, 'status'),
    allocation: { allocationTimestamp: timeOf(binding.now()), ...given },
    reservedFor: [
      ...arrayAt(claim, 'status', 'reservedFor'),
      { resource: 'pods', name: nameOf(pod.pod), uid: pod.uid },
    ],
  };
  return binding.call({ ...callOf('update', claim), subresource: 'status', body: { ...claim, status } });
}

/** The Pod gives its reservation back. Source: dynamicresources.go `Unreserve`, 1.36. */
export function unreserveCall(claim: KubernetesObject, uid: string): ApiCall {
  return {
    verb: 'patch',
    resource: CLAIMS,
    namespace: namespaceOf(claim) ?? 'default',
    name: nameOf(claim),
    subresource: 'status',
    options: { patchType: 'strategic' },
    body: {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaim',
      metadata: { uid: valueAt(claim, 'metadata', 'uid') ?? '' },
      status: { reservedFor: [{ $patch: 'delete', uid }] },
    },
  };
}

/**
 * A claim for extended resources goes: first its finalizer, then itself. Upstream tries the first again after a conflict;
 * here the claim then goes once its controller has taken the finalizer away.
 * Source: extendeddynamicresources.go `deleteClaim`, 1.36.
 */
export function deletionCalls(claim: KubernetesObject): readonly ApiCall[] {
  const metadata = objectAt(claim, 'metadata') ?? {};
  const finalizers = arrayAt(metadata, 'finalizers').filter((finalizer) => finalizer !== FINALIZER);
  const { finalizers: _, ...others } = metadata;
  const body: KubernetesObject = {
    ...claim,
    metadata: { ...others, ...(finalizers.length === 0 ? {} : { finalizers }) },
  };
  const { verb: __, ...place } = callOf('get', claim);
  return [
    { verb: 'update', ...place, body },
    { verb: 'delete', ...place },
  ];
}

/** Its devices are given back, so that it can get others; of several such claims upstream takes any. */
export function deallocationCall(claim: KubernetesObject): ApiCall {
  const { allocation: _, reservedFor: __, devices: ___, ...status } = objectAt(claim, 'status') ?? {};
  return { ...callOf('update', claim), subresource: 'status', body: { ...claim, status } };
}

const CLAIMS = { group: 'resource.k8s.io', version: 'v1', plural: 'resourceclaims' } as const;

function callOf(verb: 'get' | 'update', claim: KubernetesObject): ApiCall {
  return { verb, resource: CLAIMS, namespace: namespaceOf(claim) ?? 'default', name: nameOf(claim) };
}
