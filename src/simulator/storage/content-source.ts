import { hasFinalizer } from '../../apimachinery/finalizers.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { uidOf } from '../../apimachinery/owner-reference.ts';
import { parseQuantity, valueOf } from '../../apimachinery/quantity.ts';
import { nameAt, objectAt, stringAt } from '../../base/json.ts';
import { SNAPSHOT_GROUP } from '../../kinds/shared/snapshot.ts';
import type { ReconcileContext } from '../controllers/controller.ts';
import { askedSize } from '../controllers/persistentvolume/claim-size.ts';
import { CLAIMS, VOLUMES } from '../controllers/resources.ts';
import { fail } from '../controllers/workload/sync-failure.ts';
import { csiVolumeOf } from './csi-volume.ts';
import { CONTENTS, SNAPSHOTS } from './snapshot/resources.ts';
import { boundContentOf, isContentOf, isReady } from './snapshot/snapshot-facts.ts';

/*
 * What a new volume begins with: a snapshot, or another volume.
 * Source: kubernetes-csi/external-provisioner pkg/controller/controller.go, v6.3.0.
 */

/** What a claim says that its volume is to be made of. */
export interface DataSource {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
}

/** What a driver is told to make a volume of. Source: CSI `VolumeContentSource`. */
export type ContentSource = { readonly snapshotId: string } | { readonly volumeId: string };

/** On snapshots of which a volume is being made. Source: `snapshotSourceProtectionFinalizer`. */
export const SOURCE_IN_USE = 'provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection';
const MAY_CHANGE_MODE = 'snapshot.storage.kubernetes.io/allow-volume-mode-change';

/** Undefined where a volume begins empty. Source: `dataSource`. */
export function dataSourceOf(claim: KubernetesObject): DataSource | undefined {
  const field = objectAt(claim, 'spec', 'dataSource') === undefined ? 'dataSourceRef' : 'dataSource';
  const source = objectAt(claim, 'spec', field);
  if (source === undefined) return undefined;
  if (field === 'dataSourceRef' && (stringAt(source, 'namespace') ?? '') !== '')
    return fail('dataSourceRef namespace specified but the CrossNamespaceVolumeDataSource feature is disabled');
  const part = (name: string): string => stringAt(source, name) ?? '';
  return { kind: part('kind'), group: part('apiGroup'), name: part('name') };
}

/** Whether the provisioner makes volumes of such a source, and leaves them to no populator. Source: `prepareProvision`. */
export function isHandled({ kind }: DataSource): boolean {
  return kind === 'VolumeSnapshot' || kind === 'PersistentVolumeClaim';
}

/** The sync fails where nothing can be made of it now. Source: `prepareProvision`, `getVolumeContentSource`. */
export function contentSource(
  context: ReconcileContext,
  claim: KubernetesObject,
  storageClass: KubernetesObject,
  { kind, group, name }: DataSource,
): ContentSource {
  const own = nameOf(claim);
  if (name === '') return fail(`the PVC source not found for PVC ${own}`);
  const failed = (words: string): never =>
    fail(`error getting handle for DataSource Type ${kind} by Name ${name}: ${words}`);
  if (kind === 'PersistentVolumeClaim') return ofClaim(context, claim, storageClass, name, failed);
  if (group !== SNAPSHOT_GROUP)
    return fail(`the PVC source does not belong to the right APIGroup. Expected ${SNAPSHOT_GROUP}, Got ${group}`);
  return ofSnapshot(context, claim, storageClass, name, failed);
}

type Failed = (words: string) => never;

