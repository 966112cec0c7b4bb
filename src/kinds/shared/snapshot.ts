/** What the kinds of the CSI snapshotter share. Their CRDs come from kubernetes-csi/external-snapshotter, v8. */
export const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';

export const OLDER_SNAPSHOT_VERSIONS = ['v1beta1', 'v1alpha1'].map((version) => ({ group: SNAPSHOT_GROUP, version }));

export const VOLUME_SNAPSHOT_CLASS = { group: SNAPSHOT_GROUP, kind: 'VolumeSnapshotClass' };
export const VOLUME_SNAPSHOT_CONTENT = { group: SNAPSHOT_GROUP, kind: 'VolumeSnapshotContent' };
