import { quantityOf, signOfQuantity } from '../../../apimachinery/quantity.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, numberAt, objectAt, stringAt, stringMapAt, valueAt } from '../../../base/json.ts';
import { describeClaim } from './claim.ts';
import { boolText, goList, numberText, quantityText, referenceText, stringsAt, textAt } from './values.ts';
import { DescribeWriter, MOST_ANNOTATION } from './writer.ts';

/** What is shown of a source of a volume: its type in words, then fields. */
interface SourceText {
  readonly type: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** More after the fields. */
  readonly more?: (w: DescribeWriter) => void;
}

/** The source of a volume, `persistent` where it stands in a PersistentVolume. */
type SourcePrinter = (source: JsonValue, persistent: boolean) => SourceText;

const plain =
  (
    type: string,
    ...fields: readonly (readonly [name: string, path: string, kind?: 'bool' | 'number'])[]
  ): SourcePrinter =>
  (source) => ({
    type,
    fields: fields.map(([name, path, kind]) => [
      name,
      kind === 'bool' ? boolText(source, path) : kind === 'number' ? numberText(source, path) : textAt(source, path),
    ]),
  });

const secretRef = (source: JsonValue, persistent: boolean): string =>
  referenceText(valueAt(source, 'secretRef'), persistent ? 'SecretReference' : 'LocalObjectReference');

const secretText: SourcePrinter = (source) => ({
  type: 'Secret (a volume populated by a Secret)',
  fields: [
    ['SecretName', textAt(source, 'secretName')],
    ['Optional', boolText(source, 'optional')],
  ],
});

