import type { KubernetesObject } from '../../apimachinery/object.ts';
import { taintsOf } from '../../apimachinery/taints.ts';
import { objectAt, stringAt } from '../../base/json.ts';
import type { NodeInfo } from '../scheduler/node-info.ts';
import { nodeInfoOf } from '../scheduler/node-info.ts';
import type { PodInfo } from '../scheduler/pod-info.ts';
import type { ClusterSnapshot } from './cluster-snapshot.ts';
import type { DrainScene } from './drainability.ts';
import { podsToMove } from './drainability.ts';
import type { AutoscalerFlags, LivePool, LoopMemory } from './loop-state.ts';
import { isNodeReady } from './readiness.ts';
import { TO_BE_DELETED } from './templates.ts';
import type { Utilization } from './utilization.ts';
import { utilizationOf } from './utilization.ts';

/** A Node that could go, with the Pods that would have to move. */
export interface Removable {
  readonly name: string;
  readonly pool: LivePool;
  readonly isReady: boolean;
  readonly pods: readonly PodInfo[];
  readonly utilization: Utilization;
  /** Pods that are waited for until they are done. */
  readonly isAwaited: boolean;
  /** Not all of its Pods could go at once. */
  readonly isRisky: boolean;
}

export interface ScaleDownScene {
  readonly pools: ReadonlyMap<string, LivePool>;
  readonly poolOf: ReadonlyMap<string, string>;
  readonly snapshot: ClusterSnapshot;
  readonly flags: AutoscalerFlags;
  readonly memory: LoopMemory;
  readonly drain: DrainScene;
  readonly nowMs: number;
}

/** Source: cluster-autoscaler/core/scaledown/eligibility/eligibility.go `ScaleDownDisabledKey`, 1.36.1. */
const SCALE_DOWN_DISABLED = 'cluster-autoscaler.kubernetes.io/scale-down-disabled';

export interface ScaleDownPlan {
  readonly unneeded: readonly Removable[];
  /** Until when Nodes that cannot go are not looked at again. */
  readonly unremovable: Readonly<Record<string, number>>;
}

/**
 * Which Nodes are not needed: little of them is asked for, their Pods may move, and there is room for them elsewhere.
 * Source: cluster-autoscaler/core/scaledown/planner/planner.go `categorizeNodes`, 1.36.1.
 */
export function planScaleDown(scene: ScaleDownScene): ScaleDownPlan {
  const { snapshot, flags, memory, drain, nowMs } = scene;
  const unremovable = Object.fromEntries(Object.entries(memory.unremovable).filter(([, untilMs]) => untilMs > nowMs));
  const candidates = snapshot.nodes.flatMap((node) => candidateOf(node, scene) ?? []);
  const destinations = new Set(snapshot.nodes.map(({ name }) => name).filter((name) => !(name in memory.deletions)));
  const unneeded: Removable[] = [];
  const most = unneededLimit(flags, Object.keys(memory.unneeded).length);
  const moment = snapshot.fork();
  for (const { node, pool, utilization } of candidates) {
    if (unremovable[node.name] !== undefined || utilization === undefined) continue;
    if (utilization.most > flags.scaleDownUtilizationThreshold) continue;
    if (unneeded.length >= most) break;
    const moves = podsToMove(node, drain);
    if ('error' in moves || !hasPlaceFor(node, moves.pods, destinations, snapshot, nowMs)) {
      unremovable[node.name] = nowMs + flags.unremovableRecheckMs;
      continue;
    }
    const isRisky = !drain.budgets.canGoTogether(moves.pods);
    destinations.delete(node.name);
    drain.budgets.remove(moves.pods);
    const isAwaited = moves.onCompletion.length > 0;
    const { name } = node;
    unneeded.push({ name, pool, isReady: isNodeReady(node.node), pods: moves.pods, utilization, isAwaited, isRisky });
  }
  snapshot.revert(moment);
  return { unneeded, unremovable };
}

/** Nodes of pools that have more than they must, that nobody keeps, and that are not being deleted. */
function candidateOf(
  node: NodeInfo,
  { pools, poolOf, flags, memory, nowMs }: ScaleDownScene,
): { readonly node: NodeInfo; readonly pool: LivePool; readonly utilization: Utilization | undefined } | undefined {
  const pool = pools.get(poolOf.get(node.name) ?? '');
  if (pool === undefined || pool.target <= pool.pool.min || node.name in memory.deletions) return undefined;
  if (node.taints.some((taint) => stringAt(taint, 'key') === TO_BE_DELETED)) return undefined;
  if (stringAt(node.node, 'metadata', 'annotations', SCALE_DOWN_DISABLED) === 'true') return undefined;
  const utilization = utilizationOf(node, { ignoreDaemonSets: flags.ignoreDaemonSetsUtilization, nowMs });
  return { node, pool, utilization };
}

