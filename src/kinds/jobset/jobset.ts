import { labelSelectorOf } from '../../apimachinery/label-selector.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition, MadeObject, PodTemplateView } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateConnections } from '../shared/pod-spec/pod-template.connections.ts';
import { podTemplateDisconnect } from '../shared/pod-spec/pod-template.disconnect.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { newPodSpec, podTemplateAt } from '../shared/pod-spec/pod-template.ts';
import { workloadSummary } from '../shared/pod-spec/workload.ts';

const GROUP = 'jobset.x-k8s.io';
/** On every Job and Pod of the set. Source: kubernetes-sigs/jobset, api/jobset/v1alpha2, v0.10. */
const NAME_LABEL = 'jobset.sigs.k8s.io/jobset-name';
const JOBS = ['spec', 'replicatedJobs'];
/** No more Jobs than this are counted out: a typing error in `replicas` must not fill the memory. */
const MADE_MAX = 1000;

/** jobset.x-k8s.io/v1alpha2 JobSet: Jobs that run together. */
export const jobSet: KindDefinition = {
  group: GROUP,
  version: 'v1alpha2',
  kind: 'JobSet',
  resource: 'jobsets',
  shortNames: [],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [{ group: GROUP, version: 'v1alpha1' }],
  newObject: (name, namespace) => ({
    apiVersion: `${GROUP}/v1alpha2`,
    kind: 'JobSet',
    metadata: newMetadata(name, namespace),
    spec: {
      replicatedJobs: [
        {
          name: 'workers',
          replicas: 1,
          template: { spec: { template: { spec: { restartPolicy: 'Never', ...newPodSpec(name) } } } },
        },
      ],
    },
  }),
  references: (object) => [
    ...memberReferences(object),
    ...templatePaths(object).flatMap((path) => podTemplateReferences(object, path, namespaceOrDefault(object))),
  ],
  podTemplate,
  makes,
  connections: podTemplateConnections(podTemplate),
  disconnect,
  summary: (object) => workloadSummary(object, templatePath(0), { pods: podsOf(object) }),
  fields: [
    'spec.replicatedJobs[*].name',
    'spec.replicatedJobs[*].replicas',
    'spec.replicatedJobs[*].template.spec.template.spec.containers[*].image',
    'spec.successPolicy',
    'spec.failurePolicy',
    'spec.suspend',
  ],
};

function templatePath(index: number): Path {
  return [...JOBS, index, 'template', 'spec', 'template'];
}

function templatePaths(object: JsonObject): readonly Path[] {
  return arrayAt(object, ...JOBS).map((_, index) => templatePath(index));
}

/** The first Job's template, with the label that the controller gives to every Pod. */
function podTemplate(object: KubernetesObject): PodTemplateView | undefined {
  const view = podTemplateAt(object, templatePath(0));
  return view && { ...view, labels: new Map([...view.labels, [NAME_LABEL, nameOf(object)]]) };
}

/** Jobs and Pods that bear the set's name as a label. */
function memberReferences(object: KubernetesObject): readonly Reference[] {
  const name = nameOf(object);
  if (name === '') return [];
  const field = ['metadata', 'name'];
  const namespaces = { names: [namespaceOrDefault(object)] };
  const selector = labelSelectorOf([{ key: NAME_LABEL, operator: 'In', values: [name] }]);
  const jobs = { by: 'objects', group: 'batch', kind: 'Job', namespaces, anyOf: [{ labels: selector }] } as const;
  return [
    { type: 'workloadSelector', field, target: jobs },
    { type: 'workloadSelector', field, target: { by: 'pods', namespaces, selector } },
  ];
}

/** Jobs `train-workers-0`, …, and the headless Service that gives their Pods names. */
function makes(object: KubernetesObject): readonly MadeObject[] {
  const name = nameOf(object);
  if (name === '') return [];
  const namespace = namespaceOrDefault(object);
  const jobs = arrayAt(object, ...JOBS).flatMap((job) => {
    const part = nameAt(job, 'name');
    if (part === undefined) return [];
    return Array.from({ length: replicasOfJob(job) }, (_, index) => `${name}-${part}-${index}`);
  });
  return [
    { group: '', kind: 'Service', namespace, name: nameAt(object, 'spec', 'network', 'subdomain') ?? name },
    ...jobs.map((job) => ({ group: 'batch', kind: 'Job', namespace, name: job })),
  ];
}

function replicasOfJob(job: unknown): number {
  return Math.min(MADE_MAX, Math.max(0, Math.trunc(numberAt(job, 'replicas') ?? 1)));
}

function podsOf(object: JsonObject): number {
  return arrayAt(object, ...JOBS).reduce<number>(
    (sum, job) => sum + replicasOfJob(job) * Math.max(0, numberAt(job, 'template', 'spec', 'parallelism') ?? 1),
    0,
  );
}

function disconnect(object: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal {
  for (const path of templatePaths(object)) {
    const edits = podTemplateDisconnect(object, path, reference);
    if (edits) return edits;
  }
  return { refused: 'disconnect.implied' };
}
