import type { SelectableNode } from '../../../apimachinery/node-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { AllocatedDevices } from './allocated-devices.ts';
import { AllocationError } from './allocation-error.ts';
import { allocationResult } from './allocation-result.ts';
import { DeviceSearch } from './device-search.ts';
import type { DeviceFeature } from './feature.ts';
import { gatherPools } from './resource-pools.ts';

/** What the allocator knows of the cluster; it changes none of it. */
export interface DeviceCluster {
  readonly features: ReadonlySet<DeviceFeature>;
  readonly allocated: AllocatedDevices;
  /** All ResourceSlices, of all Nodes. */
  readonly slices: readonly KubernetesObject[];
  deviceClass(name: string): KubernetesObject | undefined;
}

export interface Allocated {
  /** `status.allocation` of each claim; undefined where they cannot all be had on the Node. */
  readonly results: readonly JsonObject[] | undefined;
  /** Steps of the search, as upstream counts them. */
  readonly steps: number;
}

/**
 * Looks for devices that a Node can reach for all claims together; the first that fit are taken, in the order of pools,
 * slices and devices. Throws an AllocationError where the claims cannot be served for a reason that is to be told.
 * Source: staging/src/k8s.io/dynamic-resource-allocation/structured/internal/incubating/allocator_incubating.go, 1.36.
 */
export function allocateDevices(
  cluster: DeviceCluster,
  node: SelectableNode,
  claims: readonly KubernetesObject[],
): Allocated {
  const pools = gatherPools(cluster.slices, node, cluster.features);
  const search = new DeviceSearch(cluster, node, claims, pools);
  if (!search.run()) {
    if (pools.some(({ invalid }) => invalid !== undefined))
      throw new AllocationError('invalid resource pools were encountered', true);
    return { results: undefined, steps: search.steps };
  }
  const results = claims.map((claim, index) =>
    allocationResult(claim, search.chosen[index]!, search.requestsOf(index), node.name, cluster.features),
  );
  return { results, steps: search.steps };
}
