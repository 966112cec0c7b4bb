import { SNAPSHOT_GROUP } from '../../../kinds/shared/snapshot.ts';
import { installedUser } from '../../client/installed-user.ts';
import type { ResourceName } from '../../messages.ts';

export const SNAPSHOTS: ResourceName = { group: SNAPSHOT_GROUP, version: 'v1', plural: 'volumesnapshots' };
export const CONTENTS: ResourceName = { group: SNAPSHOT_GROUP, version: 'v1', plural: 'volumesnapshotcontents' };
export const SNAPSHOT_CLASSES: ResourceName = { group: SNAPSHOT_GROUP, version: 'v1', plural: 'volumesnapshotclasses' };

export const SNAPSHOT_CONTROLLER = 'snapshot-controller';
export const CSI_SNAPSHOTTER = 'csi-snapshotter';
export const SNAPSHOT_CONTROLLER_USER = installedUser('kube-system', SNAPSHOT_CONTROLLER);
export const SNAPSHOTTER_USER = installedUser('kube-system', CSI_SNAPSHOTTER);

/*
 * Finalizers and annotations of snapshots. Source: kubernetes-csi/external-snapshotter pkg/utils/util.go
 * `VolumeSnapshotContentFinalizer` and the constants after it, v8.6.0.
 */
const DOMAIN = 'snapshot.storage.kubernetes.io';
/** On contents that a snapshot is bound to. */
export const CONTENT_FINALIZER = `${DOMAIN}/volumesnapshotcontent-bound-protection`;
/** On snapshots that are bound to a content which goes with them. */
export const BOUND_FINALIZER = `${DOMAIN}/volumesnapshot-bound-protection`;
/** On snapshots, of which a claim could be made. */
export const SOURCE_FINALIZER = `${DOMAIN}/volumesnapshot-as-source-protection`;
/** On claims of which a snapshot is being made. */
export const CLAIM_FINALIZER = `${DOMAIN}/pvc-as-source-protection`;
export const IS_DEFAULT_CLASS = `${DOMAIN}/is-default-class`;
/** On contents: the snapshot is being deleted; a driver has been asked for the snapshot and has not said yes or no. */
export const BEING_DELETED = `${DOMAIN}/volumesnapshot-being-deleted`;
export const BEING_CREATED = `${DOMAIN}/volumesnapshot-being-created`;
export const SECRET_NAME = `${DOMAIN}/deletion-secret-name`;
export const SECRET_NAMESPACE = `${DOMAIN}/deletion-secret-namespace`;
