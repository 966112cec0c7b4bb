import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { sha256Hex } from '../../base/sha256.ts';
import { arrayAt, booleanAt, nameAt } from '../../base/json.ts';

/** Whose driver a volume needs, and how that knows it. */
export interface CsiVolume {
  readonly driver: string;
  readonly handle: string;
}

/** Undefined where a volume is of no driver: a directory, a share of NFS. */
export function csiVolumeOf(volume: KubernetesObject): CsiVolume | undefined {
  const [driver, handle] = [nameAt(volume, 'spec', 'csi', 'driver'), nameAt(volume, 'spec', 'csi', 'volumeHandle')];
  return driver === undefined || handle === undefined ? undefined : { driver, handle };
}

/** The name under which a Node lists a volume as in use and attached. Source: pkg/volume/util/util.go `GetUniqueVolumeName`, 1.36. */
export function uniqueName({ driver, handle }: CsiVolume): string {
  return `kubernetes.io/csi/${driver}^${handle}`;
}

/** Name of a VolumeAttachment. Source: pkg/volume/csi/csi_attacher.go `getAttachmentName`, 1.36. */
export function attachmentName({ driver, handle }: CsiVolume, node: string): string {
  const digest = sha256Hex(handle + driver + node);
  return `csi-${digest}`;
}

/** Whether volumes of a driver are attached before they are mounted. Source: pkg/volume/csi/csi_plugin.go `skipAttach`, 1.36. */
export function needsAttach(csiDriver: KubernetesObject | undefined): boolean {
  return booleanAt(csiDriver, 'spec', 'attachRequired') !== false;
}

/**
 * Whether a volume may be attached to several Nodes: the controller goes by its ways of access, and lets the driver judge
 * where there are none. Source: pkg/volume/util/util.go `IsMultiAttachAllowed`, 1.36.
 */
export function allowsMultiAttach(volume: KubernetesObject): boolean {
  const modes = arrayAt(volume, 'spec', 'accessModes');
  return modes.length === 0 || modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}

/** What a trace calls a volume. */
export function volumeIdentity(volume: KubernetesObject): string {
  return `PersistentVolume//${nameOf(volume)}`;
}
