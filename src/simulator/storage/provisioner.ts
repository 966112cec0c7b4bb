import { hasFinalizer, withoutFinalizer } from '../../apimachinery/finalizers.ts';
import { objectReferenceTo } from '../../apimachinery/object-reference.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted, nameOf } from '../../apimachinery/object.ts';
import { uidOf } from '../../apimachinery/owner-reference.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { arrayAt, nameAt, stringAt, valueAt } from '../../base/json.ts';
import type { Controller, Outcome, ReconcileContext } from '../controllers/controller.ts';
import {
  PROVISIONED_BY,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
  classOf,
} from '../controllers/persistentvolume/claim-facts.ts';
import { CLAIMS, STORAGE_CLASSES, VOLUMES } from '../controllers/resources.ts';
import { askedSize } from '../controllers/persistentvolume/claim-size.ts';
import { fail, failureOf, must, orFailed } from '../controllers/workload/sync-failure.ts';
import { isCsiDriverName } from '../../kinds/shared/volume-words.ts';
import { contentSource, dataSourceOf, isHandled } from './content-source.ts';
import { CSI_CONTROLLER } from './csi-controller.ts';
import { LOCAL_PATH } from './default-class.ts';
import { provisionedSource } from './provisioned-source.ts';
import { protectSource, releaseCloned, releaseSnapshot } from './source-protection.ts';

/** Source: staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go `PVDeletionProtectionFinalizer`, 1.36. */
const FINALIZER = 'external-provisioner.volume.kubernetes.io/finalizer';
const CLAIM = 'claim ';
const CLONED = 'cloned ';
const VOLUME = 'volume ';

/**
 * Stands in for the provisioners of all drivers: makes a volume for a claim that names one, of a snapshot or of another
 * claim's volume where it says so, and deletes it when the claim has gone. Directories are made and deleted in a while.
 * Source: github.com/kubernetes-sigs/sig-storage-lib-external-provisioner controller/controller.go, v11;
 * github.com/kubernetes-csi/external-provisioner pkg/controller/controller.go, v6.3.0, cmd/csi-provisioner/csi-provisioner.go
 * `retry-interval-start`, `retry-interval-max`.
 */
export const provisioner: Controller = {
  name: 'csi-provisioner',
  reportsAs: 'csi-provisioner',
  workers: 10,
  readsOwnWrites: true,
  retries: ({ storage }) => storage.retries,
  watches: [
    {
      resource: CLAIMS,
      keysOf: ({ key, type, object }) =>
        type === 'DELETED' ? [] : [CLAIM + key, ...(isBeingDeleted(object) ? [CLONED + key] : [])],
    },
    { resource: VOLUMES, keysOf: ({ key, type }) => (type === 'DELETED' ? [] : [VOLUME + key]) },
    { resource: STORAGE_CLASSES, keysOf: () => [] },
  ],
  reconcile: (context, key) =>
    orFailed(() => {
      if (key.startsWith(CLAIM)) return provision(context, key.slice(CLAIM.length));
      if (key.startsWith(CLONED)) return releaseCloned(context, key.slice(CLONED.length));
      return remove(context, key.slice(VOLUME.length));
    }),
};

/** When the driver began with what it is doing, as it is remembered from sync to sync. */
function isDone(context: ReconcileContext, tookMs: number): boolean {
  const began = context.memory as number | undefined;
  if (began !== undefined && context.nowMs >= began + tookMs) return true;
  context.remember(began ?? context.nowMs);
  return false;
}

