import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { numberAt, valueAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { podSpecFields } from '../shared/pod-spec/pod-template.fields.ts';
import { POD_TEMPLATE, newPodSpec } from '../shared/pod-spec/pod-template.ts';
import { podTemplateGestures, workloadSummary } from '../shared/pod-spec/workload.ts';
import { workloadSelectorReferences } from '../shared/pod-spec/workload-selector.ts';

export const job: KindDefinition = {
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  resource: 'jobs',
  shortNames: [],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [{ group: 'extensions', version: 'v1beta1' }],
  newObject: (name, namespace) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: newMetadata(name, namespace),
    spec: { template: { spec: { ...newPodSpec(name), restartPolicy: 'Never' } } },
  }),
  references: (object) => [
    // Nobody writes it: the server selects by a label that it makes up for each Job.
    ...(valueAt(object, 'spec', 'selector') === undefined ? [] : workloadSelectorReferences(object)),
    ...podTemplateReferences(object, POD_TEMPLATE, namespaceOrDefault(object)),
  ],
  ...podTemplateGestures(POD_TEMPLATE),
  podLabels,
  summary: (object) => workloadSummary(object, POD_TEMPLATE, runSummary(object)),
  fields: [
    'spec.completions',
    'spec.parallelism',
    'spec.backoffLimit',
    ...podSpecFields('spec.template.spec'),
    'spec.template.spec.restartPolicy',
  ],
};

/** Source: staging/src/k8s.io/api/batch/v1/types.go, JobNameLabel, and pkg/registry/batch/job/strategy.go, 1.36. */
function podLabels(object: KubernetesObject): readonly ReadonlyMap<string, string>[] {
  const name = nameOf(object);
  return name === '' ? [] : [new Map(['job-name', 'batch.kubernetes.io/job-name'].map((key) => [key, name]))];
}

/** How many Pods run at a time (1 where neither field is written), and how many must succeed when more than one. */
function runSummary(object: JsonObject): Omit<Summary, 'fact'> {
  const completions = numberAt(object, 'spec', 'completions');
  const parallelism = Math.max(0, numberAt(object, 'spec', 'parallelism') ?? 1);
  const pods = completions === undefined ? parallelism : Math.min(parallelism, Math.max(0, completions));
  return completions === undefined || completions <= 1 ? { pods } : { pods, detail: `completions ${completions}` };
}
