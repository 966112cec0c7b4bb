import type { NodeInfo } from '../../node-info.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Constraint } from './constraints.ts';
import { HOSTNAME, hasAllTopologyKeys } from './constraints.ts';
import type { DomainCounts } from './domain-counts.ts';
import { domainCounts } from './domain-counts.ts';

/** Source: pkg/scheduler/framework/plugins/podtopologyspread/scoring.go, 1.36. */
export interface SpreadScoring {
  readonly constraints: readonly Constraint[];
  /** Nodes without one of the topology keys: they get nothing. */
  readonly ignored: ReadonlySet<string>;
  /** By constraint: the more domains, the more a Pod counts. */
  readonly weights: readonly number[];
  readonly counts: DomainCounts;
}

export function spreadScoring(
  pod: PodInfo,
  constraints: readonly Constraint[],
  feasible: readonly NodeInfo[],
  nodes: readonly NodeInfo[],
  needsAllKeys: boolean,
): SpreadScoring {
  const ignored = new Set<string>();
  const values = constraints.map(() => new Set<string>());
  for (const { name, labels } of feasible) {
    if (needsAllKeys && !hasAllTopologyKeys(labels, constraints)) {
      ignored.add(name);
      continue;
    }
    constraints.forEach(({ topologyKey }, index) => values[index]!.add(labels.get(topologyKey) ?? ''));
  }
  const weights = constraints.map(({ topologyKey }, index) => {
    const size = topologyKey === HOSTNAME ? feasible.length - ignored.size : values[index]!.size;
    return Math.log(size + 2);
  });
  return { constraints, ignored, weights, counts: domainCounts(nodes, pod, constraints, needsAllKeys) };
}

/** The Pods that a Node would have beside it in its domains: raw, the fewer the better. */
export function spreadScore({ constraints, ignored, weights, counts }: SpreadScoring, node: NodeInfo): number {
  if (ignored.has(node.name)) return 0;
  let score = 0;
  for (let index = 0; index < constraints.length; index++) {
    const { topologyKey, maxSkew } = constraints[index]!;
    const value = node.labels.get(topologyKey);
    if (value === undefined) continue;
    const pods =
      topologyKey === HOSTNAME ? counts.onNode(node.name, index) : (counts.domains[index]!.get(value)?.pods ?? 0);
    score += pods * weights[index]! + (maxSkew - 1);
  }
  return Math.round(score);
}

const MOST = 100;

export function normalizedSpread(
  scores: readonly number[],
  nodes: readonly { readonly name: string }[],
  ignored: ReadonlySet<string>,
): readonly number[] {
  let [least, most] = [Infinity, 0];
  scores.forEach((score, index) => {
    if (ignored.has(nodes[index]!.name)) return;
    least = Math.min(least, score);
    most = Math.max(most, score);
  });
  return scores.map((score, index) => {
    if (ignored.has(nodes[index]!.name)) return 0;
    return most === 0 ? MOST : Math.trunc((MOST * (most + least - score)) / most);
  });
}
