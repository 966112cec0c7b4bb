import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { CSI_DRIVER, NODE } from '../shared/core-kinds.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** storage.k8s.io/v1 CSINode: the drivers of one Node, whose name it bears. */
export const csiNode: KindDefinition = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSINode',
  resource: 'csinodes',
  shortNames: [],
  scope: 'Cluster',
  category: 'storage',
  olderVersions: [{ group: 'storage.k8s.io', version: 'v1beta1' }],
  newObject: (name) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: newMetadata(name),
    spec: { drivers: [] },
  }),
  references,
  // `drivers` is required, even empty: the list stays.
  disconnect: (_, { type, field }) =>
    type === 'node' ? { refused: 'disconnect.required' } : [{ op: 'delete', path: field.slice(0, -1) }],
  summary: (object) => ({
    fact: arrayAt(object, 'spec', 'drivers')
      .flatMap((driver) => nameAt(driver, 'name') ?? [])
      .join(', '),
  }),
  fields: [
    'spec.drivers[*].name',
    'spec.drivers[*].nodeID',
    'spec.drivers[*].allocatable.count',
    'spec.drivers[*].topologyKeys',
  ],
};

function references(object: JsonObject): readonly Reference[] {
  return [
    ...nameReference(object, 'node', ['metadata', 'name'], { ...NODE, namespace: '' }),
    ...arrayAt(object, 'spec', 'drivers').flatMap((_, index) =>
      nameReference(object, 'csiDriver', ['spec', 'drivers', index, 'name'], { ...CSI_DRIVER, namespace: '' }),
    ),
  ];
}