function provision(context: ReconcileContext, key: string): Outcome | void {
  const claim = context.view(CLAIMS).getKey(key);
  if (claim === undefined || nameAt(claim, 'spec', 'volumeName') !== undefined) return context.remember(undefined);
  const driver = annotationsOf(claim).get(STORAGE_PROVISIONER);
  const storageClass = context.view(STORAGE_CLASSES).getKey(classOf(claim));
  if (driver === undefined || storageClass === undefined) return context.remember(undefined);
  const node = annotationsOf(claim).get(SELECTED_NODE);
  const waits = stringAt(storageClass, 'volumeBindingMode') === 'WaitForFirstConsumer';
  const name = `pvc-${uidOf(claim)}`;
  if ((waits && node === undefined) || context.view(VOLUMES).getKey(name) !== undefined)
    return context.remember(undefined);
  if (context.memory === undefined)
    context.event(claim, 'Normal', 'Provisioning', `External provisioner is provisioning volume for claim "${key}"`);
  if (driver !== LOCAL_PATH && isCsiDriverName(driver)) {
    const asked = failureOf(() => createAtDriver(context, claim, storageClass, driver));
    if ('failed' in asked) {
      const words = `failed to provision volume with StorageClass ${quoteString(nameOf(storageClass))}: ${asked.failed}`;
      context.event(claim, 'Warning', 'ProvisioningFailed', words);
      return fail(words);
    }
    if (asked.value === 'populator') return undefined;
  } else {
    const { createVolumeMs } = context.numbers.storage;
    if (!isDone(context, createVolumeMs)) return { requeueAfterMs: createVolumeMs };
  }
  const body = volumeFor(claim, storageClass, driver, node);
  const made = context.api.call({ verb: 'create', resource: VOLUMES, body });
  if (!made.ok && made.reason !== 'AlreadyExists') return fail(made.message);
  context.remember(undefined);
  context.event(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`);
}

/** Has a driver make the volume of a claim, unless somebody else is to fill it. Source: controller.go `Provision`. */
function createAtDriver(
  context: ReconcileContext,
  claim: KubernetesObject,
  storageClass: KubernetesObject,
  driver: string,
): 'made' | 'populator' {
  const source = dataSourceOf(claim);
  if (source !== undefined && !isHandled(source)) {
    const words = 'Assuming an external populator will provision the volume';
    context.event(claim, 'Normal', 'Provisioning', words);
    return 'populator';
  }
  const content = source && contentSource(context, claim, storageClass, source);
  if (source !== undefined) protectSource(context, claim, source);
  const name = `pvc-${uidOf(claim)}`;
  const answer = context.plugins.call({
    to: CSI_CONTROLLER,
    class: 'csi',
    method: 'CreateVolume',
    parameters: { driver, name, size: askedSize(claim), ...content },
    about: `PersistentVolume//${name}`,
    timeoutMs: context.numbers.storage.callTimeoutMs,
  });
  if (!answer.ok) return fail(answer.message);
  if (source !== undefined) releaseSnapshot(context, claim, source);
  return 'made';
}

function volumeFor(
  claim: KubernetesObject,
  storageClass: KubernetesObject,
  driver: string,
  node: string | undefined,
): KubernetesObject {
  const name = `pvc-${uidOf(claim)}`;
  const source = provisionedSource(claim, name, driver, node);
  const volumeMode = stringAt(claim, 'spec', 'volumeMode');
  const mountOptions = arrayAt(storageClass, 'mountOptions');
  const attributes = nameAt(claim, 'spec', 'volumeAttributesClassName');
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name,
      annotations: { [PROVISIONED_BY]: driver },
      ...('csi' in source ? { finalizers: [FINALIZER] } : {}),
    },
    spec: {
      capacity: { storage: valueAt(claim, 'spec', 'resources', 'requests', 'storage') ?? '0' },
      accessModes: arrayAt(claim, 'spec', 'accessModes'),
      claimRef: objectReferenceTo(claim),
      persistentVolumeReclaimPolicy: stringAt(storageClass, 'reclaimPolicy') ?? 'Delete',
      storageClassName: nameOf(storageClass),
      ...(volumeMode === undefined ? {} : { volumeMode }),
      ...(mountOptions.length === 0 ? {} : { mountOptions }),
      ...(attributes === undefined ? {} : { volumeAttributesClassName: attributes }),
      ...source,
    },
  };
}

/** Deletes a volume that a driver made, when it is released. */
function remove(context: ReconcileContext, name: string): Outcome | void {
  const volume = context.view(VOLUMES).getKey(name);
  const isReleased =
    volume !== undefined &&
    stringAt(volume, 'status', 'phase') === 'Released' &&
    stringAt(volume, 'spec', 'persistentVolumeReclaimPolicy') === 'Delete' &&
    annotationsOf(volume).has(PROVISIONED_BY);
  if (volume === undefined || !isReleased) return context.remember(undefined);
  const { deleteVolumeMs } = context.numbers.storage;
  if (!isDone(context, deleteVolumeMs)) return { requeueAfterMs: deleteVolumeMs };
  context.remember(undefined);
  const gone = context.api.call({ verb: 'delete', resource: VOLUMES, name });
  if (!gone.ok) return gone.code === 404 ? undefined : fail(gone.message);
  if (!hasFinalizer(volume, FINALIZER)) return undefined;
  const fresh = context.api.call({ verb: 'get', resource: VOLUMES, name });
  if (!fresh.ok) return fresh.code === 404 ? undefined : fail(fresh.message);
  const body = withoutFinalizer(fresh.object, FINALIZER);
  must(context.api.call({ verb: 'update', resource: VOLUMES, name, body }));
}
