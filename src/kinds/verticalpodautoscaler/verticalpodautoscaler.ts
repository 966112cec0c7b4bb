import { parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameAt, valueAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { crossVersionReference, scaleConnections } from '../shared/cross-version-reference.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

const TARGET = ['spec', 'targetRef'];

/** A custom resource of the Kubernetes autoscaler project, which brings its own definition to a cluster. */
export const verticalPodAutoscaler: KindDefinition = {
  group: 'autoscaling.k8s.io',
  version: 'v1',
  kind: 'VerticalPodAutoscaler',
  resource: 'verticalpodautoscalers',
  shortNames: ['vpa'],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [
    { group: 'autoscaling.k8s.io', version: 'v1beta1' },
    { group: 'autoscaling.k8s.io', version: 'v1beta2' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: newMetadata(name, namespace),
    spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } },
  }),
  references,
  connections: scaleConnections(TARGET, [
    { group: 'apps', kind: 'Deployment' },
    { group: 'apps', kind: 'StatefulSet' },
    { group: 'apps', kind: 'DaemonSet' },
    { group: 'apps', kind: 'ReplicaSet' },
    { group: '', kind: 'ReplicationController' },
    { group: 'batch', kind: 'CronJob' },
    { group: 'batch', kind: 'Job' },
  ]),
  disconnect: (): readonly FieldEdit[] | Refusal => ({ refused: 'disconnect.required' }),
  summary: (object) => {
    const mode = nameAt(object, 'spec', 'updatePolicy', 'updateMode');
    return mode === undefined ? {} : { fact: `updateMode ${mode}` };
  },
  fields: [
    'spec.targetRef',
    'spec.updatePolicy.updateMode',
    'spec.updatePolicy.minReplicas',
    'spec.resourcePolicy.containerPolicies',
  ],
};

/** A workload by name; v1beta1 selected Pods instead. */
function references(object: KubernetesObject): readonly Reference[] {
  const namespace = namespaceOrDefault(object);
  const byName = crossVersionReference(object, 'scaleTarget', TARGET, namespace);
  const selector = parseLabelSelector(valueAt(object, 'spec', 'selector'));
  if (byName.length > 0 || selector.nothing) return byName;
  const target = { by: 'pods', namespaces: { names: [namespace] }, selector } as const;
  return [{ type: 'scaleTarget', field: ['spec', 'selector'], target }];
}
