import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { NodeInfo } from './node-info.ts';
import { nodeInfoOf, withChangedPod, withNode, withPod, withoutPod } from './node-info.ts';
import type { NodeTree } from './node-tree.ts';
import { addNode, emptyNodeTree, nodeOrder, removeNode, updateNode } from './node-tree.ts';
import type { PodInfo } from './pod-info.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The Nodes with the Pods that are bound or assumed to them, and the sums and lists that plugins search by. Plain data,
 * changed in place, each change in time that does not grow with the cluster.
 * Source: pkg/scheduler/backend/cache/cache.go, 1.36.
 */
export interface SchedulerCache {
  readonly nodes: Map<string, NodeInfo>;
  readonly tree: NodeTree;
  /** The Nodes in the order of the tree, and the place of each. */
  readonly list: NodeInfo[];
  readonly places: Map<string, number>;
  /** Nodes came or went: the list is to be made anew. */
  isReordered: boolean;
  /** Where each Pod is, by uid. */
  readonly pods: Map<string, PlacedPod>;
  /** Pods on Nodes that are not there (yet, or any more), by the Node's name. */
  readonly ghosts: Map<string, readonly PodInfo[]>;
  readonly withAffinity: Map<string, NodeInfo>;
  readonly withRequiredAntiAffinity: Map<string, NodeInfo>;
  readonly usedClaims: Map<string, number>;
  readonly imageNodes: Map<string, number>;
}

/** Frozen. */
interface PlacedPod {
  readonly node: string;
  readonly pod: PodInfo;
  /** Placed by the scheduler; the API server has not confirmed it. */
  readonly isAssumed: boolean;
}

export function emptyCache(): SchedulerCache {
  return {
    nodes: new Map(),
    tree: emptyNodeTree(),
    list: [],
    places: new Map(),
    isReordered: false,
    pods: new Map(),
    ghosts: new Map(),
    withAffinity: new Map(),
    withRequiredAntiAffinity: new Map(),
    usedClaims: new Map(),
    imageNodes: new Map(),
  };
}

/** The Nodes in the order of the tree. */
export function nodesInOrder(cache: SchedulerCache): readonly NodeInfo[] {
  if (!cache.isReordered) return cache.list;
  cache.isReordered = false;
  cache.list.length = 0;
  cache.places.clear();
  for (const name of nodeOrder(cache.tree)) {
    cache.places.set(name, cache.list.length);
    cache.list.push(cache.nodes.get(name)!);
  }
  return cache.list;
}

/** What a cache says of Nodes and Pods, with what else plugins read. */
export function snapshotOver(
  cache: SchedulerCache,
  others: Pick<Snapshot, 'view' | 'get' | 'assumedOnly' | 'nowMs' | 'hasNominated' | 'nominated'>,
): Snapshot {
  return {
    // Made only where it is asked for: in a cluster that grows, the order is another one after each Node.
    get nodes() {
      return nodesInOrder(cache);
    },
    find: (name) => cache.nodes.get(name),
    nodesWithAffinity: cache.withAffinity,
    nodesWithRequiredAntiAffinity: cache.withRequiredAntiAffinity,
    usedClaims: cache.usedClaims,
    imageNodes: cache.imageNodes,
    ...others,
  };
}

export function setNode(cache: SchedulerCache, node: KubernetesObject): void {
  const name = nameOf(node);
  const before = cache.nodes.get(name);
  if (before === undefined) {
    addNode(cache.tree, node);
    cache.isReordered = true;
    replace(cache, nodeInfoOf(node, cache.ghosts.get(name)));
    cache.ghosts.delete(name);
  } else {
    if (updateNode(cache.tree, before.node, node)) cache.isReordered = true;
    for (const image of before.images.keys()) count(cache.imageNodes, image, -1);
    replace(cache, withNode(before, node));
  }
  for (const image of cache.nodes.get(name)!.images.keys()) count(cache.imageNodes, image, 1);
}

export function deleteNode(cache: SchedulerCache, name: string): void {
  const info = cache.nodes.get(name);
  if (info === undefined) return;
  removeNode(cache.tree, info.node);
  cache.nodes.delete(name);
  cache.withAffinity.delete(name);
  cache.withRequiredAntiAffinity.delete(name);
  cache.isReordered = true;
  for (const image of info.images.keys()) count(cache.imageNodes, image, -1);
  for (const pod of info.pods) countClaims(cache, pod, -1);
  if (info.pods.length > 0) cache.ghosts.set(name, Object.freeze([...info.pods]));
}

/** A Pod that the scheduler placed; false where it is placed already. */
export function assumePod(cache: SchedulerCache, pod: PodInfo, node: string): boolean {
  if (cache.pods.has(pod.uid)) return false;
  place(cache, pod, node, true);
  return true;
}

/** The placing was given up. */
export function forgetPod(cache: SchedulerCache, uid: string): void {
  if (cache.pods.get(uid)?.isAssumed === true) takePod(cache, uid);
}

/** A Pod as the API server has it on a Node: new, changed, or the confirmation of what was assumed. */
export function setPod(cache: SchedulerCache, pod: PodInfo, node: string): void {
  const placed = cache.pods.get(pod.uid);
  const info = cache.nodes.get(node);
  if (placed?.node === node && info !== undefined && placed.pod.claims.length + pod.claims.length === 0) {
    cache.pods.set(pod.uid, Object.freeze({ node, pod, isAssumed: false }));
    return replace(cache, withChangedPod(info, placed.pod, pod));
  }
  takePod(cache, pod.uid);
  place(cache, pod, node, false);
}

export function takePod(cache: SchedulerCache, uid: string): void {
  const placed = cache.pods.get(uid);
  if (placed === undefined) return;
  cache.pods.delete(uid);
  const info = cache.nodes.get(placed.node);
  if (info !== undefined) {
    countClaims(cache, placed.pod, -1);
    return replace(cache, withoutPod(info, placed.pod));
  }
  const rest = (cache.ghosts.get(placed.node) ?? []).filter((ghost) => ghost.uid !== uid);
  if (rest.length === 0) cache.ghosts.delete(placed.node);
  else cache.ghosts.set(placed.node, Object.freeze(rest));
}

function place(cache: SchedulerCache, pod: PodInfo, node: string, assumed: boolean): void {
  cache.pods.set(pod.uid, Object.freeze({ node, pod, isAssumed: assumed }));
  const info = cache.nodes.get(node);
  if (info === undefined) {
    cache.ghosts.set(node, Object.freeze([...(cache.ghosts.get(node) ?? []), pod]));
    return;
  }
  countClaims(cache, pod, 1);
  replace(cache, withPod(info, pod));
}

function replace(cache: SchedulerCache, info: NodeInfo): void {
  const { name } = info;
  if (!cache.nodes.has(name)) for (const pod of info.pods) countClaims(cache, pod, 1);
  cache.nodes.set(name, info);
  if (!cache.isReordered) cache.list[cache.places.get(name)!] = info;
  keep(cache.withAffinity, info, info.podsWithAffinity.length > 0);
  keep(cache.withRequiredAntiAffinity, info, info.podsWithRequiredAntiAffinity.length > 0);
}

function keep(nodes: Map<string, NodeInfo>, info: NodeInfo, belongs: boolean): void {
  if (belongs) nodes.set(info.name, info);
  else nodes.delete(info.name);
}

function countClaims({ usedClaims }: SchedulerCache, { claims }: PodInfo, by: number): void {
  for (const claim of claims) count(usedClaims, claim, by);
}

function count(counts: Map<string, number>, key: string, by: number): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}
