import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { View } from '../client/view.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

/** Plurals of what the scheduler watches beside Pods and Nodes. Source: pkg/scheduler/eventhandlers.go, 1.36. */
export const LISTED = [
  'namespaces',
  'services',
  'replicationcontrollers',
  'replicasets',
  'statefulsets',
  'persistentvolumeclaims',
  'persistentvolumes',
  'storageclasses',
  'csinodes',
  'csidrivers',
  'csistoragecapacities',
  'volumeattachments',
  'poddisruptionbudgets',
  'resourceclaims',
  'resourceslices',
  'deviceclasses',
] as const;

export type Listed = (typeof LISTED)[number];

/**
 * The cluster as the scheduler sees it in one cycle: its caches, and the Pods that it placed and that are not yet bound.
 * It holds still during a cycle and moves on between two.
 *
 * What a plugin works out of a Node it can keep by NodeInfo (a WeakMap), or as an index over all Nodes that it brings up to
 * date with `changedNodes`: a NodeInfo is another object if, and only if, something on the Node changed.
 */
export interface Snapshot {
  /** In the order in which they are looked at: zones take turns. */
  readonly nodes: readonly NodeInfo[];
  find(name: string): NodeInfo | undefined;
  /** By name, the Nodes with a Pod that has pod affinity or anti-affinity of any kind. */
  readonly nodesWithAffinity: ReadonlyMap<string, NodeInfo>;
  /** By name, the Nodes with a Pod that has required anti-affinity. */
  readonly nodesWithRequiredAntiAffinity: ReadonlyMap<string, NodeInfo>;
  /** `namespace/name` of the claims that Pods on Nodes use, with the number of those Pods. */
  readonly usedClaims: ReadonlyMap<string, number>;
  /** On how many Nodes an image is, by each of its names. */
  readonly imageNodes: ReadonlyMap<string, number>;
  /** The objects of a resource as the cache has them; empty where the scheduler does not watch it. */
  view(plural: Listed): View;
  /** An object by key (`namespace/name` or `name`): as it was assumed by `reserve`, where the cache has not caught up. */
  get(plural: Listed, key: string): KubernetesObject | undefined;
  /** Objects that are only assumed, for the cache has none of their key. */
  assumedOnly(plural: Listed): readonly KubernetesObject[];
  /** Milliseconds of the run. */
  readonly nowMs: number;
  /** Whether any Pod is nominated to any Node. */
  readonly hasNominated: boolean;
  /** Pods that are to run on a Node and are not there yet. */
  nominated(node: string): readonly PodInfo[];
}

/**
 * Tells which of the Nodes are other than those seen before, and makes `seen` equal to them. False, and `seen` is filled
 * anew, where Nodes came, went or changed their places: an index is then to be built from the start.
 * @public
 */
export function changedNodes(
  seen: NodeInfo[],
  nodes: readonly NodeInfo[],
  changed: (before: NodeInfo, after: NodeInfo, index: number) => void,
): boolean {
  if (seen.length !== nodes.length) return refill(seen, nodes);
  for (let index = 0; index < nodes.length; index++) {
    const before = seen[index]!;
    const after = nodes[index]!;
    if (before === after) continue;
    if (before.name !== after.name) return refill(seen, nodes);
    changed(before, after, index);
    seen[index] = after;
  }
  return true;
}

function refill(seen: NodeInfo[], nodes: readonly NodeInfo[]): false {
  seen.length = 0;
  for (const node of nodes) seen.push(node);
  return false;
}
