import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, asObject, objectAt, stringAt } from '../../../base/json.ts';
import { podFromTemplate } from '../workload/pod-control.ts';
import { FAILURE_COUNT, IGNORED_FAILURE_COUNT, INDEX, TRACKING, countAt } from './job-pods.ts';
import { matchPodFailurePolicy } from './policies.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/storage/names/generate.go `MaxGeneratedNameLength`, 1.36. */
const MOST_PREFIX = 58;

/** A Pod of an Indexed Job, and the one whose place it takes. */
export interface IndexedPod {
  readonly index: number;
  readonly replaced: KubernetesObject | undefined;
  readonly countsPerIndex: boolean;
}

/** Source: pkg/controller/job/{job_controller,indexed_job_utils}.go, 1.36. */
export function podOfJob(job: KubernetesObject, indexed?: IndexedPod): KubernetesObject {
  const pod = podFromTemplate(job, objectAt(job, 'spec', 'template'));
  const spec = objectAt(pod, 'spec') ?? {};
  const metadata = objectAt(pod, 'metadata') ?? {};
  const finalizers = arrayAt(metadata, 'finalizers');
  const base: JsonObject = {
    ...metadata,
    namespace: namespaceOf(job) ?? '',
    finalizers: finalizers.includes(TRACKING) ? finalizers : [...finalizers, TRACKING],
  };
  if (indexed === undefined) return { ...pod, metadata: base };
  const index = String(indexed.index);
  return {
    ...pod,
    metadata: {
      ...base,
      generateName: indexedPrefix(nameOf(job), index),
      labels: { ...objectAt(base, 'labels'), [INDEX]: index },
      annotations: { ...objectAt(base, 'annotations'), [INDEX]: index, ...failureCounts(job, indexed) },
    },
    spec: {
      ...spec,
      hostname: `${nameOf(job)}-${index}`,
      ...(spec['initContainers'] === undefined
        ? {}
        : { initContainers: arrayAt(spec, 'initContainers').map(withIndexVariable) }),
      containers: arrayAt(spec, 'containers').map(withIndexVariable),
    },
  };
}

function indexedPrefix(name: string, index: string): string {
  const end = `-${index}-`;
  return name.length + end.length > MOST_PREFIX ? name.slice(0, MOST_PREFIX - end.length) + end : name + end;
}

function failureCounts(job: KubernetesObject, { replaced, countsPerIndex }: IndexedPod): JsonObject {
  if (!countsPerIndex) return {};
  const [failures, ignored] = [countAt(replaced, FAILURE_COUNT), countAt(replaced, IGNORED_FAILURE_COUNT)];
  const counts = replaced !== undefined && matchPodFailurePolicy(job, replaced).counts;
  const ignoredNow = ignored + (replaced !== undefined && !counts ? 1 : 0);
  return {
    [FAILURE_COUNT]: String(failures + (counts ? 1 : 0)),
    ...(ignoredNow > 0 ? { [IGNORED_FAILURE_COUNT]: String(ignoredNow) } : {}),
  };
}

const VARIABLE = 'JOB_COMPLETION_INDEX';

function withIndexVariable(container: JsonValue): JsonValue {
  const env = arrayAt(container, 'env');
  if (env.some((entry) => stringAt(entry, 'name') === VARIABLE)) return container;
  const fieldPath = `metadata.labels['${INDEX}']`;
  return { ...asObject(container), env: [...env, { name: VARIABLE, valueFrom: { fieldRef: { fieldPath } } }] };
}
