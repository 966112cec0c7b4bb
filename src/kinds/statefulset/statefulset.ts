import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt, valueAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { podSpecFields } from '../shared/pod-spec/pod-template.fields.ts';
import { POD_TEMPLATE, newSelectorAndTemplate } from '../shared/pod-spec/pod-template.ts';
import { podTemplateGestures, replicasOf, workloadSummary } from '../shared/pod-spec/workload.ts';
import { workloadSelectorReferences } from '../shared/pod-spec/workload-selector.ts';
import { claimTemplateReferences, isReplaced, labelsOfPods, madeByStatefulSet } from './statefulset.claims.ts';
import { statefulSetConnections, statefulSetDisconnect } from './statefulset.editing.ts';

export const statefulSet: KindDefinition = {
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  resource: 'statefulsets',
  shortNames: ['sts'],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [
    { group: 'apps', version: 'v1beta1' },
    { group: 'apps', version: 'v1beta2' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: newMetadata(name, namespace),
    spec: { replicas: 1, ...newSelectorAndTemplate(name) },
  }),
  references: (object) => {
    const namespace = namespaceOrDefault(object);
    const service = { group: '', kind: 'Service', namespace };
    return [
      ...workloadSelectorReferences(object),
      ...nameReference(object, 'governingService', ['spec', 'serviceName'], service),
      ...claimTemplateReferences(object, namespace),
      ...podTemplateReferences(object, POD_TEMPLATE, namespace).filter(({ field }) => !isReplaced(object, field)),
    ];
  },
  makes: madeByStatefulSet,
  podLabels: labelsOfPods,
  ...podTemplateGestures(POD_TEMPLATE),
  connections: statefulSetConnections,
  disconnect: statefulSetDisconnect,
  summary: (object) => {
    const detail = claimsText(object);
    return workloadSummary(object, POD_TEMPLATE, { pods: replicasOf(object), ...(detail === '' ? {} : { detail }) });
  },
  fields: [
    'spec.replicas',
    'spec.serviceName',
    ...podSpecFields('spec.template.spec'),
    'spec.volumeClaimTemplates[*].spec.resources.requests.storage',
    'spec.volumeClaimTemplates[*].spec.storageClassName',
  ],
};

/** The claims of each Pod: `data 20Gi, logs 1Gi`. */
function claimsText(object: JsonObject): string {
  return arrayAt(object, 'spec', 'volumeClaimTemplates')
    .flatMap((claim) => {
      const name = nameAt(claim, 'metadata', 'name');
      if (name === undefined) return [];
      const storage = valueAt(claim, 'spec', 'resources', 'requests', 'storage');
      return typeof storage === 'string' || typeof storage === 'number' ? `${name} ${storage}` : name;
    })
    .join(', ');
}
