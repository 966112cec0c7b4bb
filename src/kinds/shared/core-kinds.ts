import type { GroupKind } from '../../apimachinery/group-version-kind.ts';

/** Kinds that many others point at. */
export const CONFIG_MAP: GroupKind = { group: '', kind: 'ConfigMap' };
export const SECRET: GroupKind = { group: '', kind: 'Secret' };
export const SERVICE_ACCOUNT: GroupKind = { group: '', kind: 'ServiceAccount' };
export const PERSISTENT_VOLUME: GroupKind = { group: '', kind: 'PersistentVolume' };
export const PERSISTENT_VOLUME_CLAIM: GroupKind = { group: '', kind: 'PersistentVolumeClaim' };
export const NODE: GroupKind = { group: '', kind: 'Node' };
export const STORAGE_CLASS: GroupKind = { group: 'storage.k8s.io', kind: 'StorageClass' };
export const CSI_DRIVER: GroupKind = { group: 'storage.k8s.io', kind: 'CSIDriver' };
export const VOLUME_ATTRIBUTES_CLASS: GroupKind = { group: 'storage.k8s.io', kind: 'VolumeAttributesClass' };
export const VOLUME_SNAPSHOT: GroupKind = { group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' };
