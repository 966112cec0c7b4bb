import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { crossVersionReference, scaleConnections } from '../shared/cross-version-reference.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { removeItems } from '../shared/pod-spec/removal.ts';
import { autoscalerSummary } from './horizontalpodautoscaler.summary.ts';

const TARGET = ['spec', 'scaleTargetRef'];
/** Its name in extensions/v1beta1. */
const OLD_TARGET = ['spec', 'scaleRef'];

export const horizontalPodAutoscaler: KindDefinition = {
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  resource: 'horizontalpodautoscalers',
  shortNames: ['hpa'],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [
    { group: 'autoscaling', version: 'v1' },
    { group: 'autoscaling', version: 'v2beta1' },
    { group: 'autoscaling', version: 'v2beta2' },
    { group: 'extensions', version: 'v1beta1' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: newMetadata(name, namespace),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 1,
      maxReplicas: 3,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    },
  }),
  references,
  // The kinds with a scale subresource.
  connections: scaleConnections(TARGET, [
    { group: 'apps', kind: 'Deployment' },
    { group: 'apps', kind: 'StatefulSet' },
    { group: 'apps', kind: 'ReplicaSet' },
    { group: '', kind: 'ReplicationController' },
  ]),
  disconnect,
  summary: autoscalerSummary,
  fields: ['spec.scaleTargetRef', 'spec.minReplicas', 'spec.maxReplicas', 'spec.metrics', 'spec.behavior'],
};

/** What is scaled, and the objects whose metrics decide: `describedObject`, which was `target` in v2beta1. */
function references(object: KubernetesObject): readonly Reference[] {
  const namespace = namespaceOrDefault(object);
  return [
    ...crossVersionReference(object, 'scaleTarget', TARGET, namespace),
    ...crossVersionReference(object, 'scaleTarget', OLD_TARGET, namespace),
    ...arrayAt(object, 'spec', 'metrics').flatMap((_, index) => {
      const metric = ['spec', 'metrics', index, 'object'];
      const described =
        nameAt(object, ...metric, 'describedObject', 'kind') === undefined ? 'target' : 'describedObject';
      return crossVersionReference(object, 'metric', [...metric, described], namespace);
    }),
  ];
}

function disconnect(object: KubernetesObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  if (type !== 'metric') return { refused: 'disconnect.required' };
  return removeItems(object, ['spec', 'metrics'], (_, index) => index === field[2]);
}
