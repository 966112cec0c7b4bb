import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import type { JsonObject } from '../../../../base/json.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { Verdict } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { allocatedDevices } from '../../structured/allocated-devices.ts';
import { AllocationError } from '../../structured/allocation-error.ts';
import type { DeviceCluster } from '../../structured/allocator.ts';
import { allocateDevices } from '../../structured/allocator.ts';
import { SCHEDULER_FEATURES } from '../../structured/feature.ts';
import type { NodeClaim } from './extended-resources.ts';
import { claimOnNode } from './extended-resources.ts';
import type { PodDevices } from './pod-devices.ts';
import { unresolvable } from './pod-devices.ts';

/** What a Node offers for a Pod. */
interface NodeAllocation {
  /** `status.allocation` of the claims that have none, in their order. */
  readonly results: readonly JsonObject[];
  /** The claim for extended resources as it is on this Node. */
  readonly onNode?: NodeClaim;
  /** Nothing else is to be looked at: device plugins serve all. */
  readonly isSettled: boolean;
}

/** By what a cycle found of the Pod: what was worked out for its Nodes. */
const worked = new WeakMap<PodDevices, Map<NodeInfo, NodeAllocation | { readonly verdict: Verdict }>>();

export function allocationOn(
  pod: PodInfo,
  node: NodeInfo,
  devices: PodDevices,
  snapshot: Snapshot,
): NodeAllocation | { readonly verdict: Verdict } {
  let nodes = worked.get(devices);
  if (nodes === undefined) worked.set(devices, (nodes = new Map()));
  let found = nodes.get(node);
  if (found === undefined) nodes.set(node, (found = workOut(pod, node, devices, snapshot)));
  return found;
}

function workOut(
  pod: PodInfo,
  node: NodeInfo,
  { claims, toAllocate, extended }: PodDevices,
  snapshot: Snapshot,
): NodeAllocation | { readonly verdict: Verdict } {
  const onNode = extended === undefined ? undefined : claimOnNode(extended, pod, node, snapshot);
  if (typeof onNode === 'string') return { verdict: unresolvable(onNode) };
  if (onNode !== undefined && !onNode.needsDevices && claims.length === 1) return { results: [], isSettled: true };
  const wanted = toAllocate.map((claim) => (claim === extended && onNode !== undefined ? onNode.claim : claim));
  const found = allocate(wanted, node, snapshot);
  return 'verdict' in found
    ? found
    : { results: found.results, isSettled: false, ...(onNode === undefined ? {} : { onNode }) };
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
      allocated: allocatedDevices([...claims, ...snapshot.assumedOnly('resourceclaims')]),
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