/** In upstream's order: the first that a volume has is shown. Source: describe.go `describeVolumes`, 1.36. */
const SOURCES: Readonly<Record<string, SourcePrinter>> = {
  hostPath: (source) => ({
    type: 'HostPath (bare host directory volume)',
    fields: [
      ['Path', textAt(source, 'path')],
      ['HostPathType', stringAt(source, 'type') ?? '<none>'],
    ],
  }),
  emptyDir(source) {
    const limit = quantityOf(valueAt(source, 'sizeLimit'));
    const size =
      limit !== undefined && signOfQuantity(limit) > 0 ? quantityText(valueAt(source, 'sizeLimit')) : '<unset>';
    const fields = [['Medium', textAt(source, 'medium')] as const, ['SizeLimit', size] as const];
    return { type: "EmptyDir (a temporary directory that shares a pod's lifetime)", fields };
  },
  gcePersistentDisk: plain(
    'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    ['PDName', 'pdName'],
    ['FSType', 'fsType'],
    ['Partition', 'partition', 'number'],
    ['ReadOnly', 'readOnly', 'bool'],
  ),
  awsElasticBlockStore: plain(
    'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    ['VolumeID', 'volumeID'],
    ['FSType', 'fsType'],
    ['Partition', 'partition', 'number'],
    ['ReadOnly', 'readOnly', 'bool'],
  ),
  gitRepo: plain(
    'GitRepo (a volume that is pulled from git when the pod is created)',
    ['Repository', 'repository'],
    ['Revision', 'revision'],
  ),
  secret: secretText,
  configMap: plain('ConfigMap (a volume populated by a ConfigMap)', ['Name', 'name'], ['Optional', 'optional', 'bool']),
  nfs: plain(
    'NFS (an NFS mount that lasts the lifetime of a pod)',
    ['Server', 'server'],
    ['Path', 'path'],
    ['ReadOnly', 'readOnly', 'bool'],
  ),
  iscsi: (source, persistent) => ({
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    fields: [
      ['TargetPortal', textAt(source, 'targetPortal')],
      ['IQN', textAt(source, 'iqn')],
      ['Lun', numberText(source, 'lun')],
      // Without a colon, as upstream has it.
      ['ISCSIInterface', textAt(source, 'iscsiInterface')],
      ['FSType', textAt(source, 'fsType')],
      ['ReadOnly', boolText(source, 'readOnly')],
      ['Portals', goList(stringsAt(source, 'portals'))],
      ['DiscoveryCHAPAuth', boolText(source, 'chapAuthDiscovery')],
      ['SessionCHAPAuth', boolText(source, 'chapAuthSession')],
      ['SecretRef', secretRef(source, persistent)],
      ['InitiatorName', stringAt(source, 'initiatorName') ?? '<none>'],
    ],
  }),
  glusterfs: (source, persistent) => ({
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    fields: [
      ['EndpointsName', textAt(source, 'endpoints')],
      ...(persistent ? [['EndpointsNamespace', stringAt(source, 'endpointsNamespace') ?? '<unset>'] as const] : []),
      ['Path', textAt(source, 'path')],
      ['ReadOnly', boolText(source, 'readOnly')],
    ],
  }),
  persistentVolumeClaim: plain(
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    ['ClaimName', 'claimName'],
    ['ReadOnly', 'readOnly', 'bool'],
  ),
  ephemeral: (source) => ({
    type: 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
    fields: [],
    more(w) {
      const template = valueAt(source, 'volumeClaimTemplate');
      if (template !== undefined) describeClaim(new DescribeWriter(w, 2), template, { isFull: false, nowMs: 0 });
    },
  }),
  rbd: (source, persistent) => ({
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    fields: [
      ['CephMonitors', goList(stringsAt(source, 'monitors'))],
      ['RBDImage', textAt(source, 'image')],
      ['FSType', textAt(source, 'fsType')],
      ['RBDPool', textAt(source, 'pool')],
      ['RadosUser', textAt(source, 'user')],
      ['Keyring', textAt(source, 'keyring')],
      ['SecretRef', secretRef(source, persistent)],
      ['ReadOnly', boolText(source, 'readOnly')],
    ],
  }),
  quobyte: plain(
    "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
    ['Registry', 'registry'],
    ['Volume', 'volume'],
    ['ReadOnly', 'readOnly', 'bool'],
  ),
  downwardAPI: (source) => ({
    type: 'DownwardAPI (a volume populated by information about the pod)\n    Items:',
    fields: [],
    more(w) {
      for (const item of arrayAt(source, 'items')) {
        const from = stringAt(item, 'fieldRef', 'fieldPath') ?? stringAt(item, 'resourceFieldRef', 'resource');
        if (from !== undefined) w.write(3, `${from} -> ${textAt(item, 'path')}\n`);
      }
    },
  }),
  azureDisk: plain(
    'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    ['DiskName', 'diskName'],
    ['DiskURI', 'diskURI'],
    ['Kind', 'kind'],
    ['FSType', 'fsType'],
    ['CachingMode', 'cachingMode'],
    ['ReadOnly', 'readOnly', 'bool'],
  ),
  vsphereVolume: plain(
    'vSphereVolume (a Persistent Disk resource in vSphere)',
    ['VolumePath', 'volumePath'],
    ['FSType', 'fsType'],
    ['StoragePolicyName', 'storagePolicyName'],
  ),
  cinder: (source, persistent) => ({
    type: 'Cinder (a Persistent Disk resource in OpenStack)',
    fields: [
      ['VolumeID', textAt(source, 'volumeID')],
      ['FSType', textAt(source, 'fsType')],
      ['ReadOnly', boolText(source, 'readOnly')],
      ['SecretRef', secretRef(source, persistent)],
    ],
  }),
  photonPersistentDisk: plain(
    'PhotonPersistentDisk (a Persistent Disk resource in photon platform)',
    ['PdID', 'pdID'],
    ['FSType', 'fsType'],
  ),
  portworxVolume: plain('PortworxVolume (a Portworx Volume resource)', ['VolumeID', 'volumeID']),
  scaleIO: (source, persistent) => ({
    type: 'ScaleIO (a persistent volume backed by a block device in ScaleIO)',
    fields: [
      ['Gateway', textAt(source, 'gateway')],
      ['System', textAt(source, 'system')],
      ['Protection Domain', textAt(source, 'protectionDomain')],
      ['Storage Pool', textAt(source, 'storagePool')],
      ['Storage Mode', textAt(source, 'storageMode')],
      ['VolumeName', textAt(source, 'volumeName')],
      ...(persistent
        ? [
            ['SecretName', textAt(source, 'secretRef', 'name')] as const,
            ['SecretNamespace', textAt(source, 'secretRef', 'namespace')] as const,
          ]
        : []),
      ['FSType', textAt(source, 'fsType')],
      ['ReadOnly', boolText(source, 'readOnly')],
    ],
  }),
  local: plain('LocalVolume (a persistent volume backed by local storage on a node)', ['Path', 'path']),
  cephfs: (source, persistent) => ({
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    fields: [
      ['Monitors', goList(stringsAt(source, 'monitors'))],
      ['Path', textAt(source, 'path')],
      ['User', textAt(source, 'user')],
      ['SecretFile', textAt(source, 'secretFile')],
      ['SecretRef', secretRef(source, persistent)],
      ['ReadOnly', boolText(source, 'readOnly')],
    ],
  }),
  storageos: plain(
    'StorageOS (a StorageOS Persistent Disk resource)',
    ['VolumeName', 'volumeName'],
    ['VolumeNamespace', 'volumeNamespace'],
    ['FSType', 'fsType'],
    ['ReadOnly', 'readOnly', 'bool'],
  ),
  fc: (source) => ({
    type: 'FC (a Fibre Channel disk)',
    fields: [
      ['TargetWWNs', stringsAt(source, 'targetWWNs').join(', ')],
      ['LUN', numberAt(source, 'lun')?.toString() ?? '<none>'],
      ['FSType', textAt(source, 'fsType')],
      ['ReadOnly', boolText(source, 'readOnly')],
    ],
  }),
  azureFile: (source, persistent) => ({
    type: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    fields: [
      ['SecretName', textAt(source, 'secretName')],
      ...(persistent ? [['SecretNamespace', textAt(source, 'secretNamespace')] as const] : []),
      ['ShareName', textAt(source, 'shareName')],
      ['ReadOnly', boolText(source, 'readOnly')],
    ],
  }),
  flexVolume: (source, persistent) => ({
    type: 'FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)',
    fields: [
      ['Driver', textAt(source, 'driver')],
      ['FSType', textAt(source, 'fsType')],
      ['SecretRef', secretRef(source, persistent)],
      ['ReadOnly', boolText(source, 'readOnly')],
      ['Options', goMap(stringMapAt(source, 'options'))],
    ],
  }),
  flocker: plain(
    'Flocker (a Flocker volume mounted by the Flocker agent)',
    ['DatasetName', 'datasetName'],
    ['DatasetUUID', 'datasetUUID'],
  ),
  projected: (source) => ({
    type: 'Projected (a volume that contains injected data from multiple sources)',
    fields: arrayAt(source, 'sources').flatMap(projectedFields),
  }),
  csi: (source, persistent) => ({
    type: 'CSI (a Container Storage Interface (CSI) volume source)',
    fields: [
      ['Driver', textAt(source, 'driver')],
      ['FSType', textAt(source, 'fsType')],
      ...(persistent ? [['VolumeHandle', textAt(source, 'volumeHandle')] as const] : []),
      ['ReadOnly', boolText(source, 'readOnly')],
    ],
    more: (w) => volumeAttributes(w, stringMapAt(source, 'volumeAttributes')),
  }),
  image: plain('Image (a container image or OCI artifact)', ['Reference', 'reference'], ['PullPolicy', 'pullPolicy']),
};

