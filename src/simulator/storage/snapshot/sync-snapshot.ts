import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../../base/json.ts';
import { nameAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail, failureOf } from '../../controllers/workload/sync-failure.ts';
import { releaseClaim } from './claim-protection.ts';
import { contentOfSnapshot, isPreProvisioned } from './content-of-snapshot.ts';
import { createContent } from './create-content.ts';
import { deleteSnapshot } from './delete-snapshot.ts';
import { patchContent } from './patch-content.ts';
import { CONTENTS } from './resources.ts';
import { addFinalizers } from './snapshot-finalizers.ts';
import {
  boundContentOf,
  isContentOf,
  isReady,
  snapshotClassOf,
  snapshotKey,
  sourceClaimOf,
  sourceContentOf,
} from './snapshot-facts.ts';
import { freshSnapshot, tellError, updateStatus } from './snapshot-status.ts';

/**
 * Brings a snapshot on: to a content, to what that says, or away.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller.go `syncSnapshot`, v8.6.0.
 */
export function syncSnapshot(context: ReconcileContext, snapshot: KubernetesObject): void {
  const released = failureOf(() => releaseClaim(context, snapshot, false));
  if ('failed' in released) {
    const words = 'Error check and remove PVC Finalizer for VolumeSnapshot';
    context.event(snapshot, 'Warning', 'ErrorPVCFinalizer', words);
  }
  if (isBeingDeleted(snapshot)) return deleteSnapshot(context, snapshot);
  if ((sourceClaimOf(snapshot) === undefined) === (sourceContentOf(snapshot) === undefined)) {
    const words = 'Exactly one of PersistentVolumeClaimName and VolumeSnapshotContentName should be specified';
    tellError(context, snapshot, 'SnapshotValidationError', words);
    return fail(words);
  }
  // What follows writes the snapshot as it was read: after a finalizer was added, an error is told with the next try.
  const guarded = failureOf(() => addFinalizers(context, snapshot, contentOfSnapshot(context, snapshot)));
  if ('failed' in guarded) {
    const words = `Failed to check and update snapshot: ${guarded.failed}`;
    context.event(snapshot, 'Warning', 'SnapshotFinalizerError', words);
    return fail(guarded.failed);
  }
  if (isReady(snapshot) && boundContentOf(snapshot) !== undefined) return checkReady(context, snapshot);
  return sourceContentOf(snapshot) === undefined ? bringOn(context, snapshot) : bind(context, snapshot);
}

/** Source: `syncReadySnapshot`. */
function checkReady(context: ReconcileContext, snapshot: KubernetesObject): void {
  const content = context.view(CONTENTS).getKey(boundContentOf(snapshot) ?? '');
  if (content === undefined)
    return tellError(context, snapshot, 'SnapshotContentMissing', 'VolumeSnapshotContent is missing');
  if (isContentOf(content, snapshot)) return undefined;
  const words = 'VolumeSnapshotContent is not bound to the VolumeSnapshot correctly';
  return tellError(context, snapshot, 'SnapshotMisbound', words);
}

/** A snapshot of a claim that cannot be used yet. Source: `syncUnreadySnapshot`. */
export function bringOn(context: ReconcileContext, snapshot: KubernetesObject): void {
  const key = snapshotKey(snapshot);
  const content = contentOfSnapshot(context, snapshot);
  if (content === undefined) {
    const made = failureOf(() => createContent(context, snapshot));
    if ('failed' in made) {
      const words = `Failed to create snapshot content with error ${made.failed}`;
      tellError(context, snapshot, 'SnapshotContentCreationFailed', words);
      return fail(made.failed);
    }
    return tellStatus(context, snapshot, made.value, true);
  }
  if (isPreProvisioned(content)) {
    const words = `Snapshot handle should not be set in content ${key} for dynamic provisioning`;
    tellError(context, snapshot, 'SnapshotHandleSet', words);
    return fail(`snapshotHandle should not be set in the content for dynamic provisioning for snapshot ${key}`);
  }
  // Source: `bindandUpdateVolumeSnapshot`.
  return tellStatus(context, freshSnapshot(context, snapshot), content, false);
}

function tellStatus(
  context: ReconcileContext,
  snapshot: KubernetesObject,
  content: KubernetesObject,
  keepsReady: boolean,
): void {
  const told = failureOf(() => updateStatus(context, snapshot, content));
  if ('value' in told) return undefined;
  const words = `Snapshot status update failed, ${told.failed}`;
  tellError(context, snapshot, 'SnapshotStatusUpdateFailed', words, { keepsReady });
  return fail(told.failed);
}

/** A snapshot that lay in the storage before. Source: `syncUnreadySnapshot`. */
function bind(context: ReconcileContext, snapshot: KubernetesObject): void {
  const key = snapshotKey(snapshot);
  const content = contentOfSnapshot(context, snapshot);
  if (content === undefined) {
    tellError(context, snapshot, 'SnapshotContentMissing', 'VolumeSnapshotContent is missing');
    return fail(`snapshot ${key} requests an non-existing content ${sourceContentOf(snapshot) ?? ''}`);
  }
  const bound = failureOf(() => bindContent(context, snapshot, content));
  if ('failed' in bound) {
    const words = `Snapshot failed to bind VolumeSnapshotContent, ${bound.failed}`;
    tellError(context, snapshot, 'SnapshotBindFailed', words);
    const name = nameOf(content);
    return fail(
      `snapshot ${key} is bound, but VolumeSnapshotContent ${name} is not bound to the VolumeSnapshot correctly, ${bound.failed}`,
    );
  }
  return tellStatus(context, snapshot, bound.value, true);
}

/** Source: `checkandBindSnapshotContent`. */
function bindContent(
  context: ReconcileContext,
  snapshot: KubernetesObject,
  content: KubernetesObject,
): KubernetesObject {
  const uid = nameAt(content, 'spec', 'volumeSnapshotRef', 'uid') ?? '';
  const isOther =
    nameAt(content, 'spec', 'volumeSnapshotRef', 'name') !== nameOf(snapshot) ||
    (uid !== '' && uid !== uidOf(snapshot));
  if (isOther)
    return fail(
      `Could not bind snapshot ${nameOf(snapshot)} and content ${nameOf(content)}, the VolumeSnapshotRef does not match`,
    );
  if (uid !== '' && snapshotClassOf(content) !== undefined) return content;
  const className = snapshotClassOf(snapshot);
  const spec: JsonObject = {
    volumeSnapshotRef: { uid: uidOf(snapshot) },
    ...(className === undefined ? {} : { volumeSnapshotClassName: className }),
  };
  const written = patchContent(context, content, { spec });
  return written.ok ? written.object : fail(written.message);
}
