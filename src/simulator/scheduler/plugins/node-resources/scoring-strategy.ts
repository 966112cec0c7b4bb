import type { NodeInfo } from '../../node-info.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { ScoredResource } from './scored-resources.ts';
import { CPU_AND_MEMORY, weightedSum } from './scored-resources.ts';

/** How full a Node should be. Source: pkg/scheduler/apis/config/types_pluginargs.go `ScoringStrategy`, 1.36. */
export type ScoringStrategy =
  | { readonly type: 'LeastAllocated' | 'MostAllocated'; readonly resources?: readonly ScoredResource[] }
  | {
      readonly type: 'RequestedToCapacityRatio';
      readonly resources?: readonly ScoredResource[];
      readonly shape: readonly ShapePoint[];
    };

/** A corner of the line from utilization to score. */
export interface ShapePoint {
  /** 0 to 100. */
  readonly utilization: number;
  /** 0 to 10. */
  readonly score: number;
}

/** Source: noderesources/{least_allocated,most_allocated,requested_to_capacity_ratio}.go, 1.36. */
export function strategyScorer(strategy: ScoringStrategy): (pod: PodInfo, node: NodeInfo) => number {
  const resources = strategy.resources ?? CPU_AND_MEMORY;
  if (strategy.type === 'RequestedToCapacityRatio') {
    const line = strategy.shape.map(({ utilization, score }) => ({ utilization, score: score * SCALE }));
    const scoreOf = (requested: number, capacity: number) => {
      const used = requested > capacity ? MOST : Math.trunc((requested * MOST) / capacity);
      const score = onLine(line, used);
      return score > 0 ? score : undefined;
    };
    return (pod, node) => {
      const { score, weight } = weightedSum(resources, pod, node, scoreOf);
      return weight === 0 ? 0 : Math.round(score / weight);
    };
  }
  const scoreOf = strategy.type === 'LeastAllocated' ? leastAllocated : mostAllocated;
  return (pod, node) => {
    const { score, weight } = weightedSum(resources, pod, node, scoreOf);
    return weight === 0 ? 0 : Math.trunc(score / weight);
  };
}

const MOST = 100;
/** From the scale of a shape to that of scores. */
const SCALE = 10;

function leastAllocated(requested: number, capacity: number): number {
  return requested > capacity ? 0 : Math.trunc(((capacity - requested) * MOST) / capacity);
}

function mostAllocated(requested: number, capacity: number): number {
  return Math.trunc((Math.min(requested, capacity) * MOST) / capacity);
}

/** Source: pkg/scheduler/framework/plugins/helper/shape_score.go, 1.36. */
function onLine(line: readonly ShapePoint[], utilization: number): number {
  for (let index = 0; index < line.length; index++) {
    const end = line[index]!;
    if (utilization > end.utilization) continue;
    const start = line[index - 1];
    if (start === undefined) return end.score;
    const rise = (end.score - start.score) * (utilization - start.utilization);
    return start.score + Math.trunc(rise / (end.utilization - start.utilization));
  }
  return line.at(-1)?.score ?? 0;
}
