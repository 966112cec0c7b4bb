import { labelsOf } from '../../../../apimachinery/object.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { Verdict } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { Tallies } from '../node-tally.ts';
import type { PairCount } from './pair-counts.ts';
import { ChangedPairs, PairCounts } from './pair-counts.ts';
import type { AffinityTerm } from './terms.ts';
import { allTermsMatch, inNamespaces, termMatches, termsKey, termsOf } from './terms.ts';

/**
 * Pods in the way and Pods to be near to, by topology key and value. The counts belong to the cycle: they move on when the
 * next one begins. Source: pkg/scheduler/framework/plugins/interpodaffinity/filtering.go, 1.36.
 */
export interface InterPodState {
  /** The Pod's own required terms. */
  readonly affinity: readonly AffinityTerm[];
  readonly antiAffinity: readonly AffinityTerm[];
  readonly namespaceLabels: ReadonlyMap<string, string> | undefined;
  /** Existing Pods that keep away from the Pod. */
  readonly existing: ChangedPairs;
  /** Existing Pods that match all affinity terms, and each anti-affinity term. */
  readonly wanted: ChangedPairs;
  readonly unwanted: ChangedPairs;
}

const AFFINITY: Verdict = Object.freeze({
  code: 'UnschedulableAndUnresolvable',
  reasons: ["node(s) didn't match pod affinity rules"],
});
const ANTI_AFFINITY: Verdict = Object.freeze({
  code: 'Unschedulable',
  reasons: ["node(s) didn't match pod anti-affinity rules"],
});
const EXISTING: Verdict = Object.freeze({
  code: 'Unschedulable',
  reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
});

const tallies = new Tallies<readonly PairCount[], PairCounts>(64);
const NO_PAIRS = new PairCounts();

/** Undefined where no required term of the Pod or of another Pod is about it. */
export function interPodState(pod: PodInfo, snapshot: Snapshot): InterPodState | undefined {
  const own = termsOf(pod);
  const existing = existingAntiAffinity(pod, snapshot);
  if (existing.size === 0 && own.affinity.length === 0 && own.antiAffinity.length === 0) return undefined;
  const affinity = inNamespaces(own.affinity, snapshot);
  const antiAffinity = inNamespaces(own.antiAffinity, snapshot);
  return {
    affinity,
    antiAffinity,
    namespaceLabels: namespaceLabelsOf(pod, snapshot),
    existing: new ChangedPairs(existing),
    wanted: new ChangedPairs(
      affinity.length === 0 ? NO_PAIRS : tally('wanted', affinity, snapshot, (node) => wantedPairs(affinity, node)),
    ),
    unwanted: new ChangedPairs(
      antiAffinity.length === 0
        ? NO_PAIRS
        : tally('unwanted', antiAffinity, snapshot, (node) => unwantedPairs(antiAffinity, node)),
    ),
  };
}

export function namespaceLabelsOf({ namespace }: PodInfo, snapshot: Snapshot): ReadonlyMap<string, string> | undefined {
  const object = snapshot.get('namespaces', namespace);
  return object && labelsOf(object);
}

/** Says for which Pods the terms of others are about it: its namespace and its labels. */
export function aboutKey(
  { namespace, labels }: PodInfo,
  namespaceLabels: ReadonlyMap<string, string> | undefined,
): string {
  return [namespace, ...pairsOf(labels), '', ...pairsOf(namespaceLabels ?? new Map())].join('\n');
}

function pairsOf(labels: ReadonlyMap<string, string>): readonly string[] {
  return [...labels].map(([key, value]) => `${key}=${value}`);
}

function existingAntiAffinity(pod: PodInfo, snapshot: Snapshot): PairCounts {
  if (snapshot.nodesWithRequiredAntiAffinity.size === 0) return NO_PAIRS;
  const namespaceLabels = namespaceLabelsOf(pod, snapshot);
  return tallies.of(
    `existing\n${aboutKey(pod, namespaceLabels)}`,
    snapshot.nodes,
    (node) =>
      partOf(node.podsWithRequiredAntiAffinity, (existing) => existingPairs(existing, pod, namespaceLabels, node)),
    () => new PairCounts(),
  );
}

