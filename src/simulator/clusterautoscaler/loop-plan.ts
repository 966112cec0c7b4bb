import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import type { View } from '../client/view.ts';
import { isTerminal, runTimeOf } from '../controllers/workload/pod-state.ts';
import { nodeInfoOf } from '../scheduler/node-info.ts';
import type { PodInfo } from '../scheduler/pod-info.ts';
import { podInfoOf } from '../scheduler/pod-info.ts';
import type { Listed } from '../scheduler/snapshot.ts';
import type { Growth } from './balancing.ts';
import { ClusterSnapshot } from './cluster-snapshot.ts';
import type { DrainScene, OwnerPlural } from './drainability.ts';
import { PRIORITY_CONFIG_KEY } from './expander.ts';
import type { AutoscalerFlags, LivePool, LoopMemory } from './loop-state.ts';
import { controllerKeyOf, isOfDaemonSet, likenessOf } from './pod-groups.ts';
import type { PoolReadiness } from './readiness.ts';
import { isClusterHealthy, isPoolHealthy, readinessOf, upcomingOf } from './readiness.ts';
import { RemainingBudgets } from './remaining-budgets.ts';
import type { Removable, ScaleDownScene } from './scale-down.ts';
import { nodesToDelete, planScaleDown, thresholdOf, withoutNode } from './scale-down.ts';
import type { ScaleUpPlan } from './scale-up.ts';
import { BACKOFF, NOT_READY, planScaleUp } from './scale-up.ts';
import { nodeLike, templateOf } from './templates.ts';

/** What a loop looks at. */
export interface LoopScene {
  readonly nowMs: number;
  readonly flags: AutoscalerFlags;
  readonly pools: readonly LivePool[];
  readonly memory: LoopMemory;
  view(plural: Listed | OwnerPlural | 'nodes' | 'pods' | 'configmaps'): View;
  /** A number below `count`. */
  draw(count: number): number;
}

/** What a loop does, and what it found. Plain data. */
export interface LoopPlan {
  readonly readiness: PoolReadiness;
  readonly isHealthy: boolean;
  readonly growths: readonly Growth[];
  readonly triggers: readonly KubernetesObject[];
  readonly helpless: readonly { readonly pod: KubernetesObject; readonly words: string }[];
  /** What is wrong with the configuration of the priority expander. */
  readonly warnings: readonly { readonly reason: string; readonly message: string }[];
  readonly unneeded: readonly Removable[];
  readonly unremovable: Readonly<Record<string, number>>;
  readonly deletions: readonly Removable[];
  /** When the next Node goes if all stays as it is; undefined where none will. Milliseconds of the run. */
  readonly nextRemovalMs: number | undefined;
}

const NO_SCALE_UP: ScaleUpPlan = { growths: [], triggers: [], helpless: [] };
/** Source: cluster-autoscaler/core/static_autoscaler.go `unschedulablePodTimeBuffer`, 1.36.1. */
const NEW_POD_MS = 2000;

