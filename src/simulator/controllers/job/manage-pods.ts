import { deletePods } from '../workload/pod-control.ts';
import { isReady, isTerminating } from '../workload/pod-state.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt } from '../../../base/json.ts';
import { compareActivePods } from '../active-pods-order.ts';
import type { ReconcileContext } from '../controller.ts';
import { PODS } from '../resources.ts';
import { TRACKING, allFailures, finishedAtMs, indexOf, replacesOnlyFailed } from './job-pods.ts';
import { remainingMs } from './backoff.ts';
import { firstFree } from './indexes.ts';
import type { JobSync } from './job-sync.ts';
import { podOfJob } from './pod-of-job.ts';

/** Source: pkg/controller/job/job_controller.go `MaxPodCreateDeletePerSync`, 1.36. */
const MOST_AT_ONCE = 500;

const NONE = { deleted: 0, deletedReady: 0 } as const;

export interface Managed {
  /** How many Pods are active after it. */
  readonly active: number;
  readonly deleted: number;
  /** How many of them were ready. */
  readonly deletedReady: number;
  readonly failed?: string;
  /** Pods may be made again after so long. */
  readonly waitMs?: number;
}

/** Makes or deletes Pods, so that as many run as the Job wants. Source: `manageJob`, 1.36. */
export function managePods(context: ReconcileContext, sync: JobSync): Managed {
  const { job, active, isSuspended, completions, succeeded, terminating } = sync;
  const parallelism = numberAt(job, 'spec', 'parallelism') ?? 1;
  if (isSuspended) return removePods(context, sync, active, { releases: true });
  const wanted =
    completions === undefined
      ? succeeded > 0
        ? active.length
        : parallelism
      : Math.max(0, Math.min(parallelism, completions - succeeded));
  const extra = podsToRemove(sync, Math.max(0, active.length - wanted)).slice(0, MOST_AT_ONCE);
  if (extra.length > 0) return removePods(context, sync, extra, { releases: true });
  const missing = wanted - (replacesOnlyFailed(job) ? terminating.length : 0) - active.length;
  return missing > 0 ? createPods(context, sync, Math.min(missing, MOST_AT_ONCE)) : { active: active.length, ...NONE };
}

/** Of an Indexed Job also those whose index another Pod has, or no Pod should have. */
function podsToRemove({ active, isIndexed, completions = 0 }: JobSync, atLeast: number): readonly KubernetesObject[] {
  const sorted = [...active].sort(compareActivePods);
  const removed: KubernetesObject[] = [];
  let left = sorted;
  if (isIndexed) {
    const last = new Map(sorted.map((pod) => [indexOf(pod, completions), pod]));
    removed.push(
      ...sorted.filter((pod) => indexOf(pod, completions) === undefined || last.get(indexOf(pod, completions)) !== pod),
    );
    left = sorted.filter((pod) => !removed.includes(pod));
  }
  return [...removed, ...left.slice(0, Math.max(0, atLeast - removed.length))];
}

/** Deletes Pods; such as count for nothing any more lose their finalizer before. Source: `deleteJobPods`, 1.36. */
export function removePods(
  context: ReconcileContext,
  { job, active }: JobSync,
  pods: readonly KubernetesObject[],
  { releases }: { readonly releases: boolean },
): Managed {
  const released = releases ? context.api.callAll(pods.map((pod) => withoutTrackingCall(pod))) : [];
  const going = pods.filter((_pod, at) => released[at]?.ok !== false);
  const refused = released.flatMap((answer) => (answer.ok || answer.code === 404 ? [] : [answer.message]));
  const failures = [...refused, ...deletePods(context, job, going.map(nameOf))];
  const deleted = pods.length - failures.length;
  const [failed] = failures;
  return {
    active: active.length - deleted,
    deleted,
    deletedReady: going.filter(isReady).length,
    ...(failed === undefined ? {} : { failed }),
  };
}

export function withoutTrackingCall(pod: KubernetesObject) {
  const finalizers = arrayAt(pod, 'metadata', 'finalizers').filter((finalizer) => finalizer !== TRACKING);
  return {
    verb: 'patch',
    resource: PODS,
    namespace: namespaceOf(pod)!,
    name: nameOf(pod),
    options: { patchType: 'merge' },
    body: { apiVersion: 'v1', kind: 'Pod', metadata: { finalizers: finalizers.length === 0 ? null : finalizers } },
  } as const;
}

function createPods(context: ReconcileContext, sync: JobSync, missing: number): Managed {
  const { job, active, isIndexed, perIndex, backoff, nowMs, delayed } = sync;
  const none = { active: active.length, ...NONE };
  const waitMs = perIndex ? 0 : remainingMs(backoff, nowMs);
  // Upstream tells of no active Pods while it waits.
  if (waitMs > 0) return { ...none, active: 0, waitMs };
  const indexes = isIndexed ? indexesToAdd(sync, missing) : undefined;
  if (typeof indexes === 'number') return { ...none, active: 0, waitMs: indexes };
  const bodies =
    indexes === undefined
      ? Array.from({ length: missing }, () => podOfJob(job))
      : indexes.map((index) => podOfJob(job, { index, replaced: delayed.get(index), countsPerIndex: perIndex }));
  let made = 0;
  for (let size = 1; made < bodies.length; size *= 2) {
    const batch = bodies.slice(made, made + size);
    const answers = context.api.callAll(
      batch.map((body) => ({ verb: 'create' as const, resource: PODS, namespace: namespaceOf(job)!, body })),
    );
    for (const answer of answers) {
      if (answer.ok) {
        made++;
        context.event(job, 'Normal', 'SuccessfulCreate', `Created pod: ${nameOf(answer.object)}`);
      } else if (!answer.message.includes('is being terminated')) {
        context.event(job, 'Warning', 'FailedCreate', `Error creating: ${answer.message}`);
        return { active: active.length + made, ...NONE, failed: answer.message };
      } else return { active: active.length + made, ...NONE };
    }
  }
  return { active: active.length + made, ...NONE };
}

/** The indexes that may begin now, or how long until one may. */
function indexesToAdd(sync: JobSync, missing: number): readonly number[] | number {
  const { job, pods, active, completions = 0, succeededIndexes, failedIndexes, perIndex, delayed, nowMs } = sync;
  const taken = new Set([...succeededIndexes, ...(failedIndexes ?? [])]);
  const holding = replacesOnlyFailed(job) ? [...active, ...pods.filter(isTerminating)] : active;
  for (const pod of holding) taken.add(indexOf(pod, completions) ?? -1);
  const free = firstFree(taken, missing, completions);
  if (!perIndex) return free;
  const waits = free.map((index) => {
    const failed = delayed.get(index);
    if (failed === undefined) return 0;
    return remainingMs({ failures: allFailures(failed) + 1, lastFailureMs: finishedAtMs(failed) }, nowMs);
  });
  const ready = free.filter((_index, at) => waits[at] === 0);
  return ready.length > 0 || free.length === 0 ? ready : Math.min(...waits);
}
