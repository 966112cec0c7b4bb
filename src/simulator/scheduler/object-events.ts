import { conditionsOf } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { podRequests } from '../../apimachinery/pod-resources.ts';
import { milliValueOf } from '../../apimachinery/quantity.ts';
import type { Path } from '../../base/json.ts';
import { arrayAt, booleanAt, jsonEqual, nameAt, stringAt, valueAt } from '../../base/json.ts';
import type { ClusterEvent, EventResource } from './cluster-event.ts';
import { Action } from './cluster-event.ts';

/** What of a Pod changed that matters. Source: pkg/scheduler/framework/events.go `PodSchedulingPropertiesChange`, 1.36. */
export function podEvents(before: KubernetesObject, after: KubernetesObject): readonly ClusterEvent[] {
  const resource: EventResource = nameAt(after, 'spec', 'nodeName') === undefined ? 'UnschedulablePod' : 'AssignedPod';
  const gates = (pod: KubernetesObject) => arrayAt(pod, 'spec', 'schedulingGates').length;
  const tolerations = (pod: KubernetesObject) => arrayAt(pod, 'spec', 'tolerations').length;
  const actions = [
    differs(before, after, 'metadata', 'labels') ? Action.UpdatePodLabel : 0,
    isScaledDown(before, after) ? Action.UpdatePodScaleDown : 0,
    gates(after) === 0 && gates(before) > 0 ? Action.UpdatePodSchedulingGatesEliminated : 0,
    tolerations(after) === tolerations(before) ? 0 : Action.UpdatePodToleration,
    differs(before, after, 'status', 'resourceClaimStatuses') ||
    differs(before, after, 'status', 'extendedResourceClaimStatus')
      ? Action.UpdatePodGeneratedResourceClaim
      : 0,
  ].filter((action) => action !== 0);
  return (actions.length === 0 ? [Action.Update] : actions).map((action) => ({ resource, actions: action }));
}

function isScaledDown(before: KubernetesObject, after: KubernetesObject): boolean {
  if (valueAt(before, 'spec') === valueAt(after, 'spec') && valueAt(before, 'status') === valueAt(after, 'status'))
    return false;
  const options = { useStatusResources: true, inPlacePodLevelScaling: true };
  const requests = podRequests(after, options);
  for (const [name, old] of podRequests(before, options)) {
    const now = requests.get(name);
    if (now === undefined || milliValueOf(old) > milliValueOf(now)) return true;
  }
  return false;
}

/** What of a Node changed that matters. Source: framework/events.go `NodeSchedulingPropertiesChange`, 1.36. */
export function nodeEvents(before: KubernetesObject, after: KubernetesObject): readonly ClusterEvent[] {
  const wasCordoned = booleanAt(before, 'spec', 'unschedulable') === true;
  return [
    wasCordoned && booleanAt(after, 'spec', 'unschedulable') !== true ? Action.UpdateNodeTaint : 0,
    differs(before, after, 'status', 'allocatable') ? Action.UpdateNodeAllocatable : 0,
    differs(before, after, 'metadata', 'labels') ? Action.UpdateNodeLabel : 0,
    differs(before, after, 'spec', 'taints') ? Action.UpdateNodeTaint : 0,
    jsonEqual(conditionStatuses(before), conditionStatuses(after)) ? 0 : Action.UpdateNodeCondition,
    differs(before, after, 'metadata', 'annotations') ? Action.UpdateNodeAnnotation : 0,
    differs(before, after, 'status', 'declaredFeatures') ? Action.UpdateNodeDeclaredFeature : 0,
  ]
    .filter((action) => action !== 0)
    .map((actions) => ({ resource: 'Node', actions }));
}

function conditionStatuses(node: KubernetesObject): Record<string, string> {
  const statuses: Record<string, string> = {};
  for (const condition of conditionsOf(node))
    statuses[stringAt(condition, 'type') ?? ''] = stringAt(condition, 'status') ?? '';
  return statuses;
}

function differs(before: KubernetesObject, after: KubernetesObject, ...path: Path): boolean {
  const [a, b] = [valueAt(before, ...path), valueAt(after, ...path)];
  return a !== b && !jsonEqual(a ?? null, b ?? null);
}
