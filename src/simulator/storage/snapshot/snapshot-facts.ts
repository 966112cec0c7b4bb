import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { SNAPSHOT_GROUP } from '../../../kinds/shared/snapshot.ts';
import type { JsonObject } from '../../../base/json.ts';
import { booleanAt, nameAt, stringAt } from '../../../base/json.ts';

/*
 * What can be read off snapshots and their contents.
 * Source: kubernetes-csi/external-snapshotter pkg/utils/util.go, v8.6.0.
 */

/** `namespace/name`. */
export function snapshotKey(snapshot: KubernetesObject): string {
  return `${namespaceOf(snapshot) ?? ''}/${nameOf(snapshot)}`;
}

/** The key of the snapshot that a content is of. */
export function snapshotKeyOfContent(content: KubernetesObject): string {
  const part = (field: string): string => nameAt(content, 'spec', 'volumeSnapshotRef', field) ?? '';
  return `${part('namespace')}/${part('name')}`;
}

/** Name of the content that is made for a snapshot. */
export function contentNameFor(snapshot: KubernetesObject): string {
  return `snapcontent-${uidOf(snapshot)}`;
}

/** The claim of which a snapshot is to be made. */
export function sourceClaimOf(snapshot: KubernetesObject): string | undefined {
  return stringAt(snapshot, 'spec', 'source', 'persistentVolumeClaimName');
}

/** The content that a snapshot names as what it is: it lay in the storage before. */
export function sourceContentOf(snapshot: KubernetesObject): string | undefined {
  return stringAt(snapshot, 'spec', 'source', 'volumeSnapshotContentName');
}

export function snapshotClassOf(object: KubernetesObject): string | undefined {
  return stringAt(object, 'spec', 'volumeSnapshotClassName');
}

export function boundContentOf(snapshot: KubernetesObject): string | undefined {
  return nameAt(snapshot, 'status', 'boundVolumeSnapshotContentName');
}

/** Whether a snapshot, or a content, can be used. */
export function isReady(object: KubernetesObject): boolean {
  return booleanAt(object, 'status', 'readyToUse') === true;
}

/** Whether the storage has taken the snapshot. */
export function isCreated(snapshot: JsonObject): boolean {
  return stringAt(snapshot, 'status', 'creationTime') !== undefined;
}

/** Whether a content says that it is of this very snapshot. */
export function isContentOf(content: KubernetesObject, snapshot: KubernetesObject): boolean {
  return (
    snapshotKeyOfContent(content) === snapshotKey(snapshot) &&
    nameAt(content, 'spec', 'volumeSnapshotRef', 'uid') === uidOf(snapshot)
  );
}

/** Whether the `dataSource` of a claim names a snapshot. */
export function isSnapshotSource(source: unknown): boolean {
  return stringAt(source, 'kind') === 'VolumeSnapshot' && stringAt(source, 'apiGroup') === SNAPSHOT_GROUP;
}
