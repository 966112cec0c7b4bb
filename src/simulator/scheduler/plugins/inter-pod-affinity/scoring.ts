import type { NodeInfo } from '../../node-info.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { Tallies } from '../node-tally.ts';
import { aboutKey, namespaceLabelsOf } from './filtering.ts';
import type { PairCount } from './pair-counts.ts';
import { PairCounts } from './pair-counts.ts';
import type { AffinityTerm } from './terms.ts';
import { inNamespaces, termMatches, termsKey, termsOf } from './terms.ts';

const tallies = new Tallies<readonly PairCount[], PairCounts>();

/**
 * What Nodes are worth by topology key and value: the weights of the Pod's own preferred terms that existing Pods match,
 * and of the terms of existing Pods that the Pod matches. Undefined where no term is about any Pod.
 * Source: pkg/scheduler/framework/plugins/interpodaffinity/scoring.go, 1.36.
 */
export function pairWeights(
  pod: PodInfo,
  snapshot: Snapshot,
  hardPodAffinityWeight: number,
  ignorePreferredTermsOfExistingPods: boolean,
): PairCounts | undefined {
  const { preferred } = termsOf(pod);
  if (preferred.length === 0 && (ignorePreferredTermsOfExistingPods || snapshot.nodesWithAffinity.size === 0))
    return undefined;
  const own = inNamespaces(preferred, snapshot);
  const namespaceLabels = namespaceLabelsOf(pod, snapshot);
  const pairs = tallies.of(
    [hardPodAffinityWeight, termsKey(own), '', aboutKey(pod, namespaceLabels)].join('\n'),
    snapshot.nodes,
    (node) => nodeWeights(node, pod, own, hardPodAffinityWeight, namespaceLabels),
    () => new PairCounts(),
  );
  return pairs.size === 0 ? undefined : pairs;
}

function nodeWeights(
  node: NodeInfo,
  pod: PodInfo,
  own: readonly AffinityTerm[],
  hardPodAffinityWeight: number,
  namespaceLabels: ReadonlyMap<string, string> | undefined,
): readonly PairCount[] | undefined {
  let part: PairCount[] | undefined;
  const put = (key: string, count: number) => {
    const value = node.labels.get(key);
    if (value !== undefined) (part ??= []).push({ key, value, count });
  };
  for (const existing of own.length > 0 ? node.pods : node.podsWithAffinity) {
    for (const term of own) if (termMatches(term, existing, undefined)) put(term.topologyKey, term.weight);
    const theirs = termsOf(existing);
    if (hardPodAffinityWeight > 0)
      for (const term of theirs.affinity)
        if (termMatches(term, pod, namespaceLabels)) put(term.topologyKey, hardPodAffinityWeight);
    for (const term of theirs.preferred)
      if (termMatches(term, pod, namespaceLabels)) put(term.topologyKey, term.weight);
  }
  return part;
}

export function interPodScore(weights: PairCounts, { labels }: NodeInfo): number {
  let score = 0;
  for (const [key, values] of weights.byKey) {
    const value = labels.get(key);
    if (value !== undefined) score += values.get(value) ?? 0;
  }
  return score;
}

const MOST = 100;

export function normalizedInterPod(scores: readonly number[]): readonly number[] {
  let [least, most] = [Infinity, -Infinity];
  for (const score of scores) {
    least = Math.min(least, score);
    most = Math.max(most, score);
  }
  const range = most - least;
  return scores.map((score) => (range > 0 ? Math.trunc(MOST * ((score - least) / range)) : 0));
}
