import { parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { JsonObject } from '../../base/json.ts';
import { nameAt, objectAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { STORAGE_CLASS } from '../shared/core-kinds.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { nodesMatching } from '../shared/node-selector.ts';

/** storage.k8s.io/v1 CSIStorageCapacity: how much room a class has at some Nodes. A new one needs a real class. */
export const csiStorageCapacity: KindDefinition = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIStorageCapacity',
  resource: 'csistoragecapacities',
  shortNames: [],
  scope: 'Namespaced',
  category: 'storage',
  olderVersions: [
    { group: 'storage.k8s.io', version: 'v1beta1' },
    { group: 'storage.k8s.io', version: 'v1alpha1' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIStorageCapacity',
    metadata: newMetadata(name, namespace),
    storageClassName: 'standard',
    nodeTopology: {},
    capacity: '100Gi',
  }),
  references,
  disconnect: (_, { type }) =>
    type === 'storageClass' ? { refused: 'disconnect.required' } : [{ op: 'delete', path: ['nodeTopology'] }],
  summary: (object) => ({ fact: nameAt(object, 'capacity') ?? '' }),
  fields: ['storageClassName', 'capacity', 'maximumVolumeSize', 'nodeTopology'],
};

function references(object: JsonObject): readonly Reference[] {
  const selector = objectAt(object, 'nodeTopology');
  const target = nodesMatching([{ labels: parseLabelSelector(selector) }]);
  return [
    ...nameReference(object, 'storageClass', ['storageClassName'], { ...STORAGE_CLASS, namespace: '' }),
    ...(selector ? [{ type: 'nodeAffinity', field: ['nodeTopology'], target } as const] : []),
  ];
}
