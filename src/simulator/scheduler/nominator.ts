import { nameAt } from '../../base/json.ts';
import type { PodInfo } from './pod-info.ts';

/**
 * Which Pods are to run on which Nodes and are not there yet, as the scheduler knows it: ahead of what the API server has.
 * Plain data, changed in place. Source: pkg/scheduler/backend/queue/nominator.go, 1.36.
 */
export interface Nominator {
  /** By uid. */
  readonly pods: Map<string, Nomination>;
  /** uids in the order of their nomination, by Node. */
  readonly nodes: Map<string, readonly string[]>;
}

/** Frozen. */
export interface Nomination {
  readonly node: string;
  /** `namespace/name` of the Pod. */
  readonly key: string;
}

export function emptyNominator(): Nominator {
  return { pods: new Map(), nodes: new Map() };
}

/**
 * Nominates a Pod to a Node: to the one that its status names where `node` is left out. '' keeps the Pod from being
 * nominated to any.
 */
export function nominate(nominator: Nominator, pod: PodInfo, node = nominatedNodeOf(pod)): void {
  endNomination(nominator, pod.uid);
  if (node === undefined || node === '') return;
  nominator.pods.set(pod.uid, Object.freeze({ node, key: pod.key }));
  nominator.nodes.set(node, Object.freeze([...(nominator.nodes.get(node) ?? []), pod.uid]));
}

/** A Pod that waits changed. A nomination of which the API server does not know yet stays. */
export function updateNomination(nominator: Nominator, before: PodInfo, after: PodInfo): void {
  const isUntold = nominatedNodeOf(before) === undefined && nominatedNodeOf(after) === undefined;
  nominate(nominator, after, isUntold ? nominator.pods.get(before.uid)?.node : nominatedNodeOf(after));
}

export function endNomination({ pods, nodes }: Nominator, uid: string): void {
  const nomination = pods.get(uid);
  if (nomination === undefined) return;
  pods.delete(uid);
  const left = (nodes.get(nomination.node) ?? []).filter((other) => other !== uid);
  if (left.length === 0) nodes.delete(nomination.node);
  else nodes.set(nomination.node, Object.freeze(left));
}

export function nominatedNodeOf({ pod }: PodInfo): string | undefined {
  return nameAt(pod, 'status', 'nominatedNodeName');
}
