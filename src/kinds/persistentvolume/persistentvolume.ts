import type { JsonObject } from '../../base/json.ts';
import { nameAt, objectAt, stringAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import { STORAGE_CLASS } from '../shared/core-kinds.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { volumeSpecReferences } from '../shared/volume-spec.ts';
import { CLASS_ANNOTATION, accessModes } from '../shared/volume-words.ts';
import { disconnectVolume, volumeConnections } from './persistentvolume.editing.ts';

/** core/v1 PersistentVolume. */
export const persistentVolume: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  resource: 'persistentvolumes',
  shortNames: ['pv'],
  scope: 'Cluster',
  category: 'storage',
  newObject: (name) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: newMetadata(name),
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: '/mnt/data' },
    },
  }),
  references: (object) => [
    ...volumeSpecReferences(object, ['spec']),
    ...nameReference(object, 'storageClass', ['metadata', 'annotations', CLASS_ANNOTATION], {
      ...STORAGE_CLASS,
      namespace: '',
    }),
  ],
  connections: volumeConnections,
  disconnect: disconnectVolume,
  summary,
  fields: [
    'spec.capacity.storage',
    'spec.accessModes',
    'spec.storageClassName',
    'spec.persistentVolumeReclaimPolicy',
    'spec.volumeMode',
    'spec.claimRef.namespace',
    'spec.claimRef.name',
    'spec.csi.driver',
    'spec.csi.volumeHandle',
    'spec.nodeAffinity',
  ],
};

/** What a source is told apart by, besides its name. */
const SOURCES: readonly (readonly [source: string, fact: string])[] = [
  ['csi', 'driver'],
  ['nfs', 'server'],
  ['hostPath', 'path'],
  ['local', 'path'],
  ['iscsi', 'targetPortal'],
  ['cephfs', 'path'],
  ['rbd', 'image'],
  ['fc', 'fsType'],
  ['flexVolume', 'driver'],
  ['azureDisk', 'diskName'],
  ['azureFile', 'shareName'],
  ['awsElasticBlockStore', 'volumeID'],
  ['gcePersistentDisk', 'pdName'],
  ['cinder', 'volumeID'],
  ['glusterfs', 'path'],
  ['flocker', 'datasetName'],
  ['photonPersistentDisk', 'pdID'],
  ['portworxVolume', 'volumeID'],
  ['quobyte', 'volume'],
  ['scaleIO', 'volumeName'],
  ['storageos', 'volumeName'],
  ['vsphereVolume', 'volumePath'],
];

function summary(object: JsonObject): Summary {
  const fact = [nameAt(object, 'spec', 'capacity', 'storage'), accessModes(object)].filter(Boolean).join(' · ');
  const source = SOURCES.find(([field]) => objectAt(object, 'spec', field) !== undefined);
  if (!source) return { fact };
  const [field, what] = source;
  return { fact, detail: `${field} ${stringAt(object, 'spec', field, what) ?? ''}`.trim() };
}
