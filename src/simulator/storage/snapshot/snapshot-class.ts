import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import { stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail, failureOf } from '../../controllers/workload/sync-failure.ts';
import { csiVolumeOf } from '../csi-volume.ts';
import { IS_DEFAULT_CLASS, SNAPSHOTS, SNAPSHOT_CLASSES } from './resources.ts';
import { snapshotClassOf, snapshotKey, sourceContentOf } from './snapshot-facts.ts';
import { tellError } from './snapshot-status.ts';
import { sourceVolume } from './source-volume.ts';

/*
 * The class of a snapshot, and the one that it is given where it names none.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller, v8.6.0.
 */

/** Source: `getSnapshotClass`, with the words of a lister. */
export function classNamed(context: ReconcileContext, name: string): KubernetesObject {
  const found = context.view(SNAPSHOT_CLASSES).getKey(name);
  return found ?? fail(`volumesnapshotclass.snapshot.storage.k8s.io ${quoteString(name)} not found`);
}

/**
 * The snapshot with its class, unless none can be found: that is said in its status, and the sync fails. One that is being
 * deleted goes on without. Source: snapshot_controller_base.go `checkAndUpdateSnapshotClass`, `syncSnapshotByKey`.
 */
export function withClass(context: ReconcileContext, snapshot: KubernetesObject): KubernetesObject {
  const name = snapshotClassOf(snapshot);
  if (name !== undefined) {
    const found = failureOf(() => classNamed(context, name));
    if ('value' in found) return snapshot;
    const words = `Failed to get snapshot class with error ${found.failed}`;
    tellError(context, snapshot, 'GetSnapshotClassFailed', words, { keepsReady: true });
    return isBeingDeleted(snapshot) ? snapshot : fail(found.failed);
  }
  if (sourceContentOf(snapshot) !== undefined) return snapshot;
  const given = failureOf(() => withDefaultClass(context, snapshot));
  if ('value' in given) return given.value;
  const words = `Failed to set default snapshot class with error ${given.failed}`;
  tellError(context, snapshot, 'SetDefaultSnapshotClassFailed', words, { keepsReady: true });
  return fail(given.failed);
}

/** Source: `SetDefaultSnapshotClass`, `pvDriverFromSnapshot`. */
function withDefaultClass(context: ReconcileContext, snapshot: KubernetesObject): KubernetesObject {
  const driver = csiVolumeOf(sourceVolume(context, snapshot))?.driver;
  if (driver === undefined)
    return fail(`snapshotting non-CSI volumes is not supported, snapshot:${snapshotKey(snapshot)}`);
  const classes = context
    .view(SNAPSHOT_CLASSES)
    .list()
    .filter((one) => annotationsOf(one).get(IS_DEFAULT_CLASS) === 'true' && stringAt(one, 'driver') === driver);
  const [first] = classes;
  if (first === undefined) return fail('cannot find default snapshot class');
  if (classes.length > 1) return fail(`${classes.length} default snapshot classes were found`);
  const { apiVersion, kind } = snapshot;
  const written = context.api.call({
    verb: 'patch',
    resource: SNAPSHOTS,
    namespace: namespaceOf(snapshot) ?? '',
    name: nameOf(snapshot),
    options: { patchType: 'merge' },
    body: { apiVersion, kind, spec: { volumeSnapshotClassName: nameOf(first) } },
  });
  return written.ok ? written.object : snapshot;
}
