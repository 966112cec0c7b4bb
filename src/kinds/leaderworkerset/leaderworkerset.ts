import { labelSelectorOf } from '../../apimachinery/label-selector.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Path } from '../../base/json.ts';
import { numberAt, objectAt } from '../../base/json.ts';
import type { KindDefinition, MadeObject, PodTemplateView } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateConnections } from '../shared/pod-spec/pod-template.connections.ts';
import { podTemplateDisconnect } from '../shared/pod-spec/pod-template.disconnect.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { newPodSpec, podTemplateAt } from '../shared/pod-spec/pod-template.ts';
import { replicasOf, workloadSummary } from '../shared/pod-spec/workload.ts';

const GROUP = 'leaderworkerset.x-k8s.io';
/** On every Pod and StatefulSet of the set. Source: kubernetes-sigs/lws, api/leaderworkerset/v1, v0.7. */
const NAME_LABEL = 'leaderworkerset.sigs.k8s.io/name';
const LEADER = ['spec', 'leaderWorkerTemplate', 'leaderTemplate'];
const WORKER = ['spec', 'leaderWorkerTemplate', 'workerTemplate'];

/** leaderworkerset.x-k8s.io/v1 LeaderWorkerSet: groups of Pods, a leader and its workers each. */
export const leaderWorkerSet: KindDefinition = {
  group: GROUP,
  version: 'v1',
  kind: 'LeaderWorkerSet',
  resource: 'leaderworkersets',
  shortNames: ['lws'],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [{ group: GROUP, version: 'v1alpha1' }],
  newObject: (name, namespace) => ({
    apiVersion: `${GROUP}/v1`,
    kind: 'LeaderWorkerSet',
    metadata: newMetadata(name, namespace),
    spec: { replicas: 1, leaderWorkerTemplate: { size: 2, workerTemplate: { spec: newPodSpec(name) } } },
  }),
  references,
  podTemplate,
  makes,
  connections: podTemplateConnections(podTemplate),
  disconnect: (object, reference) =>
    podTemplateDisconnect(object, LEADER, reference) ??
    podTemplateDisconnect(object, WORKER, reference) ?? { refused: 'disconnect.implied' },
  summary: (object) => workloadSummary(object, WORKER, { pods: replicasOf(object) * sizeOf(object) }),
  fields: [
    'spec.replicas',
    'spec.leaderWorkerTemplate.size',
    'spec.leaderWorkerTemplate.workerTemplate.spec.containers[*].image',
    'spec.leaderWorkerTemplate.leaderTemplate.spec.containers[*].image',
    'spec.startupPolicy',
    'spec.rolloutStrategy',
  ],
};

function sizeOf(object: KubernetesObject): number {
  return Math.max(1, numberAt(object, 'spec', 'leaderWorkerTemplate', 'size') ?? 1);
}

/** The workers' template, with the label that the controller gives to every Pod. */
function podTemplate(object: KubernetesObject): PodTemplateView | undefined {
  const view = podTemplateAt(object, WORKER);
  return view && { ...view, labels: new Map([...view.labels, [NAME_LABEL, nameOf(object)]]) };
}

function references(object: KubernetesObject): readonly Reference[] {
  const namespace = namespaceOrDefault(object);
  const templates = [LEADER, WORKER].filter((path: Path) => objectAt(object, ...path));
  return [...memberReferences(object), ...templates.flatMap((path) => podTemplateReferences(object, path, namespace))];
}

/** What bears the set's name as a label: the StatefulSets of the groups, and their Pods. */
function memberReferences(object: KubernetesObject): readonly Reference[] {
  const name = nameOf(object);
  if (name === '') return [];
  const field = ['metadata', 'name'];
  const namespaces = { names: [namespaceOrDefault(object)] };
  const selector = labelSelectorOf([{ key: NAME_LABEL, operator: 'In', values: [name] }]);
  const statefulSets = {
    by: 'objects',
    group: 'apps',
    kind: 'StatefulSet',
    namespaces,
    anyOf: [{ labels: selector }],
  } as const;
  return [
    { type: 'workloadSelector', field, target: statefulSets },
    { type: 'workloadSelector', field, target: { by: 'pods', namespaces, selector } },
  ];
}

/** The leaders' StatefulSet and the headless Service that gives the Pods their names. */
function makes(object: KubernetesObject): readonly MadeObject[] {
  const name = nameOf(object);
  if (name === '') return [];
  const namespace = namespaceOrDefault(object);
  return [
    { group: 'apps', kind: 'StatefulSet', namespace, name },
    { group: '', kind: 'Service', namespace, name },
  ];
}
