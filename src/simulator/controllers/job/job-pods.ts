import { hasFinalizer } from '../../../apimachinery/finalizers.ts';
import { phaseOf, runTimeOf } from '../workload/pod-state.ts';
import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import { isSidecar } from '../../../apimachinery/pod-resources.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';

export const TRACKING = 'batch.kubernetes.io/job-tracking';
export const INDEX = 'batch.kubernetes.io/job-completion-index';
export const FAILURE_COUNT = 'batch.kubernetes.io/job-index-failure-count';
export const IGNORED_FAILURE_COUNT = 'batch.kubernetes.io/job-index-ignored-failure-count';

export function hasTracking(pod: KubernetesObject): boolean {
  return hasFinalizer(pod, TRACKING);
}

/** Source: pkg/controller/job/job_controller.go `isPodFailed`, 1.36. */
export function isFailed(pod: KubernetesObject, job: KubernetesObject): boolean {
  if (phaseOf(pod) === 'Failed') return true;
  return !replacesOnlyFailed(job) && isBeingDeleted(pod) && phaseOf(pod) !== 'Succeeded';
}

/** Source: `onlyReplaceFailedPods`, 1.36: a policy of failures needs to see how Pods end. */
export function replacesOnlyFailed(job: KubernetesObject): boolean {
  if (stringAt(job, 'spec', 'podReplacementPolicy') === 'Failed') return true;
  return objectAt(job, 'spec', 'podFailurePolicy') !== undefined;
}

/** Undefined for a Pod without one, or with one that the Job does not have. */
export function indexOf(pod: KubernetesObject, completions: number): number | undefined {
  const text = annotationsOf(pod).get(INDEX) ?? '';
  const index = /^\d+$/.test(text) ? Number(text) : NaN;
  return index < completions ? index : undefined;
}

export function countAt(pod: KubernetesObject | undefined, annotation: string): number {
  const text = pod === undefined ? '' : (annotationsOf(pod).get(annotation) ?? '');
  return /^\d+$/.test(text) && Number(text) <= MOST_COUNTED ? Number(text) : 0;
}

const MOST_COUNTED = 2 ** 31 - 1;

/** Failures of an index before this Pod, those that do not count too. Source: `getIndexAbsoluteFailureCount`, 1.36. */
export function allFailures(pod: KubernetesObject): number {
  return countAt(pod, FAILURE_COUNT) + countAt(pod, IGNORED_FAILURE_COUNT);
}

/**
 * When a Pod was over, in milliseconds of the run.
 * Source: pkg/controller/job/backoff_utils.go `getFinishedTime`, 1.36.
 */
export function finishedAtMs(pod: KubernetesObject): number {
  // Sidecars end after the containers.
  const sidecars = new Set(
    arrayAt(pod, 'spec', 'initContainers')
      .filter(isSidecar)
      .map((container) => stringAt(container, 'name')),
  );
  const statuses = [
    ...arrayAt(pod, 'status', 'containerStatuses'),
    ...arrayAt(pod, 'status', 'initContainerStatuses').filter((status) => sidecars.has(stringAt(status, 'name'))),
  ];
  const containers = statuses.map((status) => runTimeOf(stringAt(status, 'state', 'terminated', 'finishedAt')));
  if (containers.length > 0 && containers.every((moment) => moment !== undefined)) return Math.max(...containers);
  const ready = findCondition(conditionsOf(pod), 'Ready');
  const notReady = stringAt(ready, 'status') === 'False' ? runTimeOf(stringAt(ready, 'lastTransitionTime')) : undefined;
  if (notReady !== undefined) return notReady;
  const deleted = runTimeOf(stringAt(pod, 'metadata', 'deletionTimestamp'));
  if (deleted !== undefined) return deleted - (numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') ?? 0) * 1000;
  return runTimeOf(stringAt(pod, 'metadata', 'creationTimestamp')) ?? 0;
}
