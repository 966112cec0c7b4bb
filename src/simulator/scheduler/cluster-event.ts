import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { PodInfo } from './pod-info.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What happened to an object, as a set of bits: events may join several, registrations mostly do.
 * Source: staging/src/k8s.io/kube-scheduler/framework/types.go `ActionType`, 1.36.
 */
export const Action = {
  Add: 1,
  Delete: 1 << 1,
  UpdateNodeAllocatable: 1 << 2,
  UpdateNodeLabel: 1 << 3,
  /** Taints, or `spec.unschedulable` that ends. */
  UpdateNodeTaint: 1 << 4,
  UpdateNodeCondition: 1 << 5,
  UpdateNodeAnnotation: 1 << 6,
  UpdateNodeDeclaredFeature: 1 << 7,
  UpdatePodLabel: 1 << 8,
  UpdatePodScaleDown: 1 << 9,
  UpdatePodToleration: 1 << 10,
  UpdatePodSchedulingGatesEliminated: 1 << 11,
  UpdatePodGeneratedResourceClaim: 1 << 12,
  Update: ((1 << 13) - 1) & ~3,
  All: (1 << 13) - 1,
} as const;

/** Source: kube-scheduler/framework/types.go `EventResource`, and pkg/scheduler/framework/types.go for the two kinds of Pods, 1.36. */
export type EventResource =
  /** In a registration: Pods of both kinds. */
  | 'Pod'
  | 'AssignedPod'
  | 'UnschedulablePod'
  | 'Node'
  | 'PersistentVolume'
  | 'PersistentVolumeClaim'
  | 'storage.k8s.io/CSINode'
  | 'storage.k8s.io/CSIDriver'
  | 'storage.k8s.io/VolumeAttachment'
  | 'storage.k8s.io/CSIStorageCapacity'
  | 'storage.k8s.io/StorageClass'
  | 'resource.k8s.io/ResourceClaim'
  | 'resource.k8s.io/ResourceSlice'
  | 'resource.k8s.io/DeviceClass'
  | '*';

export interface ClusterEvent {
  readonly resource: EventResource;
  readonly actions: number;
  /** `UnschedulableTimeout`, `ForceActivate`. */
  readonly label?: string;
}

/** An event that may make schedulable a Pod that the plugin refused. */
export interface EventRegistration {
  readonly event: ClusterEvent;
  /** Whether it may indeed; always where left out. `before` is missing for what is added, `after` for what is gone. */
  hint?(
    pod: PodInfo,
    before: KubernetesObject | undefined,
    after: KubernetesObject | undefined,
    snapshot: Snapshot,
  ): QueueingHint;
}

export type QueueingHint = 'Queue' | 'QueueSkip';

/** Source: pkg/scheduler/framework/types.go `ClusterEventIsWildCard`, 1.36. */
export function isWildCard({ resource, actions }: ClusterEvent): boolean {
  return resource === '*' && actions === Action.All;
}

/** Whether a registration is for what happened. Source: pkg/scheduler/framework/types.go `MatchClusterEvents`, 1.36. */
export function matchesEvent(registered: ClusterEvent, happened: ClusterEvent): boolean {
  if (isWildCard(registered)) return true;
  const { resource } = registered;
  const isOfResource =
    resource === '*' ||
    resource === happened.resource ||
    (resource === 'Pod' && (happened.resource === 'AssignedPod' || happened.resource === 'UnschedulablePod'));
  return isOfResource && (registered.actions & happened.actions) !== 0 && happened.actions <= registered.actions;
}
