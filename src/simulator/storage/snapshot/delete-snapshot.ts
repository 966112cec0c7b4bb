import { hasFinalizer } from '../../../apimachinery/finalizers.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import { stringAt } from '../../../base/json.ts';
import { SNAPSHOT_GROUP } from '../../../kinds/shared/snapshot.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { CLAIMS } from '../../controllers/resources.ts';
import { fail } from '../../controllers/workload/sync-failure.ts';
import { markBeingDeleted } from './patch-content.ts';
import { BOUND_FINALIZER, CONTENTS, SOURCE_FINALIZER } from './resources.ts';
import { boundContentOf, contentNameFor, isContentOf, snapshotKey, sourceClaimOf } from './snapshot-facts.ts';
import { removeFinalizers } from './snapshot-finalizers.ts';

/** Whether a snapshot is being deleted and waits for this controller. Source: pkg/utils/util.go `IsSnapshotDeletionCandidate`. */
export function waitsForDeletion(snapshot: KubernetesObject): boolean {
  return (
    isBeingDeleted(snapshot) && (hasFinalizer(snapshot, SOURCE_FINALIZER) || hasFinalizer(snapshot, BOUND_FINALIZER))
  );
}

/**
 * Lets a snapshot go: first its content, where that is to go with it, then the snapshot.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller.go
 * `processSnapshotWithDeletionTimestamp`, `checkandRemoveSnapshotFinalizersAndCheckandDeleteContent`, v8.6.0.
 */
export function deleteSnapshot(context: ReconcileContext, snapshot: KubernetesObject): void {
  const made = sourceClaimOf(snapshot) === undefined ? '' : contentNameFor(snapshot);
  const found = context.view(CONTENTS).getKey(boundContentOf(snapshot) ?? made);
  const content = found !== undefined && isContentOf(found, snapshot) ? found : undefined;
  const goesToo = stringAt(content, 'spec', 'deletionPolicy') === 'Delete';
  if (!waitsForDeletion(snapshot)) return undefined;
  const key = snapshotKey(snapshot);
  if (content !== undefined && isBeingRestored(context, snapshot)) {
    const words = 'Snapshot is being used to restore a PVC';
    context.event(snapshot, 'Warning', 'SnapshotDeletePending', words);
    return fail(`snapshot ${key} is in use (being used to restore a PVC), will retry deletion`);
  }
  if (content !== undefined) markBeingDeleted(context, content);
  if (content !== undefined && goesToo) {
    const gone = context.api.call({ verb: 'delete', resource: CONTENTS, name: nameOf(content) });
    if (!gone.ok) {
      const words = 'Failed to delete snapshot content API object';
      context.event(snapshot, 'Warning', 'SnapshotContentObjectDeleteError', words);
      const name = nameOf(content);
      return fail(`failed to delete VolumeSnapshotContent ${name} from API server: ${quoteString(gone.message)}`);
    }
  }
  // Bound to a content that goes too, it stays until that has gone.
  removeFinalizers(context, snapshot, [SOURCE_FINALIZER, ...(goesToo ? [] : [BOUND_FINALIZER])]);
}

/** Whether a claim that has no volume yet is to be made of a snapshot. Source: `isVolumeBeingCreatedFromSnapshot`. */
function isBeingRestored(context: ReconcileContext, snapshot: KubernetesObject): boolean {
  return context
    .view(CLAIMS)
    .list(namespaceOf(snapshot) ?? '')
    .some((claim) => {
      const source = (field: string): string | undefined => stringAt(claim, 'spec', 'dataSource', field);
      return (
        source('name') === nameOf(snapshot) &&
        source('kind') === 'VolumeSnapshot' &&
        source('apiGroup') === SNAPSHOT_GROUP &&
        stringAt(claim, 'status', 'phase') === 'Pending'
      );
    });
}
