import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import { quantityOf, valueOf } from '../../apimachinery/quantity.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { valueAt } from '../../base/json.ts';
import type { Amounts, PodInfo } from './pod-info.ts';
import { NO_AMOUNTS, addAmounts, amountsOf } from './pod-info.ts';

/**
 * A Node with the Pods on it, bound or assumed, and their sums. Immutable: a change makes another, so that a snapshot is a
 * list of these and costs nothing. Source: pkg/scheduler/framework/types.go `NodeInfo`, 1.36.
 */
export interface NodeInfo {
  readonly name: string;
  readonly node: KubernetesObject;
  readonly labels: ReadonlyMap<string, string>;
  readonly pods: readonly PodInfo[];
  readonly requested: Amounts;
  readonly nonZeroRequested: Amounts;
  readonly allocatable: Amounts;
  readonly allowedPods: number;
}

export function nodeInfoOf(node: KubernetesObject, pods: readonly PodInfo[] = []): NodeInfo {
  const allocatable = valueAt(node, 'status', 'allocatable') ?? valueAt(node, 'status', 'capacity');
  const allowed = quantityOf(valueAt(allocatable, 'pods'));
  return Object.freeze({
    name: nameOf(node),
    node,
    labels: labelsOf(node),
    pods,
    requested: pods.reduce((sum, { requests }) => addAmounts(sum, requests), NO_AMOUNTS),
    nonZeroRequested: pods.reduce((sum, { nonZeroRequests }) => addAmounts(sum, nonZeroRequests), NO_AMOUNTS),
    allocatable: amountsOf(resourceListOf(allocatable)),
    allowedPods: allowed === undefined ? 0 : Number(valueOf(allowed)),
  });
}

export function withPod(info: NodeInfo, pod: PodInfo): NodeInfo {
  return Object.freeze({
    ...info,
    pods: [...info.pods, pod],
    requested: addAmounts(info.requested, pod.requests),
    nonZeroRequested: addAmounts(info.nonZeroRequested, pod.nonZeroRequests),
  });
}

export function withoutPod(info: NodeInfo, uid: string): NodeInfo {
  const pod = info.pods.find((candidate) => candidate.uid === uid);
  if (pod === undefined) return info;
  return Object.freeze({
    ...info,
    pods: info.pods.filter((candidate) => candidate !== pod),
    requested: addAmounts(info.requested, pod.requests, -1),
    nonZeroRequested: addAmounts(info.nonZeroRequested, pod.nonZeroRequests, -1),
  });
}
