import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { STATEFUL_SETS } from '../resources.ts';
import { isAvailable, isReady, phaseOf } from '../workload/pod-state.ts';
import { withoutEmpty } from '../workload/status-fields.ts';
import type { Failure } from './pod-control.ts';
import { podRevision, wantedReplicas } from './ordinals.ts';
import type { SetRevisions } from './revisions.ts';

export function isRunningAndReady(pod: KubernetesObject): boolean {
  return phaseOf(pod) === 'Running' && isReady(pod);
}

/** Source: pkg/controller/statefulset/stateful_set_control.go `computeReplicaStatus`, 1.36. */
export function countedStatus(
  set: KubernetesObject,
  { current, update, collisionCount }: SetRevisions,
  pods: readonly KubernetesObject[],
  nowMs: number,
): JsonObject {
  const minReadySeconds = numberAt(set, 'spec', 'minReadySeconds') ?? 0;
  const made = pods.filter((pod) => phaseOf(pod) !== '');
  const ready = pods.filter(isRunningAndReady);
  const ofRevision = (revision: KubernetesObject): number =>
    made.filter((pod) => !isBeingDeleted(pod) && podRevision(pod) === nameOf(revision)).length;
  return {
    observedGeneration: numberAt(set, 'metadata', 'generation') ?? 0,
    replicas: made.length,
    readyReplicas: ready.length,
    currentReplicas: ofRevision(current),
    updatedReplicas: ofRevision(update),
    currentRevision: nameOf(current),
    updateRevision: nameOf(update),
    collisionCount,
    availableReplicas: ready.filter((pod) => isAvailable(pod, minReadySeconds, nowMs)).length,
  };
}

/** A roll-out that has reached all Pods is over. Source: stateful_set_utils.go `completeRollingUpdate`, 1.36. */
export function completedStatus(set: KubernetesObject, status: JsonObject): JsonObject {
  const wanted = wantedReplicas(set);
  const isRolling = stringAt(set, 'spec', 'updateStrategy', 'type') === 'RollingUpdate';
  const isComplete = ['updatedReplicas', 'readyReplicas', 'replicas'].every((field) => status[field] === wanted);
  if (!isRolling || !isComplete) return status;
  return { ...status, currentReplicas: wanted, currentRevision: status['updateRevision'] };
}

const COUNTED = ['replicas', 'currentReplicas', 'readyReplicas', 'updatedReplicas', 'availableReplicas'];

/** Source: stateful_set_utils.go `inconsistentStatus`, 1.36. */
export function statusDiffers(set: KubernetesObject, status: JsonObject): boolean {
  const before = objectAt(set, 'status') ?? {};
  return (
    (numberAt(status, 'observedGeneration') ?? 0) > (numberAt(before, 'observedGeneration') ?? 0) ||
    COUNTED.some((field) => (numberAt(status, field) ?? 0) !== (numberAt(before, field) ?? 0)) ||
    ['currentRevision', 'updateRevision'].some((field) => (stringAt(status, field) ?? '') !== (before[field] ?? ''))
  );
}

const TRIES = 5;

/** Writes the status where it says something new. Source: stateful_set_status_updater.go, 1.36. */
export function writeStatus(context: ReconcileContext, set: KubernetesObject, counted: JsonObject): Failure {
  const completed = completedStatus(set, counted);
  if (!statusDiffers(set, completed)) return undefined;
  const status = withoutEmpty(completed, ['replicas', 'availableReplicas', 'collisionCount']);
  const at = { resource: STATEFUL_SETS, namespace: namespaceOf(set) ?? '', name: nameOf(set) };
  let body = set;
  for (let tries = 1; ; tries++) {
    const written = context.api.call({ ...at, verb: 'update', subresource: 'status', body: { ...body, status } });
    if (written.ok) return undefined;
    if (written.code !== 409 || tries === TRIES) return written.message;
    const fresh = context.api.call({ ...at, verb: 'get' });
    if (fresh.ok) body = fresh.object;
  }
}
