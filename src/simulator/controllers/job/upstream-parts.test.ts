import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { runTimeOf } from '../workload/pod-state.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import type { BackoffRecord } from './backoff.ts';
import { NO_FAILURES, nextBackoff, remainingMs } from './backoff.ts';
import { isFinished } from './conditions.ts';
import type { Indexes } from './indexes.ts';
import { formatIndexes, parseIndexes } from './indexes.ts';
import { FAILURE_COUNT, IGNORED_FAILURE_COUNT, allFailures, countAt, finishedAtMs } from './job-pods.ts';
import { podOfJob } from './pod-of-job.ts';
import { matchPodFailurePolicy, matchSuccessPolicy } from './policies.ts';
import { asPod, countFor, podOf, podsWithIndexes, whole } from './testing/upstream-jobs.ts';

const data = (name: string): URL => new URL(`./testdata/${name}.json`, import.meta.url);

function msOf(value: JsonValue | undefined): number | null {
  return runTimeOf(typeof value === 'string' ? value : undefined) ?? null;
}

function recordOf(value: JsonValue | undefined): BackoffRecord {
  return {
    failures: numberAt(value, 'failuresAfterLastSuccess') ?? 0,
    lastFailureMs: msOf(valueAt(value, 'lastFailureTime')),
  };
}

function endedAt(finishedAt: JsonValue): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', status: { containerStatuses: [{ state: { terminated: { finishedAt } } }] } };
}

/** Nanoseconds of Go as milliseconds. */
function durationMs(one: UpstreamCase, key: string): number {
  return (numberAt(one, key) ?? 0) / 1e6;
}

runUpstreamTests(data('backoff_utils'), {
  TestNewBackoffRecord(one) {
    const [stored] = arrayAt(one, 'storeInitializer');
    const before = stored === undefined ? NO_FAILURES : recordOf(stored);
    const pods = (key: string): readonly KubernetesObject[] => arrayAt(one, key).map(endedAt);
    expect(nextBackoff(before, pods('newSucceededPods'), pods('newFailedPods'))).toEqual(
      recordOf(valueAt(one, 'wantBackoffRecord')),
    );
  },
  TestGetFinishedTime(one) {
    expect(finishedAtMs(asPod(valueAt(one, 'pod')))).toBe(msOf(valueAt(one, 'wantFinishTime')));
  },
  TestGetRemainingBackoffTime(one) {
    const [firstMs, mostMs] = [durationMs(one, 'defaultBackoff'), durationMs(one, 'maxBackoff')];
    const nowMs = msOf(valueAt(one, 'currentTime')) ?? 0;
    const left = remainingMs(recordOf(valueAt(one, 'backoffRecord')), nowMs, firstMs, mostMs);
    expect(left).toBe(durationMs(one, 'wantDuration'));
  },
  TestGetRemainingBackoffTimePerIndex(one) {
    const failed = objectAt(one, 'lastFailedPod');
    const record =
      failed === undefined
        ? NO_FAILURES
        : { failures: allFailures(asPod(failed)) + 1, lastFailureMs: finishedAtMs(asPod(failed)) };
    const nowMs = msOf(valueAt(one, 'currentTime')) ?? 0;
    const left = remainingMs(record, nowMs, durationMs(one, 'defaultBackoff'), durationMs(one, 'maxBackoff'));
    expect(left).toBe(durationMs(one, 'wantDuration'));
  },
});

