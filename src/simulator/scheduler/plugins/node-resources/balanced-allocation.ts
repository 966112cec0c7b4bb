import type { NodeInfo } from '../../node-info.ts';
import type { SchedulerPlugin } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { ScoredResource } from './scored-resources.ts';
import { CPU_AND_MEMORY, amountOf, isScalar } from './scored-resources.ts';

/**
 * Favours Nodes on which the Pod evens out what is used of each resource: about 75 where it changes nothing, up to 100
 * where it helps, down to 50 where it does harm. A Pod that requests nothing is not scored.
 * Source: pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go, 1.36.
 */
export function nodeResourcesBalancedAllocation(
  resources: readonly ScoredResource[] = CPU_AND_MEMORY,
): SchedulerPlugin {
  return {
    name: 'NodeResourcesBalancedAllocation',
    isLocal: true,
    preScore: ({ requests }) =>
      resources.every(({ name }) => amountOf(requests, name) === 0) ? { skip: true } : { state: undefined },
    score: (pod, node) => balancedAllocation(resources, pod, node),
  };
}

const MOST = 100;

function balancedAllocation(resources: readonly ScoredResource[], pod: PodInfo, node: NodeInfo): number {
  const without: number[] = [];
  const withPod: number[] = [];
  for (const { name } of resources) {
    const wanted = amountOf(pod.requests, name);
    const capacity = amountOf(node.allocatable, name);
    if (capacity === 0 || (wanted === 0 && isScalar(name))) continue;
    const used = amountOf(node.requested, name);
    without.push(Math.min(1, used / capacity));
    withPod.push(Math.min(1, (used + wanted) / capacity));
  }
  return MOST / 2 + Math.trunc((MOST / 2 + evenness(withPod) - evenness(without)) / 2);
}

/** 100 where all fractions are the same, 50 where they are as far apart as can be. */
function evenness(fractions: readonly number[]): number {
  return Math.trunc((1 - deviation(fractions)) * MOST);
}

function deviation(fractions: readonly number[]): number {
  if (fractions.length < 2) return 0;
  if (fractions.length === 2) return Math.abs((fractions[0]! - fractions[1]!) / 2);
  const mean = fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
  const squares = fractions.reduce((sum, fraction) => sum + (fraction - mean) * (fraction - mean), 0);
  return Math.sqrt(squares / fractions.length);
}
