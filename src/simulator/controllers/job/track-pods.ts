import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { phaseOf } from '../workload/pod-state.ts';
import { isBeingDeleted } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt } from '../../../base/json.ts';
import { formatIndexes, joined } from './indexes.ts';
import { hasTracking, indexOf, isFailed } from './job-pods.ts';
import type { JobSync } from './job-sync.ts';
import { matchPodFailurePolicy } from './policies.ts';

/** Source: pkg/controller/job/job_controller.go `MaxUncountedPods`, 1.36. */
const MOST_UNCOUNTED = 500;

export interface Tracked {
  readonly status: JsonObject;
  /** Pods that have been told of in the status, and may go. */
  readonly release: readonly KubernetesObject[];
  readonly isFull: boolean;
}

/**
 * Takes the Pods that are over into the status before their finalizers go, so that none is counted twice or not at all.
 * Source: `trackJobStatusAndRemoveFinalizers`, 1.36.
 */
export function trackPods(sync: JobSync, status: JsonObject, isEnding: boolean, succeeds: boolean): Tracked {
  const { job, pods, isIndexed, completions = 0, succeededBefore, failedIndexes, delayed } = sync;
  const succeeded = arrayAt(status, 'uncountedTerminatedPods', 'succeeded').map(String);
  const failed = arrayAt(status, 'uncountedTerminatedPods', 'failed').map(String);
  const newIndexes: number[] = [];
  const release: KubernetesObject[] = [];
  const isGoing = isBeingDeleted(job);
  for (const pod of pods) {
    if (!hasTracking(pod)) continue;
    const isOver = phaseOf(pod) === 'Succeeded';
    const index = indexOf(pod, completions);
    const considered = isFailed(pod, job);
    const mayGo = isGoing || isEnding || isOver || (considered && !isDelayed(delayed, index, pod));
    if (!mayGo) continue;
    release.push(pod);
    const uid = uidOf(pod);
    if (isOver && !failed.includes(uid)) {
      if (isIndexed) {
        if (index !== undefined && !succeededBefore.includes(index)) newIndexes.push(index);
      } else if (!succeeded.includes(uid)) succeeded.push(uid);
    } else if (considered || (isEnding && !succeeds)) {
      const isOurs = !isIndexed || index !== undefined;
      if (isOurs && !failed.includes(uid) && matchPodFailurePolicy(job, pod).counts) failed.push(uid);
    }
    if (newIndexes.length + succeeded.length + failed.length >= MOST_UNCOUNTED)
      return { status: told(), release, isFull: true };
  }
  return { status: told(), release, isFull: false };

  function told(): JsonObject {
    const indexes = joined(succeededBefore, newIndexes);
    return {
      ...status,
      uncountedTerminatedPods: {
        ...(succeeded.length > 0 ? { succeeded } : {}),
        ...(failed.length > 0 ? { failed } : {}),
      },
      ...(isIndexed ? { succeeded: indexes.length, completedIndexes: formatIndexes(indexes) } : {}),
      ...(failedIndexes === undefined ? {} : { failedIndexes: formatIndexes(failedIndexes) }),
    };
  }
}

function isDelayed(
  delayed: ReadonlyMap<number, KubernetesObject>,
  index: number | undefined,
  pod: KubernetesObject,
): boolean {
  return index !== undefined && delayed.get(index) !== undefined && uidOf(delayed.get(index)!) === uidOf(pod);
}

/** Counts those whose finalizers are gone. Source: `cleanUncountedPodsWithoutFinalizers`, 1.36. */
export function countReleased(status: JsonObject, stillTracked: ReadonlySet<string>): JsonObject {
  let next = status;
  for (const list of ['succeeded', 'failed'] as const) {
    const uids = arrayAt(next, 'uncountedTerminatedPods', list).map(String);
    const left = uids.filter((uid) => stillTracked.has(uid));
    if (left.length === uids.length) continue;
    const { [list]: _, ...rest } = (next['uncountedTerminatedPods'] ?? {}) as JsonObject;
    next = {
      ...next,
      [list]: (numberAt(next, list) ?? 0) + uids.length - left.length,
      uncountedTerminatedPods: left.length > 0 ? { ...rest, [list]: left } : rest,
    };
  }
  return next;
}
