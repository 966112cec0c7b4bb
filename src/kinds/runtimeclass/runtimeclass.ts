import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { nameAt, objectAt, valueAt } from '../../base/json.ts';
import type { FieldEdit } from '../field-edit.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { dnsLabel } from '../shared/pod-spec/pod-template.ts';
import { removeFieldAndEmptyParents, removeItems } from '../shared/pod-spec/removal.ts';
import { nodeSelectorReferences, tolerationReferences } from '../shared/pod-spec/scheduling.references.ts';

export const runtimeClass: KindDefinition = {
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  resource: 'runtimeclasses',
  shortNames: [],
  scope: 'Cluster',
  category: 'cluster',
  olderVersions: [
    { group: 'node.k8s.io', version: 'v1alpha1' },
    { group: 'node.k8s.io', version: 'v1beta1' },
  ],
  newObject: (name) => ({
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name },
    handler: dnsLabel(name),
  }),
  references: (object) => {
    const path = schedulingPath(object);
    const scheduling = objectAt(object, ...path);
    return [
      ...nodeSelectorReferences(valueAt(scheduling, 'nodeSelector'), [...path, 'nodeSelector']),
      ...tolerationReferences(valueAt(scheduling, 'tolerations'), [...path, 'tolerations']),
    ];
  },
  disconnect: removeScheduling,
  summary: (object) => {
    const handler = nameAt(object, 'handler') ?? nameAt(object, 'spec', 'runtimeHandler');
    return handler === undefined ? {} : { fact: handler };
  },
  fields: ['handler', 'overhead.podFixed', 'scheduling.nodeSelector', 'scheduling.tolerations'],
};

/** In v1alpha1 everything stood below `spec`. */
function schedulingPath(object: JsonObject): Path {
  return objectAt(object, 'spec', 'scheduling') ? ['spec', 'scheduling'] : ['scheduling'];
}

function removeScheduling(object: KubernetesObject, reference: Reference): readonly FieldEdit[] {
  const { type, field } = reference;
  if (type === 'toleration') return removeItems(object, field.slice(0, -1), (_, index) => index === field.at(-1));
  return [removeFieldAndEmptyParents(object, field, 1)];
}
