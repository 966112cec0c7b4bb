import type { KindDefinition } from '../kind.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { podSpecFields } from '../shared/pod-spec/pod-template.fields.ts';
import { newLabels, newPodSpec } from '../shared/pod-spec/pod-template.ts';
import { podTemplateGestures, workloadSummary } from '../shared/pod-spec/workload.ts';

/** A PodTemplate has no spec of its own: the template stands at the top. */
const TEMPLATE = ['template'];

export const podTemplate: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  resource: 'podtemplates',
  shortNames: [],
  scope: 'Namespaced',
  category: 'workload',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'PodTemplate',
    metadata: newMetadata(name, namespace),
    template: { metadata: { labels: newLabels(name) }, spec: newPodSpec(name) },
  }),
  references: (object) => podTemplateReferences(object, TEMPLATE, namespaceOrDefault(object)),
  ...podTemplateGestures(TEMPLATE),
  summary: (object) => workloadSummary(object, TEMPLATE),
  fields: podSpecFields('template.spec'),
};
