import { hasFinalizer } from '../../../apimachinery/finalizers.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { arrayAt, nameAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail } from '../../controllers/workload/sync-failure.ts';
import { isDynamic, isPreProvisioned } from './content-of-snapshot.ts';
import { updateFailed } from './controller-error.ts';
import { waitsForDeletion } from './delete-snapshot.ts';
import { markBeingDeleted, patchContent } from './patch-content.ts';
import { CONTENT_FINALIZER, SNAPSHOTS } from './resources.ts';
import { snapshotKeyOfContent } from './snapshot-facts.ts';
import { isBehindContent } from './snapshot-status.ts';

/**
 * Keeps a content while a snapshot is bound to it, and has that snapshot told what the content says; `again`: the key of a
 * snapshot that is to be looked at.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller.go `syncContent`, v8.6.0.
 */
export function syncContent(
  context: ReconcileContext,
  content: KubernetesObject,
  again: (snapshotKey: string) => void,
): void {
  if (isDynamic(content) === isPreProvisioned(content)) {
    const words = 'Exactly one of VolumeHandle and SnapshotHandle should be specified';
    context.event(content, 'Warning', 'ContentValidationError', words);
    return fail(words);
  }
  const uid = nameAt(content, 'spec', 'volumeSnapshotRef', 'uid') ?? '';
  if (uid === '') return undefined;
  if (!isBeingDeleted(content) && !hasFinalizer(content, CONTENT_FINALIZER)) {
    const finalizers = [...arrayAt(content, 'metadata', 'finalizers'), CONTENT_FINALIZER];
    const written = patchContent(context, content, { metadata: { finalizers } });
    return written.ok ? undefined : fail(updateFailed(nameOf(content), written.message));
  }
  const key = snapshotKeyOfContent(content);
  const found = context.view(SNAPSHOTS).getKey(key);
  // A snapshot of the same name that is not the same is none.
  const snapshot = found !== undefined && uidOf(found) === uid ? found : undefined;
  if (snapshot === undefined) return undefined;
  if (isBehindContent(snapshot, content)) again(key);
  // A content without its snapshot stays: it may have been copied here, and what it is of may be somebody's data.
  if (waitsForDeletion(snapshot)) markBeingDeleted(context, content);
}
