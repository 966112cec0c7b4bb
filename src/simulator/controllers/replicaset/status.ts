import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import { labelSelectorFromMap, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonEqual, numberAt, objectAt, valueAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import { isAvailable, isReady } from '../workload/pod-state.ts';
import { withoutEmpty } from '../workload/status-fields.ts';

export interface ReplicaFacts {
  readonly active: readonly KubernetesObject[];
  /** Undefined where the kind does not count them. */
  readonly terminating: readonly KubernetesObject[] | undefined;
  /** Why Pods could not be made or deleted. */
  readonly failure: string | undefined;
  readonly nowMs: number;
}

/** Source: pkg/controller/replicaset/replica_set_utils.go `calculateStatus`, 1.36. */
export function replicaStatus(owner: KubernetesObject, facts: ReplicaFacts): JsonObject {
  const { active, terminating, failure, nowMs } = facts;
  const minReadySeconds = numberAt(owner, 'spec', 'minReadySeconds') ?? 0;
  const template = labelSelectorFromMap(valueAt(owner, 'spec', 'template', 'metadata', 'labels'));
  let [labeled, ready, available] = [0, 0, 0];
  for (const pod of active) {
    if (selectsObject(template, pod)) labeled++;
    if (!isReady(pod)) continue;
    ready++;
    if (minReadySeconds === 0 || isAvailable(pod, minReadySeconds, nowMs)) available++;
  }
  return withoutEmpty(
    {
      ...objectAt(owner, 'status'),
      replicas: active.length,
      fullyLabeledReplicas: labeled,
      readyReplicas: ready,
      availableReplicas: available,
      terminatingReplicas: terminating?.length,
      conditions: conditions(owner, active.length, failure, nowMs),
    },
    ['replicas', ...(terminating === undefined ? [] : ['terminatingReplicas'])],
  );
}

function conditions(
  owner: KubernetesObject,
  active: number,
  failure: string | undefined,
  nowMs: number,
): readonly JsonObject[] {
  const before = conditionsOf(owner);
  const known = findCondition(before, 'ReplicaFailure');
  if (failure === undefined) return before.filter((condition) => condition !== known);
  if (known !== undefined) return before;
  const difference = active - (numberAt(owner, 'spec', 'replicas') ?? 1);
  const reason = difference < 0 ? 'FailedCreate' : difference > 0 ? 'FailedDelete' : '';
  const lastTransitionTime = timeOf(nowMs);
  return [...before, { type: 'ReplicaFailure', status: 'True', lastTransitionTime, reason, message: failure }];
}

/** Whether a status says what the object's own does not. Source: `updateReplicaSetStatus`, 1.36. */
export function statusDiffers(owner: KubernetesObject, status: JsonObject): boolean {
  const before = objectAt(owner, 'status') ?? {};
  return (
    COUNTED.some((field) => (before[field] ?? 0) !== (status[field] ?? 0)) ||
    before['terminatingReplicas'] !== status['terminatingReplicas'] ||
    (numberAt(owner, 'metadata', 'generation') ?? 0) !== (before['observedGeneration'] ?? 0) ||
    !jsonEqual(before['conditions'] ?? [], status['conditions'] ?? [])
  );
}

const COUNTED = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'];