/** Upstream's intervals as indexes. */
function indexesIn(intervals: readonly JsonValue[]): Indexes {
  return intervals.flatMap((interval) => {
    const [first, last] = [numberAt(interval, 'First') ?? 0, numberAt(interval, 'Last') ?? 0];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}

function indexed(spec: JsonObject, status: JsonObject = {}): KubernetesObject {
  const selector = { matchLabels: { foo: 'bar' } };
  return whole({ spec: { completionMode: 'Indexed', selector, ...spec }, status });
}

function podsOfCase(job: KubernetesObject, one: UpstreamCase): readonly KubernetesObject[] {
  return arrayAt(one, 'pods').map((pod, at) => podOf(job, `pod-${at}`, isJsonObject(pod) ? pod : {}));
}

/** The Job of a row, which upstream's functions take for an Indexed one. */
function indexedJobOf(one: UpstreamCase): KubernetesObject {
  return indexed(objectAt(one, 'job', 'spec') ?? {}, objectAt(one, 'job', 'status') ?? {});
}

runUpstreamTests(data('indexed_job_utils'), {
  TestCalculateSucceededIndexes(one) {
    const completions = numberAt(one, 'completions') ?? 0;
    const job = indexed({ completions }, { completedIndexes: stringAt(one, 'prevSucceeded') ?? '' });
    const counted = countFor(job, podsWithIndexes(job, arrayAt(one, 'pods')));
    expect(counted.succeededBefore).toEqual(indexesIn(arrayAt(one, 'wantStatusIntervals')));
    expect(counted.succeededIndexes).toEqual(indexesIn(arrayAt(one, 'wantIntervals')));
  },
  TestCalculateFailedIndexes(one) {
    const job = indexedJobOf(one);
    expect(countFor(job, podsOfCase(job, one)).failedIndexes).toEqual(indexesIn(arrayAt(one, 'wantFailedIndexes')));
  },
  TestIsIndexFailed(one) {
    const job = indexedJobOf(one);
    const pod = podOf(job, 'pod', objectAt(one, 'pod') ?? {});
    expect(countFor(job, [pod]).failedIndexes).toHaveLength(booleanAt(one, 'wantResult') === true ? 1 : 0);
  },
  TestGetPodsWithDelayedDeletionPerIndex(one) {
    const job = indexedJobOf(one);
    const delayed = [...countFor(job, podsOfCase(job, one)).delayed.values()].map(uidOf).sort();
    expect(delayed).toEqual(arrayAt(one, 'wantPodsWithDelayedDeletionPerIndex'));
  },
  TestGetNewIndexFailureCountValue(one) {
    const job = indexedJobOf(one);
    const given = objectAt(one, 'pod');
    const replaced = given === undefined ? undefined : podOf(job, 'pod', given);
    const made = annotationsOf(podOfJob(job, { index: 0, replaced, countsPerIndex: true }));
    expect(Number(made.get(FAILURE_COUNT))).toBe(numberAt(one, 'wantNewIndexFailureCount') ?? 0);
    expect(Number(made.get(IGNORED_FAILURE_COUNT) ?? 0)).toBe(numberAt(one, 'wantNewIndexIgnoredFailureCount') ?? 0);
  },
  TestIntervalsHaveIndex(one) {
    const text = formatIndexes(indexesIn(arrayAt(one, 'intervals')));
    const has = parseIndexes(text, 100).includes(numberAt(one, 'index') ?? 0);
    expect(has).toBe(booleanAt(one, 'wantHas') === true);
  },
  TestPodGenerateNameWithIndex(one) {
    const bare = indexed({});
    const job = { ...bare, metadata: { ...objectAt(bare, 'metadata'), name: stringAt(one, 'jobname') ?? '' } };
    const index = numberAt(one, 'index') ?? 0;
    const pod = podOfJob(job, { index, replaced: undefined, countsPerIndex: false });
    expect(stringAt(pod, 'metadata', 'generateName')).toBe(stringAt(one, 'wantPodGenerateName'));
  },
  TestGetIndexFailureCount(one) {
    expect(countAt(asPod(valueAt(one, 'pod')), FAILURE_COUNT)).toBe(numberAt(one, 'wantResult') ?? 0);
  },
});

runUpstreamTests(data('pod_failure_policy'), {
  TestMatchPodFailurePolicy(one) {
    const job = whole({ spec: { podFailurePolicy: valueAt(one, 'podFailurePolicy') ?? {} } });
    const { failsJob, failsIndex, counts } = matchPodFailurePolicy(job, asPod(valueAt(one, 'failedPod')));
    const action = failsJob !== undefined ? 'FailJob' : failsIndex === true ? 'FailIndex' : counts ? 'Count' : 'Ignore';
    expect({ failsJob, counts, action }).toEqual({
      failsJob: stringAt(one, 'wantJobFailureMessage'),
      counts: booleanAt(one, 'wantCountFailed') === true,
      // Where no rule matches, the failure counts too.
      action: stringAt(one, 'wantAction') ?? 'Count',
    });
  },
});

runUpstreamTests(data('success_policy'), {
  TestMatchSuccessPolicy(one) {
    const job = whole({
      spec: { completions: numberAt(one, 'completions') ?? 0, successPolicy: valueAt(one, 'successPolicy') ?? {} },
    });
    expect(matchSuccessPolicy(job, indexesIn(arrayAt(one, 'succeededIndexes')))).toBe(stringAt(one, 'wantMessage'));
  },
});

runUpstreamTests(data('utils'), {
  TestFinishedCondition(one) {
    const job = whole({ status: { conditions: valueAt(one, 'conditions') ?? [] } });
    expect(isFinished(job)).toBe(booleanAt(one, 'wantJobFinished') === true);
  },
});
