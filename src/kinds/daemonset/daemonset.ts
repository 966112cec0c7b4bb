import type { KindDefinition } from '../kind.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { podSpecFields } from '../shared/pod-spec/pod-template.fields.ts';
import { POD_TEMPLATE, newSelectorAndTemplate } from '../shared/pod-spec/pod-template.ts';
import { podTemplateGestures, workloadSummary } from '../shared/pod-spec/workload.ts';
import { workloadSelectorReferences } from '../shared/pod-spec/workload-selector.ts';

export const daemonSet: KindDefinition = {
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  resource: 'daemonsets',
  shortNames: ['ds'],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [
    { group: 'extensions', version: 'v1beta1' },
    { group: 'apps', version: 'v1beta2' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: newMetadata(name, namespace),
    spec: newSelectorAndTemplate(name),
  }),
  references: (object) => [
    ...workloadSelectorReferences(object),
    ...podTemplateReferences(object, POD_TEMPLATE, namespaceOrDefault(object)),
  ],
  ...podTemplateGestures(POD_TEMPLATE),
  // How many Pods there will be depends on the Nodes.
  summary: (object) => workloadSummary(object, POD_TEMPLATE),
  fields: [
    ...podSpecFields('spec.template.spec'),
    'spec.template.spec.tolerations',
    'spec.template.spec.nodeSelector',
    'spec.updateStrategy.type',
  ],
};
