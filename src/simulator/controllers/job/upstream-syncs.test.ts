import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import { JOBS } from '../resources.ts';
import { runTimeOf } from '../workload/pod-state.ts';
import type { SyncCase, SyncResult } from '../testing/run-sync.ts';
import { NOW_MS, inSync, runSync } from '../testing/run-sync.ts';
import { refusal } from '../testing/fake-api.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { INDEX, hasTracking } from './job-pods.ts';
import { podsOf } from './job-sync.ts';
import { job as controller } from './job.ts';
import {
  asPod,
  countFor,
  counts,
  keyOfJob,
  newJob,
  podOf,
  podsInNumbers,
  podsWithIndexes,
  sizesOf,
  tracked,
  untimed,
  whole,
  withIndex,
} from './testing/upstream-jobs.ts';

function run(job: KubernetesObject, pods: readonly KubernetesObject[], more: Partial<SyncCase> = {}): SyncResult {
  return runSync(controller, { objects: [job, ...pods], key: keyOfJob(job), ...more });
}

/** The status after the sync. */
function statusAfter({ api }: SyncResult, job: KubernetesObject): JsonObject {
  return objectAt(api.get(JOBS, keyOfJob(job)), 'status') ?? {};
}

function podCalls({ calls }: SyncResult, verb: string): readonly JsonValue[] {
  return calls.flatMap(({ verb: made, resource, body }) =>
    made === verb && resource.plural === 'pods' ? [(body ?? null) as JsonValue] : [],
  );
}

