import { hasFinalizer } from '../../../apimachinery/finalizers.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import type { Controller, Outcome, ReconcileContext } from '../../controllers/controller.ts';
import { VOLUMES } from '../../controllers/resources.ts';
import { fail, failureOf, orFailed } from '../../controllers/workload/sync-failure.ts';
import { askedAnew } from './asked-anew.ts';
import { isDynamic, isPreProvisioned } from './content-of-snapshot.ts';
import { setStatus, tellContentError } from './content-status.ts';
import { updateFailed } from './controller-error.ts';
import { deleteAtDriver, snapshotAtDriver, statusAtDriver } from './driver-calls.ts';
import { patchContent } from './patch-content.ts';
import {
  BEING_CREATED,
  BEING_DELETED,
  CONTENTS,
  CONTENT_FINALIZER,
  CSI_SNAPSHOTTER,
  SNAPSHOT_CLASSES,
} from './resources.ts';
import { isReady, snapshotClassOf } from './snapshot-facts.ts';

/**
 * Stands between VolumeSnapshotContents and the drivers, one for those of all: has snapshots taken, looks at them until
 * they can be used, and has them deleted.
 * Source: kubernetes-csi/external-snapshotter pkg/sidecar-controller/snapshot_controller{_base,}.go, v8.6.0;
 * cmd/csi-snapshotter/main.go `worker-threads`, `retry-interval-start`, `retry-interval-max`.
 */
export const csiSnapshotter: Controller = {
  name: CSI_SNAPSHOTTER,
  reportsAs: CSI_SNAPSHOTTER,
  workers: 10,
  readsOwnWrites: true,
  retries: ({ storage }) => storage.retries,
  watches: [
    {
      resource: CONTENTS,
      keysOf: ({ key, type, object, old }) =>
        type === 'DELETED' || (old !== undefined && !askedAnew(old, object)) ? [] : [key],
    },
    { resource: SNAPSHOT_CLASSES, keysOf: () => [] },
    { resource: VOLUMES, keysOf: () => [] },
  ],
  reconcile(context, key) {
    const content = context.view(CONTENTS).getKey(key);
    if (content === undefined || !isForDriver(context, content)) return context.remember(undefined);
    return orFailed(() => (syncOfDriver(context, content) ? lookAgain(context) : context.remember(undefined)));
  },
};

/** A driver that is not done is asked again, each time later. Source: `processNextItem`, which adds the key rate limited. */
function lookAgain(context: ReconcileContext): Outcome {
  const tries = (context.memory as number | undefined) ?? 0;
  const { baseDelayMs, maxDelayMs } = context.numbers.storage.retries;
  context.remember(tries + 1);
  return { requeueAfterMs: Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(tries, 18)) };
}

/** Source: `isDriverMatch`. */
function isForDriver(context: ReconcileContext, content: KubernetesObject): boolean {
  if (!isDynamic(content) && !isPreProvisioned(content)) return false;
  const snapshotClass = context.view(SNAPSHOT_CLASSES).getKey(snapshotClassOf(content) ?? '');
  return snapshotClass === undefined || stringAt(snapshotClass, 'driver') === stringAt(content, 'spec', 'driver');
}

/** Whether it is to be looked at again. Source: `syncContent`. */
export function syncOfDriver(context: ReconcileContext, content: KubernetesObject): boolean {
  if (shouldDelete(content)) {
    const isThere = nameAt(content, 'status', 'snapshotHandle') !== undefined;
    const goesToo = stringAt(content, 'spec', 'deletionPolicy') === 'Delete';
    const left = goesToo && isThere ? deleteAtDriver(context, content) : content;
    removeFinalizer(context, left);
    return false;
  }
  if (isDynamic(content) && objectAt(content, 'status') === undefined)
    return told(context, content, 'SnapshotCreationFailed', 'Failed to create snapshot', () =>
      create(context, content),
    );
  if (isReady(content)) {
    withoutBeingCreated(context, content);
    return false;
  }
  const words = 'Failed to check and update snapshot content';
  return told(context, content, 'SnapshotContentCheckandUpdateFailed', words, () =>
    isPreProvisioned(content) ? lookUp(context, content) : create(context, content),
  );
}

/** Source: `createSnapshot`, `checkandUpdateContentStatus`. */
function told(
  context: ReconcileContext,
  content: KubernetesObject,
  reason: string,
  words: string,
  work: () => KubernetesObject,
): boolean {
  const done = failureOf(work);
  if ('value' in done) return !isReady(done.value);
  tellContentError(context, content, reason, `${words}: ${done.failed}`);
  return fail(done.failed);
}

/** Source: `createSnapshotWrapper`. */
function create(context: ReconcileContext, content: KubernetesObject): KubernetesObject {
  const { marked, taken } = snapshotAtDriver(context, content, () => withBeingCreated(context, content));
  if ('failed' in taken) {
    if (taken.isFinal) withoutBeingCreated(context, marked);
    return fail(taken.failed);
  }
  const written = failureOf(() => setStatus(context, marked, taken.value));
  if ('failed' in written)
    return fail(`error updating status for volume snapshot content ${nameOf(content)}: ${written.failed}`);
  return withoutBeingCreated(context, written.value);
}

/** Source: `checkandUpdateContentStatusOperation`, of a snapshot that lay in the storage before. */
function lookUp(context: ReconcileContext, content: KubernetesObject): KubernetesObject {
  return setStatus(context, content, statusAtDriver(context, content));
}

/** Source: `shouldDelete`. */
function shouldDelete(content: KubernetesObject): boolean {
  if (!isBeingDeleted(content)) return false;
  const isUnbound = (nameAt(content, 'spec', 'volumeSnapshotRef', 'uid') ?? '') === '';
  if (isPreProvisioned(content) && isUnbound) return true;
  const annotations = annotationsOf(content);
  return !annotations.has(BEING_CREATED) && annotations.has(BEING_DELETED);
}

/** Source: `setAnnVolumeSnapshotBeingCreated`. */
function withBeingCreated(context: ReconcileContext, content: KubernetesObject): KubernetesObject {
  if (annotationsOf(content).has(BEING_CREATED)) return content;
  const written = patchContent(context, content, { metadata: { annotations: { [BEING_CREATED]: 'yes' } } });
  return written.ok ? written.object : fail(updateFailed(nameOf(content), written.message));
}

/** Source: `removeAnnVolumeSnapshotBeingCreated`. */
function withoutBeingCreated(context: ReconcileContext, content: KubernetesObject): KubernetesObject {
  if (!annotationsOf(content).has(BEING_CREATED)) return content;
  const written = patchContent(context, content, { metadata: { annotations: { [BEING_CREATED]: null } } });
  return written.ok ? written.object : fail(updateFailed(nameOf(content), written.message));
}

/** Source: `removeContentFinalizer`. */
function removeFinalizer(context: ReconcileContext, content: KubernetesObject): void {
  if (!hasFinalizer(content, CONTENT_FINALIZER)) return;
  const finalizers = arrayAt(content, 'metadata', 'finalizers').filter((one) => one !== CONTENT_FINALIZER);
  const value = finalizers.length === 0 ? null : finalizers;
  const written = patchContent(context, content, { metadata: { finalizers: value } });
  if (!written.ok) fail(updateFailed(nameOf(content), written.message));
}
