import type { PodInfo } from '../scheduler/pod-info.ts';
import type { Growth } from './balancing.ts';
import { areSimilar, balanced } from './balancing.ts';
import type { ClusterSnapshot } from './cluster-snapshot.ts';
import { estimate } from './estimator.ts';
import type { ExpanderScene, Option } from './expander.ts';
import { bestOption } from './expander.ts';
import type { AutoscalerFlags, LivePool } from './loop-state.ts';
import type { PodGroup } from './pod-groups.ts';
import { podGroups } from './pod-groups.ts';
import type { Template } from './templates.ts';
import { nodeLike } from './templates.ts';

/** What a scale-up would do. */
export interface ScaleUpPlan {
  /** Pools that are to grow; none where nothing helps. */
  readonly growths: readonly Growth[];
  /** The Pods for which they grow. */
  readonly triggers: readonly PodInfo[];
  /** Pods that no pool can help, each with why, in the words of its Event. */
  readonly helpless: readonly { readonly pod: PodInfo; readonly words: string }[];
}

export interface ScaleUpScene {
  readonly pools: readonly LivePool[];
  readonly templates: ReadonlyMap<string, Template>;
  readonly snapshot: ClusterSnapshot;
  readonly flags: AutoscalerFlags;
  readonly expander: ExpanderScene;
  /** Why a pool is not to be touched: it is backed off, or not well. */
  skipReason(pool: LivePool): string | undefined;
}

/** Source: cluster-autoscaler/core/scaleup/orchestrator/skippedreasons.go, 1.36.1. */
export const BACKOFF = 'in backoff after failed scale-up';
export const NOT_READY = 'not ready for scale-up';
const MAX_REACHED = 'max node group size reached';
const FILTERED_OUT = 'expansion options filtered out and no longer considered';

interface Judged extends PodGroup {
  /** Pools that could take the Pods. */
  readonly fits: ReadonlySet<string>;
  /** Why others cannot, by pool. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
}

/**
 * Which pools grow, by how much, so that Pods that fit nowhere have a place.
 * Source: cluster-autoscaler/core/scaleup/orchestrator/orchestrator.go `ScaleUp`, 1.36.1.
 */
export function planScaleUp(pods: readonly PodInfo[], scene: ScaleUpScene): ScaleUpPlan {
  const { pools, templates, snapshot, flags } = scene;
  const skipped = new Map<string, string>();
  const valid = pools.filter((pool) => {
    const reason = scene.skipReason(pool) ?? (pool.target >= pool.pool.max ? MAX_REACHED : undefined);
    if (reason !== undefined) skipped.set(pool.name, reason);
    return reason === undefined && templates.has(pool.name);
  });
  const groups = podGroups(pods).map((group) => judged(group, valid, scene));
  const similar = (pool: LivePool): readonly LivePool[] => similarPools(pool, valid, groups, scene);
  const options = valid.flatMap((pool): readonly Option[] => {
    const own = groups.filter(({ fits }) => fits.has(pool.name));
    if (own.length === 0) return [];
    const room = [pool, ...similar(pool)].reduce((sum, one) => sum + Math.max(0, one.pool.max - one.target), 0);
    const template = templates.get(pool.name)!;
    const found = estimate(own, template.info, snapshot, Math.min(room, flags.maxNodesPerScaleUp));
    return found.nodeCount === 0 || found.pods.length === 0 ? [] : [{ template, ...found }];
  });
  const best = options.length === 0 ? undefined : bestOption(flags.expanders, options, scene.expander);
  const helpless = helplessOf(groups, skipped, options.length > 0 && best === undefined);
  if (best === undefined) return { growths: [], triggers: [], helpless };
  const pool = valid.find(({ name }) => name === best.template.pool.name)!;
  const nodes = cappedNodes(best.nodeCount, snapshot.nodes.length, flags);
  const targets = [pool, ...similar(pool)].map(({ name, target, pool: { max } }) => ({ name, target, max }));
  return { growths: nodes < 1 ? [] : balanced(targets, nodes), triggers: best.pods, helpless: [] };
}

function judged(group: PodGroup, pools: readonly LivePool[], { templates, snapshot }: ScaleUpScene): Judged {
  const [fits, reasons] = [new Set<string>(), new Map<string, readonly string[]>()];
  const [first] = group.pods;
  for (const { name } of pools) {
    const template = templates.get(name);
    if (first === undefined || template === undefined) continue;
    const moment = snapshot.fork();
    const node = nodeLike(template.info, `${template.info.name}-f`);
    snapshot.addNode(node);
    const refusal = snapshot.refusal(first, node.name);
    snapshot.revert(moment);
    if (refusal === undefined) fits.add(name);
    else reasons.set(name, refusal.verdict.reasons);
  }
  return { ...group, fits, reasons };
}

/** Source: `ComputeSimilarNodeGroups`, 1.36.1. */
function similarPools(
  pool: LivePool,
  valid: readonly LivePool[],
  groups: readonly Judged[],
  { flags, templates }: ScaleUpScene,
): readonly LivePool[] {
  const own = templates.get(pool.name)?.info;
  if (!flags.balanceSimilarNodeGroups || own === undefined) return [];
  return valid.filter((other) => {
    const info = templates.get(other.name)?.info;
    if (other.name === pool.name || info === undefined || !areSimilar(own, info, flags.differenceRatios)) return false;
    return groups.every(({ fits }) => !fits.has(pool.name) || fits.has(other.name));
  });
}

/** Source: `GetCappedNewNodeCount`, 1.36.1. */
function cappedNodes(nodes: number, present: number, { maxNodesTotal }: AutoscalerFlags): number {
  return maxNodesTotal > 0 ? Math.min(nodes, maxNodesTotal - present) : nodes;
}

/**
 * How many pools are out of the question for each reason.
 * Source: cluster-autoscaler/processors/status/eventing_scale_up_processor.go `ReasonsMessage`, 1.36.1, whose order is that of
 * a Go map; here by text.
 */
function helplessOf(
  groups: readonly Judged[],
  skipped: ReadonlyMap<string, string>,
  isFilteredOut: boolean,
): ScaleUpPlan['helpless'] {
  return groups.flatMap(({ pods, fits, reasons }) => {
    if (fits.size > 0 && !isFilteredOut) return [];
    const counts = new Map<string, number>();
    const filtered = isFilteredOut ? [...fits].map(() => FILTERED_OUT) : [];
    for (const reason of [...reasons.values()].flat().concat([...skipped.values()], filtered))
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    const words = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
    return pods.map((pod) => ({ pod, words: `pod didn't trigger scale-up: ${words.join(', ')}` }));
  });
}
