import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import type { Controller, Outcome, ReconcileContext } from '../controllers/controller.ts';
import { askedSize, isLessThanAsked, isSameSize } from '../controllers/persistentvolume/claim-size.ts';
import { isFor } from '../controllers/persistentvolume/expander.ts';
import { CLAIMS, VOLUMES } from '../controllers/resources.ts';
import { must, orFailed } from '../controllers/workload/sync-failure.ts';
import { timeOf } from '../kernel/clock.ts';
import { CSI_CONTROLLER } from './csi-controller.ts';
import type { CsiVolume } from './csi-volume.ts';
import { csiVolumeOf, volumeIdentity } from './csi-volume.ts';

/** Source: pkg/volume/util/resize_util.go `AnnPreResizeCapacity`, types.go `VolumeResizerKey`, 1.36. */
const SIZE_BEFORE = 'volume.alpha.kubernetes.io/pre-resize-capacity';
const RESIZER = 'volume.kubernetes.io/storage-resizer';
/** Words of a claim whose volume is larger than the file system on it. Source: resize_util.go `MarkForFSResize`. */
const PENDING = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';

/**
 * Stands between claims that grow and the drivers: has the volume made larger, and leaves the file system to the Node.
 * Source: github.com/kubernetes-csi/external-resizer pkg/controller/{controller,expand_and_recover}.go, v2.
 */
export const resizer: Controller = {
  name: 'csi-resizer',
  reportsAs: 'external-resizer',
  workers: 10,
  readsOwnWrites: true,
  watches: [
    { resource: CLAIMS, keysOf: ({ key, type }) => (type === 'DELETED' ? [] : [key]) },
    { resource: VOLUMES, keysOf: () => [] },
  ],
  reconcile: (context, key) => orFailed(() => sync(context, key)),
};

function sync(context: ReconcileContext, key: string): Outcome | void {
  const claim = context.view(CLAIMS).getKey(key);
  if (claim === undefined || stringAt(claim, 'status', 'phase') !== 'Bound') return;
  const volume = context.view(VOLUMES).getKey(nameAt(claim, 'spec', 'volumeName') ?? '');
  const csi = volume && csiVolumeOf(volume);
  if (volume === undefined || csi === undefined || !isFor(volume, claim)) return;
  if (isLessThanAsked(claim)) return isLeftToNode(claim) ? undefined : expand(context, claim, volume, csi);
  if (annotationsOf(volume).has(SIZE_BEFORE)) patchVolume(context, volume, { annotations: { [SIZE_BEFORE]: null } });
}

/** The driver has done its part of what is asked for now. */
function isLeftToNode(claim: KubernetesObject): boolean {
  const status = stringAt(claim, 'status', 'allocatedResourceStatuses', 'storage') ?? '';
  const allocated = stringAt(claim, 'status', 'allocatedResources', 'storage');
  return status.startsWith('NodeResize') && allocated !== undefined && isSameSize(allocated, askedSize(claim));
}

function expand(
  context: ReconcileContext,
  claim: KubernetesObject,
  volume: KubernetesObject,
  { driver, handle }: CsiVolume,
): Outcome | void {
  const [name, size] = [nameOf(volume), askedSize(claim)];
  const now = timeOf(context.nowMs);
  context.event(claim, 'Normal', 'Resizing', `External resizer is resizing volume ${name}`);
  patchClaim(context, claim, {
    metadata: { annotations: { [RESIZER]: driver } },
    status: {
      conditions: [{ type: 'Resizing', status: 'True', lastTransitionTime: now }],
      allocatedResources: { storage: size },
      allocatedResourceStatuses: { storage: 'ControllerResizeInProgress' },
    },
  });
  const called = context.plugins.call({
    to: CSI_CONTROLLER,
    class: 'csi',
    method: 'ControllerExpandVolume',
    parameters: { driver, volume: handle, size },
    about: volumeIdentity(volume),
    timeoutMs: context.numbers.storage.callTimeoutMs,
  });
  if (!called.ok) {
    const message = `resize volume "${name}" by resizer "${driver}" failed: ${called.message}`;
    context.event(claim, 'Warning', 'VolumeResizeFailed', message);
    return { failed: message };
  }
  const before = stringAt(volume, 'spec', 'capacity', 'storage') ?? '0';
  const annotations = annotationsOf(volume).has(SIZE_BEFORE) ? {} : { annotations: { [SIZE_BEFORE]: before } };
  patchVolume(context, volume, annotations, { capacity: { storage: size } });
  patchClaim(context, claim, {
    status: {
      '$setElementOrder/conditions': [{ type: 'Resizing' }, { type: 'FileSystemResizePending' }],
      conditions: [{ type: 'FileSystemResizePending', status: 'True', lastTransitionTime: now, message: PENDING }],
      allocatedResourceStatuses: { storage: 'NodeResizePending' },
    },
  });
  context.event(claim, 'Normal', 'FileSystemResizeRequired', 'Require file system resize of volume on node');
}

function patchClaim(context: ReconcileContext, claim: KubernetesObject, body: JsonObject): void {
  must(
    context.api.call({
      verb: 'patch',
      resource: CLAIMS,
      namespace: namespaceOf(claim)!,
      name: nameOf(claim),
      subresource: 'status',
      options: { patchType: 'strategic' },
      body: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...body },
    }),
  );
}

function patchVolume(
  context: ReconcileContext,
  volume: KubernetesObject,
  metadata: JsonObject,
  spec?: JsonObject,
): void {
  must(
    context.api.call({
      verb: 'patch',
      resource: VOLUMES,
      name: nameOf(volume),
      options: { patchType: 'strategic' },
      body: { apiVersion: 'v1', kind: 'PersistentVolume', metadata, ...(spec === undefined ? {} : { spec }) },
    }),
  );
}
