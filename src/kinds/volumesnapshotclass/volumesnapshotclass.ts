import type { JsonObject } from '../../base/json.ts';
import { nameAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { CSI_DRIVER } from '../shared/core-kinds.ts';
import { nameConnection } from '../shared/name-connection.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { csiSecretPair, secretPairReference } from '../shared/secret-parameters.ts';
import { OLDER_SNAPSHOT_VERSIONS, SNAPSHOT_GROUP } from '../shared/snapshot.ts';

/** snapshot.storage.k8s.io/v1 VolumeSnapshotClass. */
export const volumeSnapshotClass: KindDefinition = {
  group: SNAPSHOT_GROUP,
  version: 'v1',
  kind: 'VolumeSnapshotClass',
  resource: 'volumesnapshotclasses',
  shortNames: ['vsclass', 'vsclasses'],
  scope: 'Cluster',
  category: 'storage',
  olderVersions: OLDER_SNAPSHOT_VERSIONS,
  newObject: (name) => ({
    apiVersion: `${SNAPSHOT_GROUP}/v1`,
    kind: 'VolumeSnapshotClass',
    metadata: newMetadata(name),
    driver: 'csi.example.com',
    deletionPolicy: 'Delete',
  }),
  references,
  connections: [nameConnection('class', CSI_DRIVER, ['driver'])],
  disconnect,
  summary: (object) => ({
    fact: nameAt(object, 'driver') ?? nameAt(object, 'snapshotter') ?? '',
    detail: nameAt(object, 'deletionPolicy') ?? '',
  }),
  fields: ['driver', 'deletionPolicy', 'parameters'],
};

const SECRETS = ['snapshotter', 'snapshotter-list'].map(csiSecretPair);

/** In v1alpha1 the driver was called `snapshotter`. */
function references(object: JsonObject): readonly Reference[] {
  const driver = { ...CSI_DRIVER, namespace: '' };
  return [
    ...nameReference(object, 'csiDriver', ['driver'], driver),
    ...nameReference(object, 'csiDriver', ['snapshotter'], driver),
    ...SECRETS.flatMap((pair) => secretPairReference(object, ['parameters'], pair)),
  ];
}

function disconnect(_: JsonObject, { type, field, namespaceField }: Reference): readonly FieldEdit[] | Refusal {
  if (type === 'csiDriver') return { refused: 'disconnect.required' };
  return [field, ...(namespaceField ? [namespaceField] : [])].map((path) => ({ op: 'delete', path }));
}
