import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import { quantityOf, valueOf } from '../../apimachinery/quantity.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { taintsOf } from '../../apimachinery/taints.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, numberAt, valueAt } from '../../base/json.ts';
import type { Amounts, PodInfo } from './pod-info.ts';
import { NO_AMOUNTS, addAmounts, amountsOf } from './pod-info.ts';
import { PodList } from './pod-list.ts';

/**
 * A Node with the Pods on it, bound or assumed, and their sums. Immutable: a change makes another, so that a snapshot is a
 * list of these and costs nothing. Source: pkg/scheduler/framework/types.go `NodeInfo`, 1.36.
 */
export interface NodeInfo {
  readonly name: string;
  readonly node: KubernetesObject;
  readonly labels: ReadonlyMap<string, string>;
  readonly taints: readonly JsonValue[];
  /** Cordoned: `spec.unschedulable`. */
  readonly isUnschedulable: boolean;
  readonly pods: PodList;
  /** Those of the Pods with pod affinity or anti-affinity, with required anti-affinity, with host ports. */
  readonly podsWithAffinity: readonly PodInfo[];
  readonly podsWithRequiredAntiAffinity: readonly PodInfo[];
  readonly podsWithPorts: readonly PodInfo[];
  /** Size in bytes of the images on the Node, by each of their names. */
  readonly images: ReadonlyMap<string, number>;
  readonly requested: Amounts;
  readonly nonZeroRequested: Amounts;
  readonly allocatable: Amounts;
  readonly allowedPods: number;
}

export function nodeInfoOf(node: KubernetesObject, given: Iterable<PodInfo> = []): NodeInfo {
  const pods = [...given];
  const allocatable = valueAt(node, 'status', 'allocatable') ?? valueAt(node, 'status', 'capacity');
  const allowed = quantityOf(valueAt(allocatable, 'pods'));
  return Object.freeze({
    name: nameOf(node),
    node,
    labels: labelsOf(node),
    taints: taintsOf(node),
    isUnschedulable: valueAt(node, 'spec', 'unschedulable') === true,
    pods: PodList.of(pods),
    podsWithAffinity: pods.filter(({ hasAffinity }) => hasAffinity),
    podsWithRequiredAntiAffinity: pods.filter(({ hasRequiredAntiAffinity }) => hasRequiredAntiAffinity),
    podsWithPorts: pods.filter(({ hostPorts }) => hostPorts.length > 0),
    images: imagesOf(node),
    requested: pods.reduce((sum, { requests }) => addAmounts(sum, requests), NO_AMOUNTS),
    nonZeroRequested: pods.reduce((sum, { nonZeroRequests }) => addAmounts(sum, nonZeroRequests), NO_AMOUNTS),
    allocatable: amountsOf(resourceListOf(allocatable)),
    allowedPods: allowed === undefined ? 0 : Number(valueOf(allowed)),
  });
}

/** The same Pods on a Node that changed. */
export function withNode(info: NodeInfo, node: KubernetesObject): NodeInfo {
  const { labels, taints, isUnschedulable, images, allocatable, allowedPods } = nodeInfoOf(node);
  return Object.freeze({ ...info, node, labels, taints, isUnschedulable, images, allocatable, allowedPods });
}

function imagesOf(node: KubernetesObject): ReadonlyMap<string, number> {
  const images = new Map<string, number>();
  for (const image of arrayAt(node, 'status', 'images'))
    for (const name of arrayAt(image, 'names'))
      if (typeof name === 'string') images.set(name, numberAt(image, 'sizeBytes') ?? 0);
  return images;
}

export function withPod(info: NodeInfo, pod: PodInfo): NodeInfo {
  return Object.freeze({
    ...info,
    pods: info.pods.with(pod),
    ...(pod.hasAffinity ? { podsWithAffinity: [...info.podsWithAffinity, pod] } : {}),
    ...(pod.hasRequiredAntiAffinity
      ? { podsWithRequiredAntiAffinity: [...info.podsWithRequiredAntiAffinity, pod] }
      : {}),
    ...(pod.hostPorts.length > 0 ? { podsWithPorts: [...info.podsWithPorts, pod] } : {}),
    requested: addAmounts(info.requested, pod.requests),
    nonZeroRequested: addAmounts(info.nonZeroRequested, pod.nonZeroRequests),
  });
}

/** `pod` as the Node has it: the same value. */
export function withoutPod(info: NodeInfo, pod: PodInfo): NodeInfo {
  const pods = info.pods.exchanged(pod);
  if (pods === info.pods) return info;
  return Object.freeze({
    ...info,
    pods,
    ...(pod.hasAffinity ? { podsWithAffinity: without(info.podsWithAffinity, pod) } : {}),
    ...(pod.hasRequiredAntiAffinity
      ? { podsWithRequiredAntiAffinity: without(info.podsWithRequiredAntiAffinity, pod) }
      : {}),
    ...(pod.hostPorts.length > 0 ? { podsWithPorts: without(info.podsWithPorts, pod) } : {}),
    requested: addAmounts(info.requested, pod.requests, -1),
    nonZeroRequested: addAmounts(info.nonZeroRequested, pod.nonZeroRequests, -1),
  });
}

/** Another version of a Pod that the Node has. */
export function withChangedPod(info: NodeInfo, before: PodInfo, after: PodInfo): NodeInfo {
  const pods = info.pods.exchanged(before, after);
  if (pods === info.pods || !isPlain(before) || !isPlain(after)) return withPod(withoutPod(info, before), after);
  return Object.freeze({
    ...info,
    pods,
    requested: exchanged(info.requested, before.requests, after.requests),
    nonZeroRequested: exchanged(info.nonZeroRequested, before.nonZeroRequests, after.nonZeroRequests),
  });
}

function isPlain({ hasAffinity, hostPorts }: PodInfo): boolean {
  return !hasAffinity && hostPorts.length === 0;
}

/** A confirmed Pod asks for what it asked for when it was placed. */
function exchanged(sum: Amounts, before: Amounts, after: Amounts): Amounts {
  const isSame =
    before.cpuMilli === after.cpuMilli &&
    before.memoryBytes === after.memoryBytes &&
    before.ephemeralBytes === after.ephemeralBytes &&
    before.scalar === undefined &&
    after.scalar === undefined;
  return isSame ? sum : addAmounts(addAmounts(sum, before, -1), after);
}

function without(pods: readonly PodInfo[], pod: PodInfo): readonly PodInfo[] {
  return pods.filter((candidate) => candidate !== pod);
}
