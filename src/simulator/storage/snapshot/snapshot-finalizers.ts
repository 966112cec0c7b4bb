import { hasFinalizer } from '../../../apimachinery/finalizers.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail, failureOf } from '../../controllers/workload/sync-failure.ts';
import { releaseClaim } from './claim-protection.ts';
import { updateFailed } from './controller-error.ts';
import { BOUND_FINALIZER, SNAPSHOTS, SOURCE_FINALIZER } from './resources.ts';
import { boundContentOf, snapshotKey } from './snapshot-facts.ts';

/*
 * What keeps a snapshot until nothing needs it any more.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller.go, v8.6.0.
 */

/** Source: `checkandAddSnapshotFinalizers`. */
export function addFinalizers(
  context: ReconcileContext,
  snapshot: KubernetesObject,
  content: KubernetesObject | undefined,
): KubernetesObject {
  if (isBeingDeleted(snapshot)) return snapshot;
  const needsBound = boundContentOf(snapshot) !== undefined && stringAt(content, 'spec', 'deletionPolicy') === 'Delete';
  return withFinalizers(context, snapshot, [SOURCE_FINALIZER, ...(needsBound ? [BOUND_FINALIZER] : [])]);
}

/** Source: `addSnapshotFinalizer`. */
export function withFinalizers(
  context: ReconcileContext,
  snapshot: KubernetesObject,
  wanted: readonly string[],
): KubernetesObject {
  const missing = wanted.filter((finalizer) => !hasFinalizer(snapshot, finalizer));
  if (missing.length === 0) return snapshot;
  const before = arrayAt(snapshot, 'metadata', 'finalizers');
  const place = { resource: SNAPSHOTS, namespace: namespaceOf(snapshot) ?? '', name: nameOf(snapshot) };
  const added = { finalizers: [...before, ...missing] };
  const written =
    before.length === 0
      ? context.api.call({
          verb: 'update',
          ...place,
          body: { ...snapshot, metadata: { ...objectAt(snapshot, 'metadata'), ...added } },
        })
      : context.api.call({
          verb: 'patch',
          ...place,
          options: { patchType: 'merge' },
          body: { apiVersion: snapshot.apiVersion, kind: snapshot.kind, metadata: added },
        });
  return written.ok ? written.object : fail(updateFailed(snapshotKey(snapshot), written.message));
}

/** Takes finalizers away, after the claim has been let go. Source: `removeSnapshotFinalizer`. */
export function removeFinalizers(
  context: ReconcileContext,
  snapshot: KubernetesObject,
  unwanted: readonly string[],
): void {
  if (unwanted.length === 0) return;
  const released = failureOf(() => releaseClaim(context, snapshot, true));
  if ('failed' in released) {
    const words = 'Error check and remove PVC Finalizer for VolumeSnapshot';
    context.event(snapshot, 'Warning', 'ErrorPVCFinalizer', words);
    return fail(updateFailed(nameOf(snapshot), released.failed));
  }
  const finalizers = arrayAt(snapshot, 'metadata', 'finalizers').filter(
    (finalizer) => typeof finalizer !== 'string' || !unwanted.includes(finalizer),
  );
  const metadata = { ...objectAt(snapshot, 'metadata'), finalizers };
  const place = { resource: SNAPSHOTS, namespace: namespaceOf(snapshot) ?? '', name: nameOf(snapshot) };
  const written = context.api.call({ verb: 'update', ...place, body: { ...snapshot, metadata } });
  if (!written.ok) fail(updateFailed(nameOf(snapshot), written.message));
}
