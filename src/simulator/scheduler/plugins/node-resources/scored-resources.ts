import type { NodeInfo } from '../../node-info.ts';
import type { Amounts, PodInfo } from '../../pod-info.ts';

/** A resource that counts in a score. */
export interface ScoredResource {
  readonly name: string;
  readonly weight: number;
}

export const CPU_AND_MEMORY: readonly ScoredResource[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
];

/** Thousandths of a cpu, bytes, or pieces. */
export function amountOf(amounts: Amounts, name: string): number {
  switch (name) {
    case 'cpu':
      return amounts.cpuMilli;
    case 'memory':
      return amounts.memoryBytes;
    case 'ephemeral-storage':
      return amounts.ephemeralBytes;
    default:
      return amounts.scalar?.get(name) ?? 0;
  }
}

/** What a strategy gives for one resource, 0 to 100; undefined where the resource is not to count. */
export type ResourceScore = (requested: number, capacity: number) => number | undefined;

/** The sum of the scores of the resources that the Node has, and of their weights. */
export interface WeightedSum {
  readonly score: number;
  readonly weight: number;
}

/**
 * What the resources of a Node score together if the Pod came to it. What is not requested counts as 100m and 200 MiB; an
 * extended resource that the Pod does not request, and one that the Node has not, count for nothing.
 * Source: pkg/scheduler/framework/plugins/noderesources/resource_allocation.go, 1.36.
 */
export function weightedSum(
  resources: readonly ScoredResource[],
  pod: PodInfo,
  node: NodeInfo,
  scoreOf: ResourceScore,
): WeightedSum {
  let [sum, weights] = [0, 0];
  for (const { name, weight } of resources) {
    const wanted = amountOf(pod.nonZeroRequests, name);
    if (wanted === 0 && isScalar(name)) continue;
    const capacity = amountOf(node.allocatable, name);
    if (capacity === 0) continue;
    const used = name === 'cpu' || name === 'memory' ? node.nonZeroRequested : node.requested;
    const score = scoreOf(amountOf(used, name) + wanted, capacity);
    if (score === undefined) continue;
    sum += score * weight;
    weights += weight;
  }
  return { score: sum, weight: weights };
}

export function isScalar(name: string): boolean {
  return name !== 'cpu' && name !== 'memory' && name !== 'ephemeral-storage';
}
