import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail } from '../../controllers/workload/sync-failure.ts';
import { updateFailed } from './controller-error.ts';
import { BEING_DELETED, CONTENTS } from './resources.ts';

/** Writes a part of a content. */
export function patchContent(
  context: ReconcileContext,
  content: KubernetesObject,
  part: JsonObject,
  subresource?: 'status',
) {
  const { apiVersion, kind } = content;
  return context.api.call({
    verb: 'patch',
    resource: CONTENTS,
    name: nameOf(content),
    ...(subresource === undefined ? {} : { subresource }),
    options: { patchType: 'merge' },
    body: { apiVersion, kind, ...part },
  });
}

/**
 * Tells the snapshotter that the snapshot of a content is being deleted.
 * Source: pkg/common-controller/snapshot_controller.go `setAnnVolumeSnapshotBeingDeleted`, v8.6.0.
 */
export function markBeingDeleted(context: ReconcileContext, content: KubernetesObject): void {
  if (annotationsOf(content).has(BEING_DELETED)) return;
  const written = patchContent(context, content, { metadata: { annotations: { [BEING_DELETED]: 'yes' } } });
  if (!written.ok) fail(updateFailed(nameOf(content), written.message));
}
