import type { JsonValue } from '../../base/json.ts';
import { shownStruct } from '../shared/validation/go-structs.ts';
import type { Structs } from '../shared/validation/go-structs.ts';

/** Source: pkg/apis/core/types.go, the sources of `PersistentVolumeSource` and what they point to, 1.36. */
const STRUCTS: Structs = {
  SecretReference: 'Name:name Namespace:namespace',
  ObjectReference:
    'Kind:kind Namespace:namespace Name:name UID:uid APIVersion:apiVersion ResourceVersion:resourceVersion FieldPath:fieldPath',
  GCEPersistentDisk: 'PDName:pdName FSType:fsType Partition:partition:int ReadOnly:readOnly:bool',
  AWSElasticBlockStore: 'VolumeID:volumeID FSType:fsType Partition:partition:int ReadOnly:readOnly:bool',
  HostPath: 'Path:path Type:type:any',
  Glusterfs: 'EndpointsName:endpoints Path:path ReadOnly:readOnly:bool EndpointsNamespace:endpointsNamespace:any',
  NFS: 'Server:server Path:path ReadOnly:readOnly:bool',
  RBD: 'CephMonitors:monitors:any RBDImage:image FSType:fsType RBDPool:pool RadosUser:user Keyring:keyring SecretRef:secretRef:SecretReference ReadOnly:readOnly:bool',
  Quobyte: 'Registry:registry Volume:volume ReadOnly:readOnly:bool User:user Group:group Tenant:tenant',
  ISCSI:
    'TargetPortal:targetPortal IQN:iqn Lun:lun:int ISCSIInterface:iscsiInterface FSType:fsType ReadOnly:readOnly:bool Portals:portals:any DiscoveryCHAPAuth:chapAuthDiscovery:bool SessionCHAPAuth:chapAuthSession:bool SecretRef:secretRef:SecretReference InitiatorName:initiatorName:any',
  FlexVolume:
    'Driver:driver FSType:fsType SecretRef:secretRef:SecretReference ReadOnly:readOnly:bool Options:options:any',
  Cinder: 'VolumeID:volumeID FSType:fsType ReadOnly:readOnly:bool SecretRef:secretRef:SecretReference',
  CephFS:
    'Monitors:monitors:any Path:path User:user SecretFile:secretFile SecretRef:secretRef:SecretReference ReadOnly:readOnly:bool',
  FC: 'TargetWWNs:targetWWNs:any Lun:lun:any FSType:fsType ReadOnly:readOnly:bool WWIDs:wwids:any',
  Flocker: 'DatasetName:datasetName DatasetUUID:datasetUUID',
  AzureFile: 'SecretName:secretName ShareName:shareName ReadOnly:readOnly:bool SecretNamespace:secretNamespace:any',
  VsphereVolume:
    'VolumePath:volumePath FSType:fsType StoragePolicyName:storagePolicyName StoragePolicyID:storagePolicyID',
  AzureDisk:
    'DiskName:diskName DataDiskURI:diskURI CachingMode:cachingMode:any FSType:fsType:any ReadOnly:readOnly:any Kind:kind:any',
  PhotonPersistentDisk: 'PdID:pdID FSType:fsType',
  PortworxVolume: 'VolumeID:volumeID FSType:fsType ReadOnly:readOnly:bool',
  ScaleIO:
    'Gateway:gateway System:system SecretRef:secretRef:SecretReference SSLEnabled:sslEnabled:bool ProtectionDomain:protectionDomain StoragePool:storagePool StorageMode:storageMode VolumeName:volumeName FSType:fsType ReadOnly:readOnly:bool',
  Local: 'Path:path FSType:fsType:any',
  StorageOS:
    'VolumeName:volumeName VolumeNamespace:volumeNamespace FSType:fsType ReadOnly:readOnly:bool SecretRef:secretRef:ObjectReference',
  CSI: 'Driver:driver VolumeHandle:volumeHandle ReadOnly:readOnly:bool FSType:fsType VolumeAttributes:volumeAttributes:any ControllerPublishSecretRef:controllerPublishSecretRef:SecretReference NodeStageSecretRef:nodeStageSecretRef:SecretReference NodePublishSecretRef:nodePublishSecretRef:SecretReference ControllerExpandSecretRef:controllerExpandSecretRef:SecretReference NodeExpandSecretRef:nodeExpandSecretRef:SecretReference',
};

const SOURCES = [
  'GCEPersistentDisk:gcePersistentDisk AWSElasticBlockStore:awsElasticBlockStore HostPath:hostPath Glusterfs:glusterfs',
  'NFS:nfs RBD:rbd Quobyte:quobyte ISCSI:iscsi FlexVolume:flexVolume Cinder:cinder CephFS:cephfs FC:fc Flocker:flocker',
  'AzureFile:azureFile VsphereVolume:vsphereVolume AzureDisk:azureDisk PhotonPersistentDisk:photonPersistentDisk',
  'PortworxVolume:portworxVolume ScaleIO:scaleIO Local:local StorageOS:storageos CSI:csi',
].flatMap((line) => line.split(' '));

/** The internal form of a volume's source: all sources, of which one is set. */
export function shownVolumeSource(spec: JsonValue | undefined): JsonValue {
  // A source is called as its field is.
  const fields = SOURCES.map((source) => `${source}:${source.split(':')[0]}`).join(' ');
  return shownStruct(spec, fields, STRUCTS);
}
