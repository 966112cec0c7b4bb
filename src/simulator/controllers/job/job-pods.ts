import { conditionsOf, findCondition, hasCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf } from '../../../apimachinery/object.ts';
import { msOfMoment, parseTime } from '../../../apimachinery/time.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../../base/json.ts';
import { RUN_BEGINS_MS } from '../../kernel/clock.ts';

export const TRACKING = 'batch.kubernetes.io/job-tracking';
export const INDEX = 'batch.kubernetes.io/job-completion-index';
export const FAILURE_COUNT = 'batch.kubernetes.io/job-index-failure-count';
export const IGNORED_FAILURE_COUNT = 'batch.kubernetes.io/job-index-ignored-failure-count';

export function phaseOf(pod: KubernetesObject): string {
  return stringAt(pod, 'status', 'phase') ?? '';
}

export function uidOf(object: KubernetesObject): string {
  return stringAt(object, 'metadata', 'uid') ?? '';
}

export function isGoing(pod: KubernetesObject): boolean {
  return nameAt(pod, 'metadata', 'deletionTimestamp') !== undefined;
}

export function isActive(pod: KubernetesObject): boolean {
  return !['Succeeded', 'Failed'].includes(phaseOf(pod)) && !isGoing(pod);
}

export function isTerminating(pod: KubernetesObject): boolean {
  return !['Succeeded', 'Failed'].includes(phaseOf(pod)) && isGoing(pod);
}

export function isReady(pod: KubernetesObject): boolean {
  return hasCondition(conditionsOf(pod), 'Ready', 'True');
}

export function hasTracking(pod: KubernetesObject): boolean {
  return arrayAt(pod, 'metadata', 'finalizers').includes(TRACKING);
}

/** Source: pkg/controller/job/job_controller.go `isPodFailed`, 1.36. */
export function isFailed(pod: KubernetesObject, job: KubernetesObject): boolean {
  if (phaseOf(pod) === 'Failed') return true;
  return !replacesOnlyFailed(job) && isGoing(pod) && phaseOf(pod) !== 'Succeeded';
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
    momentMs(stringAt(status, 'state', 'terminated', 'finishedAt')),
  );
  if (containers.length > 0 && containers.every((moment) => moment !== undefined)) return Math.max(...containers);
  const ready = findCondition(conditionsOf(pod), 'Ready');
  const notReady = stringAt(ready, 'status') === 'False' ? momentMs(stringAt(ready, 'lastTransitionTime')) : undefined;
  if (notReady !== undefined) return notReady;
  const deleted = momentMs(stringAt(pod, 'metadata', 'deletionTimestamp'));
  if (deleted !== undefined) return deleted - (numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') ?? 0) * 1000;
  return momentMs(stringAt(pod, 'metadata', 'creationTimestamp')) ?? 0;
}

export function momentMs(text: JsonValue | undefined): number | undefined {
  const moment = typeof text === 'string' ? parseTime(text) : undefined;
  return moment === undefined ? undefined : msOfMoment(moment) - RUN_BEGINS_MS;
}
