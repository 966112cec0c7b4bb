import type { KindDefinition } from '../kind.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { podSpecFields } from '../shared/pod-spec/pod-template.fields.ts';
import { POD_TEMPLATE, newLabels, newPodSpec } from '../shared/pod-spec/pod-template.ts';
import { podTemplateGestures, replicasOf, workloadSummary } from '../shared/pod-spec/workload.ts';
import { workloadSelectorReferences } from '../shared/pod-spec/workload-selector.ts';

export const replicationController: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  resource: 'replicationcontrollers',
  shortNames: ['rc'],
  scope: 'Namespaced',
  category: 'workload',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: newMetadata(name, namespace),
    spec: {
      replicas: 1,
      selector: newLabels(name),
      template: { metadata: { labels: newLabels(name) }, spec: newPodSpec(name) },
    },
  }),
  references: (object) => [
    ...workloadSelectorReferences(object, 'map'),
    ...podTemplateReferences(object, POD_TEMPLATE, namespaceOrDefault(object)),
  ],
  ...podTemplateGestures(POD_TEMPLATE),
  summary: (object) => workloadSummary(object, POD_TEMPLATE, { pods: replicasOf(object) }),
  fields: ['spec.replicas', ...podSpecFields('spec.template.spec')],
};
