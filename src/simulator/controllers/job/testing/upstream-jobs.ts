import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../../apimachinery/object.ts';
import { controllerReferenceTo } from '../../../../apimachinery/owner-reference.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, isJsonObject, numberAt, objectAt, stringAt } from '../../../../base/json.ts';
import { inSync } from '../../testing/run-sync.ts';
import type { UpstreamCase } from '../../testing/upstream-tests.ts';
import { INDEX, TRACKING } from '../job-pods.ts';
import type { JobSync } from '../job-sync.ts';
import { countJob } from '../job-sync.ts';

/** For tests: the objects that upstream's tests make of a row. Source: pkg/controller/job/job_controller_test.go, 1.36. */
export function newJob(
  { parallelism, completions, backoffLimit }: Record<'parallelism' | 'completions' | 'backoffLimit', number>,
  spec: JsonObject = {},
): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'foobar', uid: 'job-uid', namespace: 'default' },
    spec: {
      selector: { matchLabels: { foo: 'bar' } },
      template: { metadata: { labels: { foo: 'bar' } }, spec: { containers: [{ image: 'foo/bar' }] } },
      backoffLimit,
      ...(completions >= 0 ? { completions } : {}),
      ...(parallelism >= 0 ? { parallelism } : {}),
      ...spec,
    },
    status: {},
  };
}

/** Sizes of a Job as rows have them: 0 where nothing is said. */
export function sizesOf(one: UpstreamCase): Record<'parallelism' | 'completions' | 'backoffLimit', number> {
  const at = (key: string): number => numberAt(one, key) ?? 0;
  return { parallelism: at('parallelism'), completions: at('completions'), backoffLimit: at('backoffLimit') };
}

export function whole(job: JsonValue | undefined): KubernetesObject {
  const given = isJsonObject(job) ? job : {};
  const metadata = { name: 'foobar', namespace: 'default', uid: 'job-uid', ...objectAt(given, 'metadata') };
  return { ...given, apiVersion: 'batch/v1', kind: 'Job', metadata };
}

/** A Pod of a Job, with what the row says of it. */
export function podOf(job: KubernetesObject, name: string, given: JsonObject = {}): KubernetesObject {
  const metadata = objectAt(given, 'metadata') ?? {};
  return {
    ...given,
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      uid: name,
      ...metadata,
      name,
      namespace: namespaceOf(job) ?? '',
      labels: { foo: 'bar' },
      ownerReferences: [{ ...controllerReferenceTo(job) }],
    },
  };
}

export function tracked(pod: KubernetesObject): KubernetesObject {
  const finalizers = arrayAt(pod, 'metadata', 'finalizers');
  if (finalizers.includes(TRACKING)) return pod;
  return { ...pod, metadata: { ...objectAt(pod, 'metadata'), finalizers: [...finalizers, TRACKING] } };
}

export function withIndex(pod: KubernetesObject, index: string): KubernetesObject {
  const metadata = objectAt(pod, 'metadata') ?? {};
  return { ...pod, metadata: { ...metadata, annotations: { ...objectAt(metadata, 'annotations'), [INDEX]: index } } };
}

const ENDED = { containerStatuses: [{ state: { terminated: { finishedAt: '0001-01-01T00:00:01Z' } } }] };
const GOING = { deletionTimestamp: '2026-01-01T01:00:00Z' };

/** Pods in the numbers of a row. Source: `setPodsStatuses`. */
export function podsInNumbers(job: KubernetesObject, one: UpstreamCase): readonly KubernetesObject[] {
  const ready = numberAt(one, 'readyPods') ?? 0;
  const many = (field: string, phase: string, metadata: JsonObject = {}): readonly KubernetesObject[] =>
    Array.from({ length: numberAt(one, field) ?? 0 }, (_, at) => {
      const conditions =
        field === 'activePods' && at < ready ? { conditions: [{ type: 'Ready', status: 'True' }] } : {};
      const status = { phase, ...ENDED, ...conditions };
      return tracked(podOf(job, `${field.toLowerCase()}-${at}`, { metadata, status }));
    });
  return [
    ...many('pendingPods', 'Pending'),
    ...many('activePods', 'Running'),
    ...many('succeededPods', 'Succeeded'),
    ...many('failedPods', 'Failed'),
    ...many('terminatingPods', 'Running', GOING),
  ];
}

/** Pods with an index and a phase each; `-`: without one. Source: `setPodsStatusesWithIndexes`. */
export function podsWithIndexes(job: KubernetesObject, rows: readonly JsonValue[]): readonly KubernetesObject[] {
  return rows.map((row, at) => {
    const [index, phase] = [stringAt(row, 'Index') ?? '', stringAt(row, 'Phase') ?? ''];
    const ended = phase === 'Failed' || phase === 'Succeeded' ? ENDED : {};
    const pod = tracked(podOf(job, `indexed-${String(at).padStart(4, '0')}`, { status: { phase, ...ended } }));
    return index === '-' ? pod : withIndex(pod, index);
  });
}

export function keyOfJob(job: KubernetesObject): string {
  return `${namespaceOf(job) ?? ''}/${nameOf(job)}`;
}

/** What a sync counts, before it acts. */
export function countFor(job: KubernetesObject, pods: readonly KubernetesObject[]): JobSync {
  return inSync([job, ...pods], (context) => countJob(context, job)).value;
}

const UNTIMED = ['lastProbeTime', 'lastTransitionTime'];

/** Conditions without their times. */
export function untimed(conditions: readonly JsonValue[]): readonly JsonValue[] {
  return conditions.map((each) =>
    Object.fromEntries(Object.entries(isJsonObject(each) ? each : {}).filter(([key]) => !UNTIMED.includes(key))),
  );
}

/** Numbers of a status, 0 where nothing is said. */
export function counts(status: JsonObject, keys: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(keys.map((key) => [key, numberAt(status, key) ?? 0]));
}

export function asPod(value: JsonValue | undefined): KubernetesObject {
  return { ...(isJsonObject(value) ? value : {}), apiVersion: 'v1', kind: 'Pod' };
}