/** TestControllerSyncJob. Where its gate was off, `terminating` was not told. */
function syncJob(one: UpstreamCase): void {
  const indexed = stringAt(one, 'completionMode');
  const initial = objectAt(one, 'initialStatus');
  const isReplacing = booleanAt(one, 'jobPodReplacementPolicy') === true;
  const replacement = stringAt(one, 'podReplacementPolicy');
  const bare = newJob(sizesOf(one), {
    suspend: booleanAt(one, 'suspend') === true,
    ...(indexed === undefined ? {} : { completionMode: indexed }),
    ...(isReplacing && replacement !== undefined ? { podReplacementPolicy: replacement } : {}),
    ...(objectAt(one, 'podFailurePolicy') === undefined ? {} : { podFailurePolicy: valueAt(one, 'podFailurePolicy')! }),
  });
  const suspended = { type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' };
  const conditions = [
    ...arrayAt(initial, 'conditions'),
    ...(booleanAt(one, 'wasSuspended') === true ? [suspended] : []),
  ];
  const job: KubernetesObject = {
    ...bare,
    metadata: {
      ...objectAt(bare, 'metadata'),
      ...(booleanAt(one, 'deleting') === true ? { deletionTimestamp: timeOf(NOW_MS) } : {}),
    },
    status: {
      ...(initial === undefined
        ? {}
        : {
            startTime: stringAt(initial, 'startTime') ?? timeOf(NOW_MS),
            ...counts(initial, ['active', 'failed']),
            succeeded: numberAt(initial, 'succeed') ?? 0,
          }),
      conditions,
    },
  };
  const limit = numberAt(one, 'podLimit') ?? 0;
  let creations = 0;
  const record = objectAt(one, 'backoffRecord');
  const result = run(job, [...podsInNumbers(job, one), ...podsWithIndexes(job, arrayAt(one, 'podsWithIndexes'))], {
    nowMs: runTimeOf(stringAt(one, 'controllerTime')) ?? NOW_MS,
    ...(record === undefined
      ? {}
      : {
          memory: {
            failures: numberAt(record, 'failuresAfterLastSuccess') ?? 0,
            lastFailureMs: runTimeOf(stringAt(record, 'lastFailureTime')) ?? null,
          },
        }),
    react({ verb, resource }) {
      if (resource.plural !== 'pods') return undefined;
      if (valueAt(one, 'podControllerError') !== undefined) return refusal(500, 'InternalError', 'fake error');
      if (verb === 'create' && limit > 0 && ++creations > limit) return refusal(500, 'InternalError', 'limit');
      return undefined;
    },
  });
  const status = statusAfter(result, job);
  const isRefused = valueAt(one, 'podControllerError') !== undefined || (limit > 0 && creations > limit);
  expect(result.outcome !== undefined && 'failed' in result.outcome).toBe(isRefused);
  const made = podCalls(result, 'create').slice(0, limit > 0 ? limit : undefined);
  if (indexed === 'Indexed')
    expect(made.map((pod) => Number(annotationsOf(pod as KubernetesObject).get(INDEX))).sort((a, b) => a - b)).toEqual(
      arrayAt(one, 'expectedCreatedIndexes'),
    );
  expect({
    creations:
      valueAt(one, 'podControllerError') === undefined ? made.length : (numberAt(one, 'expectedCreations') ?? 0),
    deletions: podCalls(result, 'delete').length,
    patches: podCalls(result, 'patch').length,
    ...counts(status, ['active', 'ready', 'succeeded', 'failed', 'terminating']),
    completedIndexes: stringAt(status, 'completedIndexes') ?? '',
    hasStarted: stringAt(status, 'startTime') !== undefined,
    conditions: untimed(arrayAt(status, 'conditions')),
  }).toEqual({
    creations: numberAt(one, 'expectedCreations') ?? 0,
    deletions: numberAt(one, 'expectedDeletions') ?? 0,
    patches: numberAt(one, 'expectedPodPatches') ?? 0,
    active: numberAt(one, 'expectedActive') ?? 0,
    ready: numberAt(one, 'expectedReady') ?? 0,
    succeeded: numberAt(one, 'expectedSucceeded') ?? 0,
    failed: numberAt(one, 'expectedFailed') ?? 0,
    terminating: isReplacing ? (numberAt(one, 'expectedTerminating') ?? 0) : expect.any(Number),
    completedIndexes: stringAt(one, 'expectedCompletedIdxs') ?? '',
    hasStarted: booleanAt(one, 'suspend') !== true,
    conditions: untimed(arrayAt(one, 'expectedConditions')),
  });
}

/** Rows that say how many Pods there are and how the Job stands after it. */
function expectCounts(one: UpstreamCase, result: SyncResult, job: KubernetesObject): void {
  const status = statusAfter(result, job);
  expect({
    ...counts(status, ['active', 'succeeded', 'failed']),
    conditions: untimed(arrayAt(status, 'conditions')),
  }).toEqual({
    active: numberAt(one, 'expectedActive') ?? 0,
    succeeded: numberAt(one, 'expectedSucceeded') ?? 0,
    failed: numberAt(one, 'expectedFailed') ?? 0,
    conditions: untimed(arrayAt(one, 'expectedConditions')),
  });
}

function pastDeadline(one: UpstreamCase): void {
  const suspend = booleanAt(one, 'suspend') === true;
  const activeDeadlineSeconds = numberAt(one, 'activeDeadlineSeconds') ?? 0;
  const bare = newJob(sizesOf(one), { activeDeadlineSeconds, suspend, completionMode: 'NonIndexed' });
  const job = { ...bare, status: { startTime: timeOf(NOW_MS - 1000 * (numberAt(one, 'startTime') ?? 0)) } };
  const result = run(job, podsInNumbers(job, one));
  expect(podCalls(result, 'create')).toEqual([]);
  expect(podCalls(result, 'delete')).toHaveLength(numberAt(one, 'expectedDeletions') ?? 0);
  expectCounts(one, result, job);
}

function withTemplatePolicy(one: UpstreamCase, restartPolicy: string): KubernetesObject {
  const spec = { containers: [{ image: 'foo/bar' }], restartPolicy };
  const template = { metadata: { labels: { foo: 'bar' } }, spec };
  return newJob(sizesOf(one), { suspend: booleanAt(one, 'suspend') === true, template });
}

function backoffOnFailure(one: UpstreamCase): void {
  const job = withTemplatePolicy(one, 'OnFailure');
  const phase = stringAt(one, 'podPhase') ?? '';
  const pods = arrayAt(one, 'restartCounts').map((restartCount, at) =>
    tracked(podOf(job, `pod-${at}`, { status: { phase, containerStatuses: [{ restartCount }] } })),
  );
  expectCounts(one, run(job, pods), job);
}

function backoffNever(one: UpstreamCase): void {
  const job = withTemplatePolicy(one, 'Never');
  const phase = stringAt(one, 'activePodsPhase') ?? '';
  const active = Array.from({ length: numberAt(one, 'activePods') ?? 0 }, (_, at) =>
    tracked(podOf(job, `active-${at}`, { status: { phase } })),
  );
  const failed = podsInNumbers(job, { name: one.name, failedPods: numberAt(one, 'failedPods') ?? 0 });
  expectCounts(one, run(job, [...failed, ...active]), job);
}

function podFailurePolicy(one: UpstreamCase): void {
  const given = whole(valueAt(one, 'job'));
  const spec = { podReplacementPolicy: 'Failed', ...objectAt(given, 'spec') };
  const job = { ...given, spec };
  const isIndexed = stringAt(job, 'spec', 'completionMode') === 'Indexed';
  const pods = arrayAt(one, 'pods').map((pod, at) => {
    const made = tracked(podOf(job, `mypod-${at}`, isJsonObject(pod) ? pod : {}));
    return isIndexed ? withIndex(made, String(at)) : made;
  });
  const status = statusAfter(run(job, pods), job);
  expect({
    ...counts(status, ['active', 'succeeded', 'failed', 'terminating']),
    conditions: untimed(arrayAt(status, 'conditions')),
  }).toEqual({
    active: numberAt(one, 'wantStatusActive') ?? 0,
    succeeded: numberAt(one, 'wantStatusSucceeded') ?? 0,
    failed: numberAt(one, 'wantStatusFailed') ?? 0,
    terminating:
      booleanAt(one, 'enableJobPodReplacementPolicy') === true
        ? (numberAt(one, 'wantStatusTerminating') ?? 0)
        : expect.any(Number),
    conditions: untimed(arrayAt(one, 'wantConditions')),
  });
}

/** TestSyncJobWithJobSuccessPolicy and TestSyncJobWithJobBackoffLimitPerIndex: the whole status but times and `ready`. */
function wholeStatus(one: UpstreamCase, isTracked: boolean): void {
  const job = whole(valueAt(one, 'job'));
  const pods = arrayAt(one, 'pods').map((pod, at) => {
    const made = podOf(job, `mypod-${at}`, isJsonObject(pod) ? pod : {});
    return isTracked ? tracked(made) : made;
  });
  const shown = (status: JsonObject | undefined): JsonObject => {
    const { startTime: _s, completionTime: _c, ready: _r, conditions, ...rest } = status ?? {};
    const kept = Object.entries(rest).filter(([, value]) => value !== 0 && value !== '');
    return {
      ...Object.fromEntries(kept),
      failedIndexes: rest['failedIndexes'] ?? null,
      conditions: untimed(arrayAt({ conditions }, 'conditions')),
    };
  };
  expect(shown(statusAfter(run(job, pods), job))).toEqual(shown(objectAt(one, 'wantStatus')));
}

function managedBy(one: UpstreamCase): void {
  const job = whole(valueAt(one, 'job'));
  const { conditions: _, ...status } = statusAfter(run(job, []), job);
  expect(status).toEqual(objectAt(one, 'wantStatus'));
}

runUpstreamTests(new URL('./testdata/job_controller.json', import.meta.url), {
  TestControllerSyncJob: syncJob,
  TestGetNewFinshedPods(one) {
    const given = whole(valueAt(one, 'job'));
    const job = { ...given, spec: { selector: { matchLabels: { foo: 'bar' } }, ...objectAt(given, 'spec') } };
    const pods = arrayAt(one, 'pods').map((pod, at) => podOf(job, `pod-${at}`, isJsonObject(pod) ? pod : {}));
    const { succeeded, failed } = countFor(job, pods);
    expect({ succeeded, failed }).toEqual({
      succeeded: numberAt(one, 'wantSucceeded') ?? 0,
      failed: numberAt(one, 'wantFailed') ?? 0,
    });
  },
  TestGetPodsForJob(one) {
    const going = booleanAt(one, 'jobDeleted') === true ? { deletionTimestamp: timeOf(NOW_MS) } : {};
    const spec = { selector: { matchLabels: { foo: 'bar' } } };
    const job = whole({ metadata: { name: 'test_job', uid: 'uid-1194', ...going }, spec });
    const pods = arrayAt(one, 'pods').map((pod) => asPod(pod));
    const found = inSync([job, ...pods], (context) => podsOf(context, job)).value;
    expect(found.map(nameOf).sort()).toEqual(arrayAt(one, 'wantPods'));
    expect(found.filter(hasTracking).map(nameOf).sort()).toEqual(arrayAt(one, 'wantPodsFinalizer'));
  },
  TestSyncJobPastDeadline: pastDeadline,
  TestJobBackoffForOnFailure: backoffOnFailure,
  TestJobBackoffOnRestartPolicyNever: backoffNever,
  TestSyncJobWithJobPodFailurePolicy: podFailurePolicy,
  TestSyncJobWithJobSuccessPolicy: (one) => wholeStatus(one, false),
  TestSyncJobWithJobBackoffLimitPerIndex: (one) => wholeStatus(one, true),
  TestSyncJobWhenManagedBy: managedBy,
});
