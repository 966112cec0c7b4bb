import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { arrayAt, objectAt, stringAt } from '../../../../base/json.ts';
import type { PreFiltered, Verdict } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { alternativesOf, exactRequest, shownClaim } from '../../structured/device-request.ts';
import { extendedResourceClaim, isInMemory } from './extended-resources.ts';
import { canBeReserved, claimKey, isReservedFor, podResourceClaims } from './pod-claims.ts';

/** The claims of a Pod in their order. */
export interface PodDevices {
  /** That for extended resources is the last. */
  readonly claims: readonly KubernetesObject[];
  /** Those that have no devices yet. */
  readonly toAllocate: readonly KubernetesObject[];
  /** The claim for extended resources. */
  readonly extended: KubernetesObject | undefined;
}

/** What the Pod needs, or why it cannot be placed anywhere now. Source: dynamicresources.go `PreFilter`, 1.36. */
export function podDevices(pod: PodInfo, snapshot: Snapshot): PreFiltered<PodDevices> {
  const own = claimsOf(pod.pod, snapshot);
  if (typeof own === 'string') return { verdict: unresolvable(own) };
  const extended = extendedResourceClaim(pod, snapshot);
  const claims = extended === undefined ? own : [...own, extended];
  if (claims.length === 0) return SKIP;
  const toAllocate: KubernetesObject[] = [];
  for (const claim of claims) {
    if (isAllocated(claim)) {
      if (!canBeReserved(claim) && !isReservedFor(claim, pod.uid))
        return { verdict: unresolvable('resourceclaim in use') };
      continue;
    }
    if (isPending(claim, snapshot))
      return { verdict: unresolvable(`resource claim ${shownClaim(claim)} is in the process of being allocated`) };
    const problem = claim === extended ? undefined : missingClass(claim, snapshot);
    if (problem !== undefined) return { verdict: problem };
    toAllocate.push(claim);
  }
  return { state: { claims, toAllocate, extended } };
}

const SKIP = { skip: true } as const;

export function unresolvable(reason: string): Verdict {
  return { code: 'UnschedulableAndUnresolvable', reasons: [reason] };
}

/** As they are stored: what is only assumed of them is no allocation yet. */
export function claimsOf(pod: KubernetesObject, snapshot: Snapshot): readonly KubernetesObject[] | string {
  return podResourceClaims(pod, (key) => snapshot.view('resourceclaims').getKey(key));
}

export function isAllocated(claim: KubernetesObject): boolean {
  return objectAt(claim, 'status', 'allocation') !== undefined;
}

function isPending(claim: KubernetesObject, snapshot: Snapshot): boolean {
  return !isInMemory(claim) && snapshot.get('resourceclaims', claimKey(claim)) !== claim;
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