/** One round of the autoscaler, in thought. Source: cluster-autoscaler/core/static_autoscaler.go `RunOnce`, 1.36.1. */
export function planLoop(scene: LoopScene): LoopPlan {
  const { flags, pools, memory, nowMs } = scene;
  const nodes = scene.view('nodes').list();
  const readiness = readinessOf(pools, nodes, flags, nowMs);
  const warnings: { readonly reason: string; readonly message: string }[] = [];
  if (!isClusterHealthy(readiness, flags))
    return { ...NOTHING, readiness, isHealthy: false, unremovable: memory.unremovable };
  const snapshot = snapshotOf(scene, nodes);
  const templates = new Map(
    pools.map(({ name, pool }) => {
      const own = snapshot.nodes.filter((node) => readiness.poolOf.get(node.name) === name);
      return [name, templateOf(pool, own, scene.view('daemonsets').list(), nowMs)] as const;
    }),
  );
  for (const pool of pools) {
    if (memory.requests[pool.name] === undefined) continue;
    for (const name of readiness.byPool.get(pool.name)?.notStarted ?? []) snapshot.removeNode(name);
    const info = templates.get(pool.name)!.info;
    for (let index = 0; index < upcomingOf(pool, readiness); index++)
      snapshot.addNode(nodeLike(info, `${info.name}-upcoming-${index}`));
  }
  const pods = withoutPlace(podsToHelp(scene, snapshot), snapshot);
  const areNew = pods.length > 0 && Math.min(...pods.map(({ pod }) => madeMs(pod, nowMs))) + NEW_POD_MS > nowMs;
  const isHelped = (pool: LivePool): string | undefined =>
    !isPoolHealthy(pool, readiness, memory, flags)
      ? NOT_READY
      : (memory.backoffs[pool.name]?.untilMs ?? -1) >= nowMs
        ? BACKOFF
        : undefined;
  const expander = {
    priorities: scene.view('configmaps').getKey(PRIORITY_CONFIG_KEY),
    draw: (count: number): number => scene.draw(count),
    warn: (reason: string, message: string): void => void warnings.push({ reason, message }),
  };
  const scaleUp =
    pods.length === 0 || areNew
      ? NO_SCALE_UP
      : planScaleUp(pods, { pools, templates, snapshot, flags, expander, skipReason: isHelped });
  const growths = scaleUp.growths.length > 0 ? scaleUp.growths : toMinimum(pools, flags);
  const down: ScaleDownScene = {
    pools: new Map(pools.map((pool) => [pool.name, pool])),
    poolOf: readiness.poolOf,
    snapshot,
    flags,
    memory,
    drain: drainSceneOf(scene),
    nowMs,
  };
  const { unneeded, unremovable } = flags.scaleDownEnabled
    ? planScaleDown(down)
    : { unneeded: [], unremovable: memory.unremovable };
  const restsUntilMs = Math.max(
    (growths.length > 0 ? nowMs : memory.lastScaleUpMs) + flags.scaleDownDelayAfterAddMs,
    memory.lastScaleDownFailMs + flags.scaleDownDelayAfterFailureMs,
    memory.lastScaleDownDeleteMs + flags.scaleDownDelayAfterDeleteMs,
  );
  return {
    readiness,
    isHealthy: true,
    growths,
    triggers: scaleUp.triggers.map(({ pod }) => pod),
    helpless: scaleUp.helpless.map(({ pod, words }) => ({ pod: pod.pod, words })),
    warnings,
    unneeded,
    unremovable,
    deletions: areNew || restsUntilMs > nowMs ? [] : nodesToDelete(unneeded, down),
    nextRemovalMs: nextRemoval(unneeded, down, restsUntilMs),
  };
}

const NOTHING = {
  growths: [],
  triggers: [],
  helpless: [],
  warnings: [],
  unneeded: [],
  deletions: [],
  nextRemovalMs: undefined,
};

/** Nodes with the Pods that are on them or nominated to them, but for those that anybody may push aside. */
function snapshotOf({ view, flags }: LoopScene, nodes: readonly KubernetesObject[]): ClusterSnapshot {
  const byNode = new Map<string, PodInfo[]>();
  for (const pod of view('pods').list()) {
    const node = nameAt(pod, 'spec', 'nodeName') ?? nameAt(pod, 'status', 'nominatedNodeName');
    if (node === undefined || isTerminal(pod)) continue;
    const info = podInfoOf(pod);
    if (info.priority < flags.expendablePodsPriorityCutoff) continue;
    const there = byNode.get(node);
    if (there === undefined) byNode.set(node, [info]);
    else there.push(info);
  }
  const snapshot = new ClusterSnapshot(view);
  for (const node of nodes) snapshot.addNode(nodeInfoOf(node, byNode.get(nameOf(node)) ?? []));
  return snapshot;
}

