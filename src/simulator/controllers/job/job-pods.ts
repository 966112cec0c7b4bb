import { phaseOf, runTimeOf } from '../workload/pod-state.ts';
import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';

export const TRACKING = 'batch.kubernetes.io/job-tracking';
export const INDEX = 'batch.kubernetes.io/job-completion-index';
export const FAILURE_COUNT = 'batch.kubernetes.io/job-index-failure-count';
export const IGNORED_FAILURE_COUNT = 'batch.kubernetes.io/job-index-ignored-failure-count';

export function hasTracking(pod: KubernetesObject): boolean {
  return arrayAt(pod, 'metadata', 'finalizers').includes(TRACKING);
}

/** Source: pkg/controller/job/job_controller.go `isPodFailed`, 1.36. */
export function isFailed(pod: KubernetesObject, job: KubernetesObject): boolean {
  if (phaseOf(pod) === 'Failed') return true;
  return !replacesOnlyFailed(job) && isBeingDeleted(pod) && phaseOf(pod) !== 'Succeeded';
}

export function replacesOnlyFailed(job: KubernetesObject): boolean {
  return stringAt(job, 'spec', 'podReplacementPolicy') === 'Failed';
}

/** Undefined for a Pod without one, or with one that the Job does not have. */
export function indexOf(pod: KubernetesObject, completions: number): number | undefined {
  const text = annotationsOf(pod).get(INDEX) ?? '';
  const index = /^\d+$/.test(text) ? Number(text) : NaN;
  return index < completions ? index : undefined;
}

export function countAt(pod: KubernetesObject | undefined, annotation: string): number {
  const text = pod === undefined ? '' : (annotationsOf(pod).get(annotation) ?? '');
  return /^\d+$/.test(text) ? Number(text) : 0;
}

/**
 * When a Pod was over, in milliseconds of the run.
 * Source: pkg/controller/job/backoff_utils.go `getFinishedTime`, 1.36.
 */
export function finishedAtMs(pod: KubernetesObject): number {
  const containers = arrayAt(pod, 'status', 'containerStatuses').map((status) =>
    runTimeOf(stringAt(status, 'state', 'terminated', 'finishedAt')),
  );
  if (containers.length > 0 && containers.every((moment) => moment !== undefined)) return Math.max(...containers);
  const ready = findCondition(conditionsOf(pod), 'Ready');
  const notReady = stringAt(ready, 'status') === 'False' ? runTimeOf(stringAt(ready, 'lastTransitionTime')) : undefined;
  if (notReady !== undefined) return notReady;
  const deleted = runTimeOf(stringAt(pod, 'metadata', 'deletionTimestamp'));
  if (deleted !== undefined) return deleted - (numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') ?? 0) * 1000;
  return runTimeOf(stringAt(pod, 'metadata', 'creationTimestamp')) ?? 0;
}
