import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { numberAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { isAvailable, phaseOf } from '../workload/pod-state.ts';
import { identityMatches, newVersionedPod, storageMatches } from './identity.ts';
import type { SetRevision } from './identity.ts';
import { isInRange, ordinalOf, podRevision, startOrdinal, wantedReplicas } from './ordinals.ts';
import type { Failure } from './pod-control.ts';
import { StatefulPodControl, aggregated } from './pod-control.ts';
import type { SetRevisions } from './revisions.ts';
import { appliedRevision } from './revisions.ts';
import { countedStatus, isRunningAndReady } from './status.ts';

export interface SetUpdate {
  readonly status: JsonObject;
  readonly failure: Failure;
}

/** What became of one Pod: nothing more in this sync, or on to the next. */
interface Step {
  readonly isLast: boolean;
  readonly failure?: Failure;
}

const GO_ON: Step = { isLast: false };
const WAIT: Step = { isLast: true };
/** Source: pkg/controller/statefulset/stateful_set_control.go `MaxBatchSize`, 1.36. */
const MOST_AT_ONCE = 500;

/**
 * One step of a set towards what it should be. In order, a Pod is made when all before it are ready and available; in
 * parallel all at once. Then Pods too many go, from the last; then those of an old revision, one after another.
 * Source: pkg/controller/statefulset/stateful_set_control.go `updateStatefulSet`, 1.36.
 */
export class StatefulSetControl {
  private readonly context: ReconcileContext;
  private readonly set: KubernetesObject;
  private readonly revisions: SetRevisions;
  private readonly update: SetRevision;
  private readonly pods: StatefulPodControl;
  private readonly isOrdered: boolean;

  constructor(context: ReconcileContext, set: KubernetesObject, revisions: SetRevisions) {
    this.context = context;
    this.set = set;
    this.revisions = revisions;
    this.update = appliedRevision(set, revisions.update);
    this.pods = new StatefulPodControl(context, set);
    this.isOrdered = stringAt(set, 'spec', 'podManagementPolicy') !== 'Parallel';
  }

  updateSet(pods: readonly KubernetesObject[]): SetUpdate {
    const { set } = this;
    if (isBeingDeleted(set)) return { status: this.count(pods), failure: undefined };
    const replicas = this.replicas(pods);
    const condemned = pods
      .filter((pod) => ordinalOf(pod) >= 0 && !isInRange(pod, set))
      .sort((a, b) => ordinalOf(b) - ordinalOf(a));
    const status = this.count([...replicas, ...condemned]);
    const unhealthy = [...replicas, ...condemned.toReversed()].find((pod) => this.isUnavailable(pod));
    const steps = [
      () => this.forAll(replicas, (pod) => this.processReplica(pod)),
      () => this.forAll(condemned, (pod) => this.fixClaims(pod)),
      () => this.forAll(condemned, (pod) => this.processCondemned(pod, unhealthy)),
    ];
    for (const step of steps) {
      const { isLast, failure } = step();
      if (isLast) return { status, failure };
    }
    return stringAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete'
      ? { status, failure: undefined }
      : this.rollOut(replicas, status);
  }

  /** The Pods that belong to the set, by ordinal; those that are missing as they shall be made. */
  private replicas(pods: readonly KubernetesObject[]): readonly KubernetesObject[] {
    const { set, update, revisions } = this;
    const current = appliedRevision(set, revisions.current);
    const known = new Map(pods.map((pod) => [ordinalOf(pod), pod]));
    const start = startOrdinal(set);
    return Array.from(
      { length: wantedReplicas(set) },
      (_, index) => known.get(start + index) ?? newVersionedPod(current, update, start + index),
    );
  }

  private count(pods: readonly KubernetesObject[]): JsonObject {
    return countedStatus(this.set, this.revisions, pods, this.context.nowMs);
  }

  private isAvailable(pod: KubernetesObject): boolean {
    return isAvailable(pod, numberAt(this.set, 'spec', 'minReadySeconds') ?? 0, this.context.nowMs);
  }

  private isUnavailable(pod: KubernetesObject): boolean {
    return !this.isAvailable(pod) || isBeingDeleted(pod);
  }

  /** In order up to the first that has to be waited for; else in batches of 1, 2, 4… up to the first that fails. */
  private forAll(pods: readonly KubernetesObject[], process: (pod: KubernetesObject) => Step): Step {
    if (this.isOrdered) {
      for (const pod of pods) {
        const step = process(pod);
        if (step.isLast) return step;
      }
      return GO_ON;
    }
    let at = 0;
    for (let batch = 1; at < pods.length; batch = Math.min(2 * batch, MOST_AT_ONCE)) {
      const some = pods.slice(at, at + batch);
      at += some.length;
      const failures = some.flatMap((pod) => process(pod).failure ?? []);
      if (failures.length > 0) return { isLast: true, failure: aggregated(failures) };
    }
    return GO_ON;
  }

  private processReplica(pod: KubernetesObject): Step {
    const { set, update, isOrdered } = this;
    const phase = phaseOf(pod);
    if (phase === 'Failed' || phase === 'Succeeded') return isBeingDeleted(pod) ? WAIT : last(this.pods.deletePod(pod));
    if (phase === '') {
      if (this.pods.isClaimStale(set, pod)) return WAIT;
      const failure = this.pods.createPod(set, pod);
      if (failure !== undefined || isOrdered) return last(failure);
    }
    if (phase === 'Pending') {
      const failure = this.pods.createMissingClaims(set, pod);
      if (failure !== undefined) return last(failure);
    }
    if (isOrdered && (isBeingDeleted(pod) || !isRunningAndReady(pod) || !this.isAvailable(pod))) return WAIT;
    const conforms = identityMatches(set, pod) && storageMatches(set, pod) && this.pods.claimsMatch(update.set, pod);
    if (conforms) return GO_ON;
    const failure = this.pods.updatePod(update.set, pod);
    return failure === undefined ? GO_ON : last(failure);
  }

  private fixClaims(pod: KubernetesObject): Step {
    const { set } = this.update;
    if (this.pods.claimsMatch(set, pod)) return GO_ON;
    const failure = this.pods.updateClaims(set, pod);
    return failure === undefined ? GO_ON : last(failure);
  }

  private processCondemned(pod: KubernetesObject, unhealthy: KubernetesObject | undefined): Step {
    if (isBeingDeleted(pod)) return this.isOrdered ? WAIT : GO_ON;
    const isSound = isRunningAndReady(pod) && this.isAvailable(pod);
    if (this.isOrdered && !isSound && pod !== unhealthy) return WAIT;
    return last(this.pods.deletePod(pod));
  }

  /** From the last Pod down to the partition: one of an old revision goes, one that is not available is waited for. */
  private rollOut(replicas: readonly KubernetesObject[], status: JsonObject): SetUpdate {
    const partition = numberAt(this.set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
    for (let index = replicas.length - 1; index >= partition; index--) {
      const pod = replicas[index];
      if (pod === undefined) break;
      if (podRevision(pod) !== nameOf(this.revisions.update) && !isBeingDeleted(pod)) {
        const failure = this.pods.deletePod(pod);
        if (failure !== undefined) return { status, failure };
        const currentReplicas = (numberAt(status, 'currentReplicas') ?? 0) - 1;
        return { status: { ...status, currentReplicas }, failure };
      }
      if (this.isUnavailable(pod)) break;
    }
    return { status, failure: undefined };
  }
}

function last(failure: Failure): Step {
  return failure === undefined ? WAIT : { isLast: true, failure };
}
