import { controllerOf, uidOf } from '../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import type { PodInfo } from '../scheduler/pod-info.ts';

/** Pods that are alike in all that decides where they can run. */
export interface PodGroup {
  readonly pods: readonly PodInfo[];
}

/** Source: cluster-autoscaler/core/scaleup/equivalence/groups.go `maxEquivalenceGroupsByController`, 1.36.1. */
const MOST_OF_A_CONTROLLER = 10;

/** Source: cluster-autoscaler/core/scaleup/equivalence/groups.go `BuildPodGroups`, 1.36.1. */
export function podGroups(pods: readonly PodInfo[]): readonly PodGroup[] {
  const groups: PodInfo[][] = [];
  const known = new Map<string, Map<string, PodInfo[]>>();
  for (const pod of pods) {
    const owner = controllerOf(pod.pod);
    if (owner === undefined || isOfDaemonSet(pod)) {
      groups.push([pod]);
      continue;
    }
    let ofOwner = known.get(owner.uid);
    if (ofOwner === undefined) known.set(owner.uid, (ofOwner = new Map()));
    const likeness = likenessOf(pod);
    const alike = ofOwner.get(likeness);
    if (alike !== undefined) {
      alike.push(pod);
      continue;
    }
    const group = [pod];
    groups.push(group);
    if (ofOwner.size < MOST_OF_A_CONTROLLER) ofOwner.set(likeness, group);
  }
  return groups.map((group) => ({ pods: group }));
}

/** Equal for Pods of one controller with the same labels and the same spec, whatever the name of their token's volume. */
export function likenessOf({ pod }: PodInfo): string {
  const spec: JsonObject = objectAt(pod, 'spec') ?? {};
  const tokens = arrayAt(spec, 'volumes')
    .map((volume) => stringAt(volume, 'name') ?? '')
    .filter((name) => name.startsWith('kube-api-access-'));
  const { nodeName: _, hostname: __, ...rest } = spec;
  const text = JSON.stringify([objectAt(pod, 'metadata', 'labels') ?? {}, rest]);
  return tokens.reduce((whole, name) => whole.replaceAll(name, 'kube-api-access'), text);
}

/** The key under which Pods are alike: one of a controller; a Pod without one is like none. */
export function controllerKeyOf(pod: PodInfo): string {
  return controllerOf(pod.pod)?.uid ?? uidOf(pod.pod);
}

/** Source: cluster-autoscaler/utils/pod/pod.go `IsDaemonSetPod`, 1.36.1. */
export function isOfDaemonSet({ pod }: PodInfo): boolean {
  return (
    controllerOf(pod)?.kind === 'DaemonSet' ||
    stringAt(pod, 'metadata', 'annotations', 'cluster-autoscaler.kubernetes.io/daemonset-pod') === 'true'
  );
}

/** Source: `IsMirrorPod`, 1.36.1. */
export function isMirror({ pod }: PodInfo): boolean {
  return stringAt(pod, 'metadata', 'annotations', 'kubernetes.io/config.mirror') !== undefined;
}
