import { conditionsOf, hasCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import { runTimeOf } from '../controllers/workload/pod-state.ts';
import type { AutoscalerFlags, LivePool, LoopMemory } from './loop-state.ts';

/** How the Nodes of a pool, or all, are; names of Nodes. */
export interface Readiness {
  readonly registered: readonly string[];
  readonly ready: readonly string[];
  readonly unready: readonly string[];
  /** Not ready yet. */
  readonly notStarted: readonly string[];
  /** Their machine is gone. */
  readonly deleted: readonly string[];
  /** Machines without a Node. */
  readonly unregistered: readonly string[];
}

/** The pools, the pool of each Node, and how they are. */
export interface PoolReadiness {
  readonly total: Readiness;
  readonly byPool: ReadonlyMap<string, Readiness>;
  /** Name of the pool, by name of a Node. */
  readonly poolOf: ReadonlyMap<string, string>;
}

/** Source: cluster-autoscaler/clusterstate/clusterstate.go `updateReadinessStats`, 1.36.1. */
export function readinessOf(
  pools: readonly LivePool[],
  nodes: readonly KubernetesObject[],
  { maxNodeStartupMs }: AutoscalerFlags,
  nowMs: number,
): PoolReadiness {
  const poolOf = new Map(pools.flatMap(({ name, instances }) => instances.map((one) => [one.name, name] as const)));
  const kindOf = (node: KubernetesObject): 'ready' | 'unready' | 'notStarted' | 'deleted' => {
    if (wasOfPool(node) && !poolOf.has(nameOf(node))) return 'deleted';
    if (isNodeReady(node)) return 'ready';
    const made = runTimeOf(stringAt(node, 'metadata', 'creationTimestamp')) ?? nowMs;
    return made + maxNodeStartupMs > nowMs ? 'notStarted' : 'unready';
  };
  const kinds = nodes.map((node) => ({ name: nameOf(node), kind: kindOf(node) }));
  const known = new Set(nodes.map(nameOf));
  const unregistered = [...poolOf.keys()].filter((name) => !known.has(name));
  const among = (isMeant: (name: string) => boolean): Readiness => {
    const own = kinds.filter(({ name }) => isMeant(name));
    const those = (kind: string): readonly string[] => own.filter((one) => one.kind === kind).map(({ name }) => name);
    return {
      registered: own.map(({ name }) => name),
      ready: those('ready'),
      unready: those('unready'),
      notStarted: those('notStarted'),
      deleted: those('deleted'),
      unregistered: unregistered.filter(isMeant),
    };
  };
  return {
    total: among(() => true),
    byPool: new Map(pools.map(({ name }) => [name, among((node) => poolOf.get(node) === name)])),
    poolOf,
  };
}

function wasOfPool(node: KubernetesObject): boolean {
  return stringAt(node, 'spec', 'providerID')?.startsWith('drydock:///') === true;
}

export function isNodeReady(node: KubernetesObject): boolean {
  return hasCondition(conditionsOf(node), 'Ready', 'True');
}

/** Machines that are still to come, or whose Nodes are not ready yet. Source: `calculateUpcomingNodesInNodeGroup`, 1.36.1. */
export function upcomingOf({ name, target }: LivePool, { byPool }: PoolReadiness): number {
  const readiness = byPool.get(name);
  return Math.max(0, target - (readiness?.ready.length ?? 0) - (readiness?.unready.length ?? 0));
}

/** Source: `IsClusterHealthy`, 1.36.1. */
export function isClusterHealthy(
  { total }: PoolReadiness,
  { okTotalUnreadyCount, maxTotalUnreadyPercentage }: AutoscalerFlags,
): boolean {
  const unready = total.unready.length;
  const most = (maxTotalUnreadyPercentage / 100) * total.registered.length;
  return !(unready > okTotalUnreadyCount && unready > most);
}

/** Source: `IsNodeGroupHealthy`, 1.36.1. */
export function isPoolHealthy(
  { name, target }: LivePool,
  { byPool }: PoolReadiness,
  { requests }: LoopMemory,
  { okTotalUnreadyCount, maxTotalUnreadyPercentage }: AutoscalerFlags,
): boolean {
  const readiness = byPool.get(name);
  const least = target - (requests[name]?.increase ?? 0);
  if (readiness === undefined || readiness.registered.length === 0) return least <= 0 || target === 0;
  const { ready, unready, notStarted } = readiness;
  const missing = Math.max(0, least - ready.length);
  const most = (maxTotalUnreadyPercentage / 100) * (ready.length + unready.length + notStarted.length);
  return !(missing > okTotalUnreadyCount && missing > most);
}
