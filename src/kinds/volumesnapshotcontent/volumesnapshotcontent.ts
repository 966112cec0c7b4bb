import type { JsonObject } from '../../base/json.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { CSI_DRIVER, PERSISTENT_VOLUME, VOLUME_SNAPSHOT } from '../shared/core-kinds.ts';
import { nameReference, namespacedReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { secretPairReference } from '../shared/secret-parameters.ts';
import {
  OLDER_SNAPSHOT_VERSIONS,
  SNAPSHOT_GROUP,
  VOLUME_SNAPSHOT_CLASS,
  VOLUME_SNAPSHOT_CONTENT,
} from '../shared/snapshot.ts';

/** Written by the snapshotter so that the snapshot can be deleted after its class is gone. */
const DELETION_SECRET = {
  name: 'snapshot.storage.kubernetes.io/deletion-secret-name',
  namespace: 'snapshot.storage.kubernetes.io/deletion-secret-namespace',
};

/** snapshot.storage.k8s.io/v1 VolumeSnapshotContent. */
export const volumeSnapshotContent: KindDefinition = {
  ...VOLUME_SNAPSHOT_CONTENT,
  version: 'v1',
  resource: 'volumesnapshotcontents',
  shortNames: ['vsc', 'vscs'],
  scope: 'Cluster',
  category: 'storage',
  olderVersions: OLDER_SNAPSHOT_VERSIONS,
  newObject: (name) => ({
    apiVersion: `${SNAPSHOT_GROUP}/v1`,
    kind: 'VolumeSnapshotContent',
    metadata: newMetadata(name),
    spec: {
      deletionPolicy: 'Retain',
      driver: 'csi.example.com',
      source: { snapshotHandle: name },
      volumeSnapshotRef: { name, namespace: DEFAULT_NAMESPACE },
    },
  }),
  references,
  disconnect,
  summary: (object) => ({
    fact: stringAt(object, 'spec', 'driver') ?? '',
    detail: stringAt(object, 'spec', 'deletionPolicy') ?? '',
  }),
  fields: [
    'spec.volumeSnapshotRef.namespace',
    'spec.volumeSnapshotRef.name',
    'spec.driver',
    'spec.deletionPolicy',
    'spec.source.volumeHandle',
    'spec.source.snapshotHandle',
    'spec.volumeSnapshotClassName',
  ],
};

/** v1alpha1: class in `snapshotClassName`, driver in `csiVolumeSnapshotSource`, volume in `persistentVolumeRef`. */
function references(object: JsonObject): readonly Reference[] {
  const driver = { ...CSI_DRIVER, namespace: '' };
  const snapshotClass = { ...VOLUME_SNAPSHOT_CLASS, namespace: '' };
  const snapshotRef = ['spec', 'volumeSnapshotRef'];
  return [
    ...namespacedReference(
      object,
      'snapshot',
      snapshotRef,
      { ...VOLUME_SNAPSHOT, defaultNamespace: DEFAULT_NAMESPACE },
      { uid: nameAt(object, ...snapshotRef, 'uid') },
    ),
    ...nameReference(object, 'class', ['spec', 'volumeSnapshotClassName'], snapshotClass),
    ...nameReference(object, 'class', ['spec', 'snapshotClassName'], snapshotClass),
    ...nameReference(object, 'csiDriver', ['spec', 'driver'], driver),
    ...nameReference(object, 'csiDriver', ['spec', 'csiVolumeSnapshotSource', 'driver'], driver),
    ...nameReference(object, 'snapshot', ['spec', 'persistentVolumeRef', 'name'], {
      ...PERSISTENT_VOLUME,
      namespace: '',
    }),
    ...secretPairReference(object, ['metadata', 'annotations'], DELETION_SECRET),
  ];
}

function disconnect(_: JsonObject, { type, field, namespaceField }: Reference): readonly FieldEdit[] | Refusal {
  if (type === 'csiDriver' || type === 'snapshot') return { refused: 'disconnect.required' };
  return [field, ...(namespaceField ? [namespaceField] : [])].map((path) => ({ op: 'delete', path }));
}
