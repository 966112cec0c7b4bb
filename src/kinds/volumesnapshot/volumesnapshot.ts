import type { JsonObject } from '../../base/json.ts';
import { nameAt, valueAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { PERSISTENT_VOLUME_CLAIM } from '../shared/core-kinds.ts';
import { nameConnection } from '../shared/name-connection.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import {
  OLDER_SNAPSHOT_VERSIONS,
  SNAPSHOT_GROUP,
  VOLUME_SNAPSHOT_CLASS,
  VOLUME_SNAPSHOT_CONTENT,
} from '../shared/snapshot.ts';

const CLAIM = ['spec', 'source', 'persistentVolumeClaimName'];
const CLASS = ['spec', 'volumeSnapshotClassName'];

/** snapshot.storage.k8s.io/v1 VolumeSnapshot. A new one is of the claim of its own name. */
export const volumeSnapshot: KindDefinition = {
  group: SNAPSHOT_GROUP,
  version: 'v1',
  kind: 'VolumeSnapshot',
  resource: 'volumesnapshots',
  shortNames: ['vs'],
  scope: 'Namespaced',
  category: 'storage',
  olderVersions: OLDER_SNAPSHOT_VERSIONS,
  newObject: (name, namespace) => ({
    apiVersion: `${SNAPSHOT_GROUP}/v1`,
    kind: 'VolumeSnapshot',
    metadata: newMetadata(name, namespace),
    spec: { source: { persistentVolumeClaimName: name } },
  }),
  references,
  connections: [
    nameConnection('snapshotOf', { ...PERSISTENT_VOLUME_CLAIM, sameNamespace: true }, CLAIM),
    nameConnection('class', VOLUME_SNAPSHOT_CLASS, CLASS),
  ],
  disconnect: (_, { type, field }) =>
    type === 'snapshot' && field[0] === 'spec' ? { refused: 'disconnect.required' } : [{ op: 'delete', path: field }],
  summary,
  fields: [CLAIM.join('.'), 'spec.source.volumeSnapshotContentName', CLASS.join('.')],
};

/** In v1alpha1 the source was `{kind, name}`, and class and content were named `snapshotClassName`, `snapshotContentName`. */
function references(object: JsonObject): readonly Reference[] {
  const claim = { ...PERSISTENT_VOLUME_CLAIM, namespace: namespaceOrDefault(object) };
  const content = { ...VOLUME_SNAPSHOT_CONTENT, namespace: '' };
  const snapshotClass = { ...VOLUME_SNAPSHOT_CLASS, namespace: '' };
  const isOldClaim = nameAt(object, 'spec', 'source', 'kind') === PERSISTENT_VOLUME_CLAIM.kind;
  return [
    ...nameReference(object, 'snapshot', CLAIM, claim),
    ...(isOldClaim ? nameReference(object, 'snapshot', ['spec', 'source', 'name'], claim) : []),
    ...nameReference(object, 'snapshot', ['spec', 'source', 'volumeSnapshotContentName'], content),
    ...nameReference(object, 'snapshot', ['spec', 'snapshotContentName'], content),
    ...nameReference(object, 'snapshot', ['status', 'boundVolumeSnapshotContentName'], content),
    ...nameReference(object, 'class', CLASS, snapshotClass),
    ...nameReference(object, 'class', ['spec', 'snapshotClassName'], snapshotClass),
  ];
}

function summary(object: JsonObject): Summary {
  const size = nameAt(object, 'status', 'restoreSize');
  const ready = valueAt(object, 'status', 'readyToUse') === true ? 'readyToUse' : undefined;
  return { ...(size !== undefined && { fact: size }), ...(ready !== undefined && { detail: ready }) };
}