function goMap(map: ReadonlyMap<string, string>): string {
  const pairs = [...map].sort(([a], [b]) => compareStrings(a, b)).map(([key, value]) => `${key}:${value}`);
  return `map[${pairs.join(' ')}]`;
}

function projectedFields(source: JsonValue): readonly (readonly [string, string])[] {
  const optional = (part: string) => ['Optional', String(booleanAt(source, part, 'optional') === true)] as const;
  if (objectAt(source, 'secret') !== undefined)
    return [['SecretName', textAt(source, 'secret', 'name')], optional('secret')];
  if (objectAt(source, 'downwardAPI') !== undefined) return [['DownwardAPI', 'true']];
  if (objectAt(source, 'configMap') !== undefined)
    return [['ConfigMapName', textAt(source, 'configMap', 'name')], optional('configMap')];
  if (objectAt(source, 'serviceAccountToken') === undefined) return [];
  return [['TokenExpirationSeconds', textAt(source, 'serviceAccountToken', 'expirationSeconds')]];
}

function volumeAttributes(w: DescribeWriter, attributes: ReadonlyMap<string, string>): void {
  w.write(2, 'VolumeAttributes:\t');
  if (attributes.size === 0) return w.write(0, '<none>\n');
  [...attributes]
    .sort(([a], [b]) => compareStrings(a, b))
    .forEach(([key, value], index) => {
      if (index > 0) {
        w.write(2, '');
        w.write(2, '\t');
      }
      const line = `${key}=${value}`;
      w.write(2, line.length > MOST_ANNOTATION ? `${line.slice(0, MOST_ANNOTATION)}...\n` : `${line}\n`);
    });
}

/** One source, or `<unknown>`. */
export function describeVolumeSource(w: DescribeWriter, volume: JsonValue, persistent: boolean): void {
  const kind = Object.keys(SOURCES).find((name) => objectAt(volume, name) !== undefined);
  if (kind === undefined) return w.write(1, '<unknown>\n');
  const { type, fields, more } = SOURCES[kind]!(valueAt(volume, kind)!, persistent);
  w.write(2, `Type:\t${type}\n`);
  for (const [name, value] of fields)
    w.write(
      2,
      name === 'ISCSIInterface'
        ? `${name}\t${value}\n`
        : `${name}${kind === 'azureDisk' && name === 'Kind' ? ': ' : ':'}\t${value}\n`,
    );
  more?.(w);
}

export function describeVolumes(w: DescribeWriter, volumes: readonly JsonValue[], space: string): void {
  if (volumes.length === 0) return w.write(0, `${space}Volumes:\t<none>\n`);
  w.write(0, `${space}Volumes:\n`);
  for (const volume of volumes) {
    w.write(1, `${space === '' ? '' : ' '}${textAt(volume, 'name')}:\n`);
    describeVolumeSource(w, volume, false);
  }
}