/** Source: `unneededNodesLimit`, 1.36.1. */
function unneededLimit(flags: AutoscalerFlags, known: number): number {
  const { maxScaleDownParallelism: parallel, scaleDownUnneededMs, scanIntervalMs } = flags;
  const loops = Math.trunc(Math.max(scaleDownUnneededMs, scanIntervalMs) / scanIntervalMs);
  return Math.min(known + 2 * parallel, parallel * loops + parallel);
}

/**
 * Moves the Pods in thought; what was moved stays moved where all have a place, and nothing where not. Until they are gone
 * the Node stands there, tainted and empty.
 * Source: cluster-autoscaler/simulator/cluster.go `findPlaceFor`, `replaceWithTaintedGhostNode`, 1.36.1.
 */
function hasPlaceFor(
  node: NodeInfo,
  pods: readonly PodInfo[],
  destinations: ReadonlySet<string>,
  snapshot: ClusterSnapshot,
  nowMs: number,
): boolean {
  const moment = snapshot.fork();
  snapshot.removeNode(node.name);
  snapshot.addNode(nodeInfoOf(tainted(node.node, nowMs)));
  const isWanted = ({ name }: NodeInfo): boolean => name !== node.name && destinations.has(name);
  const isPlaced = pods.every((pod) => snapshot.scheduleOnAny(withoutNode(pod), isWanted) !== undefined);
  if (isPlaced) snapshot.removeNode(node.name);
  else snapshot.revert(moment);
  return isPlaced;
}

function tainted(node: KubernetesObject, nowMs: number): KubernetesObject {
  const taint = { key: TO_BE_DELETED, value: String(Math.trunc(nowMs / 1000)), effect: 'NoSchedule' };
  return { ...node, spec: { ...objectAt(node, 'spec'), taints: [...taintsOf(node), taint] } };
}

/** The Pod as it would be made again: on no Node. */
export function withoutNode(info: PodInfo): PodInfo {
  const { nodeName: _, ...spec } = objectAt(info.pod, 'spec') ?? {};
  return { ...info, pod: { ...info.pod, spec } };
}

/**
 * The Nodes that go now: not needed for long enough, empty ones before others, as many at once as may.
 * Source: cluster-autoscaler/core/scaledown/unneeded/nodes.go `RemovableAt`, planner.go `NodesToDelete`,
 * cluster-autoscaler/core/scaledown/budgets/budgets.go `CropNodes`, 1.36.1.
 */
export function nodesToDelete(
  unneeded: readonly Removable[],
  { flags, memory, pools, nowMs }: ScaleDownScene,
): readonly Removable[] {
  const sizes = new Map([...pools].map(([name, { target }]) => [name, target]));
  const going = Object.values(memory.deletions);
  const isDue = ({ name, pool, isReady, isAwaited }: Removable): boolean => {
    const sinceMs = memory.unneeded[name];
    if (sinceMs === undefined || sinceMs + thresholdOf(isReady, flags) >= nowMs || isAwaited) return false;
    const deletions = going.filter((one) => one.pool === pool.name).length;
    const size = sizes.get(pool.name) ?? 0;
    if (size - deletions <= pool.pool.min) return false;
    sizes.set(pool.name, size - 1);
    return true;
  };
  const empty = unneeded.filter(({ pods }) => pods.length === 0).filter(isDue);
  const full = unneeded.filter(({ pods }) => pods.length > 0).filter(isDue);
  const drained = [...full.filter(({ isRisky }) => !isRisky), ...full.filter(({ isRisky }) => isRisky)];
  const room = Math.max(0, flags.maxScaleDownParallelism - going.length);
  const drains = Math.max(0, flags.maxDrainParallelism - going.filter(({ withDrain }) => withDrain).length);
  const first = empty.slice(0, room);
  return [...first, ...drained.slice(0, Math.min(room - first.length, drains))];
}

export function thresholdOf(isReady: boolean, flags: AutoscalerFlags): number {
  return isReady ? flags.scaleDownUnneededMs : flags.scaleDownUnreadyMs;
}
