import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { nameAt, numberAt, stringAt } from '../../base/json.ts';
import type { ApiCall } from '../client/api-client.ts';
import { timeOf } from '../kernel/clock.ts';

/** A condition that the scheduler gives a Pod. */
export interface PodCondition {
  readonly type: 'PodScheduled' | 'DisruptionTarget';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/**
 * The patch that gives a Pod a condition and nominates it to a Node ('' ends that, undefined leaves it as it is); undefined
 * where its status says so already. Source: pkg/scheduler/schedule_one.go `updatePod`, pkg/api/v1/pod/util.go
 * `UpdatePodCondition`, 1.36.
 */
export function podStatusPatch(
  pod: KubernetesObject,
  condition: PodCondition | undefined,
  nominatedNode: string | undefined,
  nowMs: number,
): ApiCall | undefined {
  const changed = condition === undefined ? undefined : changedCondition(pod, condition, nowMs);
  const isNominated =
    nominatedNode !== undefined && (nameAt(pod, 'status', 'nominatedNodeName') ?? '') !== nominatedNode;
  if (changed === undefined && !isNominated) return undefined;
  const status: JsonObject = {
    ...(changed === undefined ? {} : { conditions: [changed] }),
    ...(isNominated ? { nominatedNodeName: nominatedNode === '' ? null : nominatedNode } : {}),
  };
  return {
    verb: 'patch',
    resource: { group: '', version: 'v1', plural: 'pods' },
    namespace: namespaceOf(pod) ?? 'default',
    name: nameOf(pod),
    subresource: 'status',
    options: { patchType: 'strategic' },
    body: { apiVersion: 'v1', kind: 'Pod', status },
  };
}

function changedCondition(pod: KubernetesObject, condition: PodCondition, nowMs: number): JsonObject | undefined {
  const before = findCondition(conditionsOf(pod), condition.type);
  const { type, status, reason, message } = condition;
  const isSameStatus = stringAt(before, 'status') === status;
  if (isSameStatus && stringAt(before, 'reason') === reason && stringAt(before, 'message') === message)
    return undefined;
  const generation = numberAt(pod, 'metadata', 'generation');
  const since = isSameStatus ? stringAt(before, 'lastTransitionTime') : undefined;
  return {
    type,
    status,
    reason,
    message,
    lastProbeTime: null,
    lastTransitionTime: since ?? timeOf(nowMs),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  };
}
