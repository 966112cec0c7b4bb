import { stringAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { CSI_DRIVER } from '../shared/core-kinds.ts';
import { nameConnection } from '../shared/name-connection.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** storage.k8s.io/v1 VolumeAttributesClass: what a driver may change of a volume while it is in use. */
export const volumeAttributesClass: KindDefinition = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttributesClass',
  resource: 'volumeattributesclasses',
  shortNames: ['vac'],
  scope: 'Cluster',
  category: 'storage',
  olderVersions: [
    { group: 'storage.k8s.io', version: 'v1beta1' },
    { group: 'storage.k8s.io', version: 'v1alpha1' },
  ],
  newObject: (name) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttributesClass',
    metadata: newMetadata(name),
    driverName: 'csi.example.com',
    parameters: { iops: '3000' },
  }),
  references: (object) => nameReference(object, 'csiDriver', ['driverName'], { ...CSI_DRIVER, namespace: '' }),
  connections: [nameConnection('class', CSI_DRIVER, ['driverName'])],
  disconnect: () => ({ refused: 'disconnect.required' }),
  summary: (object) => ({ fact: stringAt(object, 'driverName') ?? '' }),
  fields: ['driverName', 'parameters'],
};