/** Pods that the scheduler could not place, and those of Nodes that are being drained. */
function podsToHelp({ view, memory, flags, nowMs }: LoopScene, snapshot: ClusterSnapshot): readonly PodInfo[] {
  const waiting = view('pods').list().filter(isUnschedulable).map(podInfoOf);
  const leaving = Object.entries(memory.deletions)
    .filter(([, { withDrain }]) => withDrain)
    .flatMap(([name]) => [...(snapshot.find(name)?.pods ?? [])])
    .filter((pod) => !isBeingDeleted(pod.pod) && !isOfDaemonSet(pod))
    .map((pod) => ({ ...withoutNode(pod), uid: `${pod.uid}@drained` }));
  return [...waiting, ...leaving].filter(
    ({ pod, priority }) =>
      priority >= flags.expendablePodsPriorityCutoff && madeMs(pod, nowMs) + flags.newPodScaleUpDelayMs <= nowMs,
  );
}

/** Source: cluster-autoscaler/utils/kubernetes/listers.go `isUnschedulable`, 1.36.1. */
function isUnschedulable(pod: KubernetesObject): boolean {
  if (nameAt(pod, 'spec', 'nodeName') !== undefined || nameAt(pod, 'status', 'nominatedNodeName') !== undefined)
    return false;
  const scheduled = findCondition(conditionsOf(pod), 'PodScheduled');
  const isRefused = stringAt(scheduled, 'status') === 'False' && stringAt(scheduled, 'reason') === 'Unschedulable';
  return isRefused && !isBeingDeleted(pod);
}

function madeMs(pod: KubernetesObject, nowMs: number): number {
  return runTimeOf(stringAt(pod, 'metadata', 'creationTimestamp')) ?? nowMs;
}

/**
 * Those that have no place on the Nodes that are there or on their way, the important ones first; the others take theirs.
 * Source: cluster-autoscaler/core/podlistprocessor/filter_out_schedulable.go, filter_out_daemon_sets.go, 1.36.1.
 */
function withoutPlace(pods: readonly PodInfo[], snapshot: ClusterSnapshot): readonly PodInfo[] {
  const hopeless = new Set<string>();
  return pods
    .toSorted((a, b) => b.priority - a.priority)
    .filter((pod) => {
      const likeness = `${controllerKeyOf(pod)} ${likenessOf(pod)}`;
      if (hopeless.has(likeness)) return true;
      const isPlaced = snapshot.scheduleOnAny(pod, () => true) !== undefined;
      if (!isPlaced) hopeless.add(likeness);
      return !isPlaced;
    })
    .filter((pod) => !isOfDaemonSet(pod));
}

/** Source: `ScaleUpToNodeGroupMinSize`, 1.36.1. */
function toMinimum(pools: readonly LivePool[], { enforceNodeGroupMinSize }: AutoscalerFlags): readonly Growth[] {
  if (!enforceNodeGroupMinSize) return [];
  return pools
    .filter(({ target, pool }) => target < pool.min)
    .map(({ name, target, pool }) => ({ pool: name, current: target, wanted: pool.min, max: pool.max }));
}

export function drainSceneOf({ view, flags, nowMs }: Pick<LoopScene, 'view' | 'flags' | 'nowMs'>): DrainScene {
  return {
    rules: flags,
    budgets: new RemainingBudgets(view('poddisruptionbudgets').list()),
    nowMs,
    owner: (plural, key) => view(plural).getKey(key),
  };
}

/** When the first of the Nodes that are not needed will go; those that a pool must keep never go. */
function nextRemoval(
  unneeded: readonly Removable[],
  { memory, flags, nowMs, pools }: ScaleDownScene,
  restsUntilMs: number,
): number | undefined {
  const dues = [...pools.values()].flatMap((pool) => {
    const going = Object.values(memory.deletions).filter((one) => one.pool === pool.name).length;
    return unneeded
      .filter((one) => one.pool.name === pool.name && !one.isAwaited)
      .map(({ name, isReady }) => (memory.unneeded[name] ?? nowMs) + thresholdOf(isReady, flags))
      .sort((a, b) => a - b)
      .slice(0, Math.max(0, pool.target - going - pool.pool.min));
  });
  return dues.length === 0 ? undefined : Math.max(Math.min(...dues), restsUntilMs);
}
