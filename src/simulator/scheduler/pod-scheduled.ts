import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { numberAt, stringAt } from '../../base/json.ts';
import type { ApiCall } from '../client/api-client.ts';
import { timeOf } from '../kernel/clock.ts';

/**
 * The patch that says why a Pod is not scheduled; undefined where its condition says so already.
 * Source: pkg/scheduler/schedule_one.go `updatePod`, 1.36.
 */
export function podScheduledFalse(
  pod: KubernetesObject,
  reason: string,
  message: string,
  nowMs: number,
): ApiCall | undefined {
  const before = findCondition(conditionsOf(pod), 'PodScheduled');
  const wasFalse = stringAt(before, 'status') === 'False';
  if (wasFalse && stringAt(before, 'reason') === reason && stringAt(before, 'message') === message) return undefined;
  const generation = numberAt(pod, 'metadata', 'generation');
  const since = wasFalse ? stringAt(before, 'lastTransitionTime') : undefined;
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason,
    message,
    lastProbeTime: null,
    lastTransitionTime: since ?? timeOf(nowMs),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  };
  return {
    verb: 'patch',
    resource: { group: '', version: 'v1', plural: 'pods' },
    namespace: namespaceOf(pod) ?? 'default',
    name: nameOf(pod),
    subresource: 'status',
    options: { patchType: 'strategic' },
    body: { apiVersion: 'v1', kind: 'Pod', status: { conditions: [condition] } },
  };
}