/** Source: `getSnapshotSource`. */
function ofSnapshot(
  context: ReconcileContext,
  claim: KubernetesObject,
  storageClass: KubernetesObject,
  name: string,
  failed: Failed,
): ContentSource {
  const namespace = namespaceOf(claim) ?? '';
  const found = context.api.call({ verb: 'get', resource: SNAPSHOTS, namespace, name });
  if (!found.ok) return failed(`error getting snapshot ${name} from api server: ${found.message}`);
  const snapshot = found.object;
  // One that is being deleted is still used for what had begun before.
  if (isBeingDeleted(snapshot) && !hasFinalizer(snapshot, SOURCE_IN_USE))
    return failed(`snapshot ${name} is being deleted`);
  const bound = boundContentOf(snapshot);
  if (bound === undefined) return failed(`snapshot ${name} not bound`);
  const answer = context.api.call({ verb: 'get', resource: CONTENTS, name: bound });
  if (!answer.ok) return failed(`error getting snapshotcontent ${bound} for snapshot ${name}`);
  const content = answer.object;
  if (!isContentOf(content, snapshot))
    return failed(`snapshotcontent ${bound} for snapshot ${name} is bound to a different snapshot`);
  if (stringAt(content, 'spec', 'driver') !== stringAt(storageClass, 'provisioner'))
    return failed(
      `snapshotcontent ${bound} for snapshot ${name} is not handled by CSI driver of StorageClass ${nameOf(storageClass)}`,
    );
  if (!isReady(snapshot)) return failed(`snapshot ${name} is not Ready`);
  const handle = nameAt(content, 'status', 'snapshotHandle');
  if (handle === undefined) return failed(`snapshot handle ${name} is not available`);
  const [asked, size] = [bytes(askedSize(claim)), stringAt(snapshot, 'status', 'restoreSize')];
  if (size !== undefined && asked < bytes(size))
    return failed(
      `requested volume size ${asked} is less than the size ${bytes(size)} for the source snapshot ${nameOf(snapshot)}`,
    );
  checkMode(claim, content, failed);
  return { snapshotId: handle };
}

function bytes(size: string): bigint {
  const quantity = parseQuantity(size);
  return quantity === undefined ? 0n : valueOf(quantity);
}

/** A volume of files does not become one of blocks, unless an administrator allows it. Source: `getSnapshotSource`. */
function checkMode(claim: KubernetesObject, content: KubernetesObject, failed: Failed): void {
  const [was, asked] = [stringAt(content, 'spec', 'sourceVolumeMode'), stringAt(claim, 'spec', 'volumeMode')];
  if (was === undefined || asked === undefined || was === asked) return;
  const words = `requested volume ${namespaceOf(claim) ?? ''}/${nameOf(claim)} modifies the mode of the source volume but does not have permission to do so. `;
  const allowed = annotationsOf(content).get(MAY_CHANGE_MODE);
  const name = nameOf(content);
  if (allowed === undefined) failed(`${words}${MAY_CHANGE_MODE} annotation is not present on snapshotcontent ${name}`);
  // Go's strconv.ParseBool.
  if (/^(?:1|t|T|TRUE|true|True)$/.test(allowed ?? '')) return;
  failed(`${words}${MAY_CHANGE_MODE} is set to false on snapshotcontent ${name}`);
}

/** Source: `getPVCSource`. */
function ofClaim(
  context: ReconcileContext,
  claim: KubernetesObject,
  storageClass: KubernetesObject,
  name: string,
  failed: Failed,
): ContentSource {
  const namespace = namespaceOf(claim) ?? '';
  const source = context.view(CLAIMS).get(namespace, name);
  if (source === undefined)
    return failed(
      `error getting PVC ${name} (namespace "${namespace}") from api server: persistentvolumeclaim "${name}" not found`,
    );
  const phase = stringAt(source, 'status', 'phase') ?? '';
  if (phase !== 'Bound') return failed(`the PVC DataSource ${name} must have a status of Bound.  Got ${phase}`);
  if (isBeingDeleted(source)) return failed(`the PVC DataSource ${name} is currently being deleted`);
  const [asked, has] = [bytes(askedSize(claim)), bytes(askedSize(source))];
  if (asked < has)
    return failed(
      `error, new PVC request must be greater than or equal in size to the specified PVC data source, requested ${asked} but source is ${has}`,
    );
  const volumeName = nameAt(source, 'spec', 'volumeName');
  if (volumeName === undefined) return failed(`volume name is empty in source PVC ${name}`);
  const found = context.api.call({ verb: 'get', resource: VOLUMES, name: volumeName });
  const csi = found.ok ? csiVolumeOf(found.object) : undefined;
  const isUsable =
    found.ok &&
    csi !== undefined &&
    csi.driver === stringAt(storageClass, 'provisioner') &&
    nameAt(found.object, 'spec', 'claimRef', 'uid') === uidOf(source) &&
    stringAt(found.object, 'status', 'phase') === 'Bound';
  if (!isUsable) return failed('claim in dataSource not bound or invalid');
  if (mode(claim) !== mode(found.object))
    return failed(
      `the source PVC and destination PVCs must have the same volume mode for cloning.  Source is ${mode(found.object)}, but new PVC requested ${mode(claim)}`,
    );
  return { volumeId: csi.handle };
}

function mode(volume: KubernetesObject): string {
  return stringAt(volume, 'spec', 'volumeMode') ?? 'Filesystem';
}
