import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt } from '../../base/json.ts';
import type { KindDefinition, MadeObject } from '../kind.ts';
import { PERSISTENT_VOLUME_CLAIM } from '../shared/core-kinds.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { podSpecFields } from '../shared/pod-spec/pod-template.fields.ts';
import { POD_ITSELF, newLabels, newPodSpec } from '../shared/pod-spec/pod-template.ts';
import { podTemplateGestures, workloadSummary } from '../shared/pod-spec/workload.ts';

export const pod: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  resource: 'pods',
  shortNames: ['po'],
  scope: 'Namespaced',
  category: 'workload',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...newMetadata(name, namespace), labels: newLabels(name) },
    spec: newPodSpec(name),
  }),
  references: (object) => podTemplateReferences(object, POD_ITSELF, namespaceOrDefault(object)),
  makes: ephemeralClaims,
  ...podTemplateGestures(POD_ITSELF),
  summary: (object) => workloadSummary(object, POD_ITSELF),
  fields: [...podSpecFields('spec'), 'spec.restartPolicy'],
};

/** The claim of an ephemeral volume is named `<pod>-<volume>`. Source: core/v1 EphemeralVolumeSource, 1.36. */
function ephemeralClaims(object: KubernetesObject): readonly MadeObject[] {
  const podName = nameOf(object);
  if (podName === '') return [];
  const namespace = namespaceOrDefault(object);
  return arrayAt(object, 'spec', 'volumes').flatMap((volume) => {
    const name = nameAt(volume, 'name');
    if (name === undefined || !objectAt(volume, 'ephemeral', 'volumeClaimTemplate')) return [];
    return [{ ...PERSISTENT_VOLUME_CLAIM, namespace, name: `${podName}-${name}` }];
  });
}