function tally(
  what: string,
  terms: readonly AffinityTerm[],
  snapshot: Snapshot,
  pairsOfNode: (node: NodeInfo) => (existing: PodInfo) => readonly PairCount[],
): PairCounts {
  return tallies.of(
    `${what}\n${termsKey(terms)}`,
    snapshot.nodes,
    (node) => partOf(node.pods, pairsOfNode(node)),
    () => new PairCounts(),
  );
}

function partOf(
  pods: Iterable<PodInfo>,
  pairs: (existing: PodInfo) => readonly PairCount[],
): readonly PairCount[] | undefined {
  let part: PairCount[] | undefined;
  for (const pod of pods) for (const pair of pairs(pod)) (part ??= []).push(pair);
  return part;
}

const NONE: readonly PairCount[] = [];

function existingPairs(
  existing: PodInfo,
  pod: PodInfo,
  namespaceLabels: ReadonlyMap<string, string> | undefined,
  node: NodeInfo,
): readonly PairCount[] {
  const terms = termsOf(existing).antiAffinity;
  if (terms.length === 0) return NONE;
  return pairsAt(
    node,
    terms.filter((term) => termMatches(term, pod, namespaceLabels)),
  );
}

function wantedPairs(terms: readonly AffinityTerm[], node: NodeInfo): (existing: PodInfo) => readonly PairCount[] {
  return (existing) => (allTermsMatch(terms, existing) ? pairsAt(node, terms) : NONE);
}

function unwantedPairs(terms: readonly AffinityTerm[], node: NodeInfo): (existing: PodInfo) => readonly PairCount[] {
  return (existing) => {
    const matched = terms.filter((term) => termMatches(term, existing, undefined));
    return matched.length === 0 ? NONE : pairsAt(node, matched);
  };
}

function pairsAt({ labels }: NodeInfo, terms: readonly AffinityTerm[]): readonly PairCount[] {
  return terms.flatMap(({ topologyKey: key }) => {
    const value = labels.get(key);
    return value === undefined ? [] : [{ key, value, count: 1 }];
  });
}

/** The state as if a Pod were on a Node, or not. */
export function withChangedPod(
  state: InterPodState,
  pod: PodInfo,
  changed: PodInfo,
  node: NodeInfo,
  change: 'add' | 'remove',
): InterPodState {
  const sign = change === 'add' ? 1 : -1;
  const existing = state.existing.with(existingPairs(changed, pod, state.namespaceLabels, node), sign);
  const wanted = state.wanted.with(wantedPairs(state.affinity, node)(changed), sign);
  const unwanted = state.unwanted.with(unwantedPairs(state.antiAffinity, node)(changed), sign);
  if (existing === state.existing && wanted === state.wanted && unwanted === state.unwanted) return state;
  return { ...state, existing, wanted, unwanted };
}

export function interPodVerdict(state: InterPodState, pod: PodInfo, { labels }: NodeInfo): Verdict | undefined {
  if (!isNearEnough(state, pod, labels)) return AFFINITY;
  for (const { topologyKey } of state.antiAffinity) {
    const value = labels.get(topologyKey);
    if (value !== undefined && state.unwanted.get(topologyKey, value) > 0) return ANTI_AFFINITY;
  }
  return state.existing.hasAnyAt(labels) ? EXISTING : undefined;
}

/** The first Pod of a group that wants to be together may go anywhere where the topology is known. */
function isNearEnough({ affinity, wanted }: InterPodState, pod: PodInfo, labels: ReadonlyMap<string, string>): boolean {
  let isNear = true;
  for (const { topologyKey } of affinity) {
    const value = labels.get(topologyKey);
    if (value === undefined) return false;
    if (wanted.get(topologyKey, value) <= 0) isNear = false;
  }
  return isNear || (wanted.size === 0 && allTermsMatch(affinity, pod));
}
