import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { numberAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import { runTimeOf } from '../workload/pod-state.ts';
import { withoutEmpty } from '../workload/status-fields.ts';
import { deploymentCondition, withCondition } from './conditions.ts';
import { countedReplicas, maxUnavailable, progressDeadlineOf, replicasOf, wantedReplicas } from './replica-sets.ts';

/** The counts of a status that say how far a roll-out is. */
export type DeploymentStatus = JsonObject;

/** Source: pkg/controller/deployment/sync.go `calculateStatus`, 1.36. */
export function deploymentStatus(
  deployment: KubernetesObject,
  all: readonly KubernetesObject[],
  newSet: KubernetesObject | undefined,
  nowMs: number,
): DeploymentStatus {
  const available = countedReplicas(all, 'availableReplicas');
  const isAvailable = available >= replicasOf(deployment) - maxUnavailable(deployment);
  const now = timeOf(nowMs);
  const condition = isAvailable
    ? deploymentCondition('Available', 'True', 'MinimumReplicasAvailable', AVAILABLE, now)
    : deploymentCondition('Available', 'False', 'MinimumReplicasUnavailable', UNAVAILABLE, now);
  const stillGoing = terminating(all);
  const collisionCount = numberAt(deployment, 'status', 'collisionCount');
  return withoutEmpty(
    {
      observedGeneration: numberAt(deployment, 'metadata', 'generation'),
      replicas: countedReplicas(all, 'replicas'),
      updatedReplicas: newSet === undefined ? 0 : countedReplicas([newSet], 'replicas'),
      readyReplicas: countedReplicas(all, 'readyReplicas'),
      availableReplicas: available,
      unavailableReplicas: Math.max(0, wantedReplicas(all) - available),
      terminatingReplicas: stillGoing,
      conditions: withCondition(conditionsOf(deployment), condition),
      collisionCount,
    },
    [
      ...(stillGoing === undefined ? [] : ['terminatingReplicas']),
      ...(collisionCount === undefined ? [] : ['collisionCount']),
    ],
  );
}

const AVAILABLE = 'Deployment has minimum availability.';
const UNAVAILABLE = 'Deployment does not have minimum availability.';

/** Undefined where a ReplicaSet that has been looked at does not say. Source: `GetTerminatingReplicaCountForReplicaSets`, 1.36. */
function terminating(all: readonly KubernetesObject[]): number | undefined {
  let sum = 0;
  for (const set of all) {
    const count = numberAt(set, 'status', 'terminatingReplicas');
    if (count === undefined && (numberAt(set, 'status', 'observedGeneration') ?? 0) !== 0) return undefined;
    sum += count ?? 0;
  }
  return sum;
}

export function isComplete(deployment: KubernetesObject, status: DeploymentStatus): boolean {
  const desired = replicasOf(deployment);
  const at = (field: string): number => numberAt(status, field) ?? 0;
  return (
    at('updatedReplicas') === desired &&
    at('replicas') === desired &&
    at('availableReplicas') === desired &&
    at('observedGeneration') >= (numberAt(deployment, 'metadata', 'generation') ?? 0)
  );
}

/** More of the new, fewer of the old, or more of them ready than before. */
export function isProgressing(deployment: KubernetesObject, status: DeploymentStatus): boolean {
  const before = (field: string): number => numberAt(deployment, 'status', field) ?? 0;
  const after = (field: string): number => numberAt(status, field) ?? 0;
  return (
    after('updatedReplicas') > before('updatedReplicas') ||
    after('replicas') - after('updatedReplicas') < before('replicas') - before('updatedReplicas') ||
    after('readyReplicas') > before('readyReplicas') ||
    after('availableReplicas') > before('availableReplicas')
  );
}

export function hasTimedOut(deployment: KubernetesObject, status: DeploymentStatus, nowMs: number): boolean {
  const deadline = progressDeadlineOf(deployment);
  const condition = findCondition(conditionsOf({ status }), 'Progressing');
  if (deadline === undefined || condition === undefined) return false;
  const reason = stringAt(condition, 'reason');
  if (reason === 'NewReplicaSetAvailable') return false;
  if (reason === 'ProgressDeadlineExceeded') return true;
  const from = runTimeOf(stringAt(condition, 'lastUpdateTime')) ?? -Infinity;
  return from + deadline * 1000 < nowMs;
}

/** The status of a roll-out: how it goes, and what keeps it. Source: progress.go `syncRolloutStatus`, 1.36. */
export function rolloutStatus(
  deployment: KubernetesObject,
  all: readonly KubernetesObject[],
  newSet: KubernetesObject | undefined,
  nowMs: number,
): DeploymentStatus {
  const status = deploymentStatus(deployment, all, newSet, nowMs);
  let conditions = conditionsOf({ status });
  const current = findCondition(conditionsOf(deployment), 'Progressing');
  const hasDeadline = progressDeadlineOf(deployment) !== undefined;
  if (!hasDeadline) conditions = conditions.filter(({ type }) => type !== 'Progressing');
  const isDone =
    (status['replicas'] ?? 0) === (status['updatedReplicas'] ?? 0) &&
    stringAt(current, 'reason') === 'NewReplicaSetAvailable';
  if (hasDeadline && !isDone) {
    const subject = newSet === undefined ? `Deployment "${nameOf(deployment)}"` : `ReplicaSet "${nameOf(newSet)}"`;
    const now = timeOf(nowMs);
    const progressing = (state: 'True' | 'False', reason: string, words: string): JsonObject =>
      deploymentCondition('Progressing', state, reason, `${subject} ${words}.`, now);
    if (isComplete(deployment, status))
      conditions = withCondition(
        conditions,
        progressing('True', 'NewReplicaSetAvailable', 'has successfully progressed'),
      );
    else if (isProgressing(deployment, status)) {
      // Told anew at every step, so that the deadline counts from the last.
      const condition = progressing('True', 'ReplicaSetUpdated', 'is progressing');
      const since = current?.['status'] === 'True' ? { lastTransitionTime: current['lastTransitionTime'] } : {};
      conditions = [...conditions.filter(({ type }) => type !== 'Progressing'), { ...condition, ...since }];
    } else if (hasTimedOut(deployment, status, nowMs))
      conditions = withCondition(
        conditions,
        progressing('False', 'ProgressDeadlineExceeded', 'has timed out progressing'),
      );
  }
  const failure = replicaFailure(all, newSet);
  conditions =
    failure === undefined
      ? conditions.filter(({ type }) => type !== 'ReplicaFailure')
      : withCondition(conditions, failure);
  return withoutEmpty(
    { ...status, conditions },
    Object.keys(status).filter((key) => key !== 'conditions'),
  );
}

/** That of the new ReplicaSet first. */
function replicaFailure(
  all: readonly KubernetesObject[],
  newSet: KubernetesObject | undefined,
): JsonObject | undefined {
  for (const set of newSet === undefined ? all : [newSet, ...all]) {
    const condition = findCondition(conditionsOf(set), 'ReplicaFailure');
    if (condition === undefined) continue;
    const { type, status, lastTransitionTime, reason, message } = condition;
    return { type, status, lastUpdateTime: lastTransitionTime, lastTransitionTime, reason, message };
  }
  return undefined;
}

/** How long until a roll-out that stands still has to be looked at; undefined where it needs none. */
export function progressCheckMs(
  deployment: KubernetesObject,
  status: DeploymentStatus,
  nowMs: number,
): number | undefined {
  const deadline = progressDeadlineOf(deployment);
  const current = findCondition(conditionsOf(deployment), 'Progressing');
  if (deadline === undefined || current === undefined) return undefined;
  if (isComplete(deployment, status) || stringAt(current, 'reason') === 'ProgressDeadlineExceeded') return undefined;
  const updated = runTimeOf(stringAt(current, 'lastUpdateTime')) ?? nowMs;
  const after = updated + deadline * 1000 - nowMs;
  return after < 1000 ? 0 : after + 1000;
}
