import { isActive, isReady, isTerminating, phaseOf, runTimeOf } from '../workload/pod-state.ts';
import { conditionsOf } from '../../../apimachinery/conditions.ts';
import { controllerOf, uidOf } from '../../../apimachinery/owner-reference.ts';
import { parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, asString, booleanAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { ReconcileContext } from '../controller.ts';
import { JOBS, PODS } from '../resources.ts';
import { claim, ownedOrOrphaned } from '../workload/claim.ts';
import type { BackoffRecord } from './backoff.ts';
import { NO_FAILURES, nextBackoff } from './backoff.ts';
import type { Ending } from './conditions.ts';
import { endingOf } from './conditions.ts';
import type { Indexes } from './indexes.ts';
import { joined, parseIndexes } from './indexes.ts';
import {
  FAILURE_COUNT,
  TRACKING,
  allFailures,
  countAt,
  finishedAtMs,
  hasTracking,
  indexOf,
  isFailed,
} from './job-pods.ts';
import { matchPodFailurePolicy, matchSuccessPolicy } from './policies.ts';

/** Everything that one sync of a Job counts before it acts. */
export interface JobSync {
  readonly job: KubernetesObject;
  readonly nowMs: number;
  readonly now: string;
  readonly pods: readonly KubernetesObject[];
  readonly active: readonly KubernetesObject[];
  readonly terminating: readonly KubernetesObject[];
  readonly ready: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly backoff: BackoffRecord;
  readonly isIndexed: boolean;
  readonly perIndex: boolean;
  readonly completions: number | undefined;
  readonly succeededBefore: Indexes;
  readonly succeededIndexes: Indexes;
  readonly failedIndexes: Indexes | undefined;
  /** The failed Pod of an index that has to wait for its replacement. */
  readonly delayed: ReadonlyMap<number, KubernetesObject>;
  readonly ending: Ending | undefined;
  /** When the deadline is due, in milliseconds from now. */
  readonly deadlineMs: number | undefined;
  readonly isSuspended: boolean;
  readonly startTime: string | undefined;
}

/** Source: pkg/controller/job/job_controller.go `syncJob`, 1.36, up to where Pods are made or deleted. */
export function countJob(context: ReconcileContext, job: KubernetesObject): JobSync {
  const { nowMs } = context;
  const now = timeOf(nowMs);
  const pods = podsOf(context, job);
  const active = pods.filter(isActive);
  const uncounted = new Set(
    ['succeeded', 'failed'].flatMap((list) =>
      arrayAt(job, 'status', 'uncountedTerminatedPods', list).flatMap((uid) => asString(uid) ?? []),
    ),
  );
  const completions = numberAt(job, 'spec', 'completions');
  const isIndexed = stringAt(job, 'spec', 'completionMode') === 'Indexed';
  const isValid = (pod: KubernetesObject): boolean => !isIndexed || indexOf(pod, completions ?? 0) !== undefined;
  const fresh = pods.filter((pod) => hasTracking(pod) && !uncounted.has(uidOf(pod)) && isValid(pod));
  const newSucceeded = fresh.filter((pod) => phaseOf(pod) === 'Succeeded');
  const newFailed = fresh.filter((pod) => isFailed(pod, job));
  const countedFailed = newFailed.filter((pod) => matchPodFailurePolicy(job, pod).counts);
  const counted = (list: string): number => arrayAt(job, 'status', 'uncountedTerminatedPods', list).length;
  const perIndex = isIndexed && numberAt(job, 'spec', 'backoffLimitPerIndex') !== undefined;
  const before = isIndexed ? parseIndexes(stringAt(job, 'status', 'completedIndexes') ?? '', completions ?? 0) : [];
  const done = newSucceeded.flatMap((pod) => indexOf(pod, completions ?? 0) ?? []);
  const succeededIndexes = isIndexed ? joined(before, done) : [];
  const failedIndexes = perIndex ? failedIndexesOf(job, pods, completions ?? 0) : undefined;
  const isSuspended = booleanAt(job, 'spec', 'suspend') === true;
  const startTime = stringAt(job, 'status', 'startTime') ?? (isSuspended ? undefined : now);
  const partial = {
    job,
    nowMs,
    now,
    pods,
    active,
    terminating: pods.filter(isTerminating),
    ready: active.filter(isReady).length,
    succeeded: isIndexed
      ? succeededIndexes.length
      : (numberAt(job, 'status', 'succeeded') ?? 0) + newSucceeded.length + counted('succeeded'),
    failed: (numberAt(job, 'status', 'failed') ?? 0) + countedFailed.length + counted('failed'),
    backoff: nextBackoff((context.memory as BackoffRecord | undefined) ?? NO_FAILURES, newSucceeded, newFailed),
    isIndexed,
    perIndex,
    completions,
    succeededBefore: before,
    succeededIndexes,
    failedIndexes,
    isSuspended,
    startTime,
  };
  const deadlineMs = deadline(job, startTime, isSuspended, nowMs);
  const ending = endingFor(partial, deadlineMs);
  return { ...partial, delayed: perIndex ? delayedPods(partial) : new Map(), ending, deadlineMs };
}

/** Source: job_controller.go `getPodsForJob`, 1.36: a Pod that is adopted is counted like one that the Job made. */
export function podsOf(context: ReconcileContext, job: KubernetesObject): readonly KubernetesObject[] {
  const selector = parseLabelSelector(valueAt(job, 'spec', 'selector'));
  const candidates = ownedOrOrphaned(context.view(PODS), job).filter((pod) => namespaceOf(pod) === namespaceOf(job));
  const pods = claim(context, { owner: job, resource: JOBS, selector, finalizer: TRACKING }, candidates, PODS);
  return pods.filter((pod) => controllerOf(pod)?.uid === uidOf(job));
}

type Counted = Omit<JobSync, 'delayed' | 'ending' | 'deadlineMs'>;

/** Milliseconds until `activeDeadlineSeconds` are over; 0 where they are. */
function deadline(
  job: KubernetesObject,
  startTime: string | undefined,
  isSuspended: boolean,
  nowMs: number,
): number | undefined {
  const seconds = numberAt(job, 'spec', 'activeDeadlineSeconds');
  const startMs = runTimeOf(startTime);
  if (seconds === undefined || startMs === undefined || isSuspended) return undefined;
  return Math.max(0, startMs + seconds * 1000 - nowMs);
}

function endingFor(counted: Counted, deadlineMs: number | undefined): Ending | undefined {
  const { job, pods, failed, isIndexed, perIndex, succeededIndexes, failedIndexes, completions = 0 } = counted;
  const decided = endingOf(job);
  if (decided !== undefined) return decided;
  const failure = (reason: string, message: string): Ending => ({ type: 'FailureTarget', reason, message });
  for (const pod of pods) {
    const { failsJob } = isFailed(pod, job) ? matchPodFailurePolicy(job, pod) : { failsJob: undefined };
    if (failsJob !== undefined) return failure('PodFailurePolicy', failsJob);
  }
  const limit = numberAt(job, 'spec', 'backoffLimit') ?? 6;
  if (failed > limit || restartsExceed(job, pods, limit))
    return failure('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  if (deadlineMs === 0) return failure('DeadlineExceeded', 'Job was active longer than specified deadline');
  if (perIndex && failedIndexes !== undefined) {
    const most = numberAt(job, 'spec', 'maxFailedIndexes');
    if (most !== undefined && failedIndexes.length > most)
      return failure('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
    if (failedIndexes.length > 0 && failedIndexes.length + succeededIndexes.length >= completions)
      return failure('FailedIndexes', 'Job has failed indexes');
  }
  const enough = isIndexed ? matchSuccessPolicy(job, succeededIndexes) : undefined;
  return enough === undefined ? undefined : { type: 'SuccessCriteriaMet', reason: 'SuccessPolicy', message: enough };
}

/** Source: `pastBackoffLimitOnFailure`, 1.36: containers that are restarted in their Pod count too. */
function restartsExceed(job: KubernetesObject, pods: readonly KubernetesObject[], limit: number): boolean {
  if (stringAt(job, 'spec', 'template', 'spec', 'restartPolicy') !== 'OnFailure') return false;
  const restarts = pods
    .filter((pod) => phaseOf(pod) === 'Running' || phaseOf(pod) === 'Pending')
    .flatMap((pod) => [
      ...arrayAt(pod, 'status', 'initContainerStatuses'),
      ...arrayAt(pod, 'status', 'containerStatuses'),
    ])
    .reduce<number>((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0);
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

function failedIndexesOf(job: KubernetesObject, pods: readonly KubernetesObject[], completions: number): Indexes {
  const limit = numberAt(job, 'spec', 'backoffLimitPerIndex') ?? 0;
  const failed = pods.flatMap((pod) => {
    const index = indexOf(pod, completions);
    if (index === undefined || !hasTracking(pod) || !isFailed(pod, job)) return [];
    const { failsIndex, counts } = matchPodFailurePolicy(job, pod);
    return failsIndex === true || (counts && countAt(pod, FAILURE_COUNT) >= limit) ? [index] : [];
  });
  return joined(parseIndexes(stringAt(job, 'status', 'failedIndexes') ?? '', completions), failed);
}

/** Source: pkg/controller/job/indexed_job_utils.go `getPodsWithDelayedDeletionPerIndex`, 1.36. */
function delayedPods({ job, pods, active, completions = 0, succeededIndexes, failedIndexes }: Counted) {
  const settled = new Set([
    ...succeededIndexes,
    ...(failedIndexes ?? []),
    ...active.flatMap((pod) => indexOf(pod, completions) ?? []),
  ]);
  const delayed = new Map<number, KubernetesObject>();
  for (const pod of pods) {
    const index = indexOf(pod, completions);
    if (index === undefined || settled.has(index) || !hasTracking(pod) || !isFailed(pod, job)) continue;
    const before = delayed.get(index);
    const isLater =
      before === undefined || (allFailures(before) <= allFailures(pod) && finishedAtMs(pod) >= finishedAtMs(before));
    if (isLater) delayed.set(index, pod);
  }
  return delayed;
}

/** Status fields that a sync begins with. */
export function statusOf({ job, startTime }: JobSync): JsonObject {
  const status = objectAt(job, 'status') ?? {};
  return {
    ...status,
    ...(startTime === undefined ? {} : { startTime }),
    uncountedTerminatedPods: objectAt(status, 'uncountedTerminatedPods') ?? {},
    conditions: conditionsOf(job),
  };
}
