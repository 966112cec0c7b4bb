import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import { timeOf } from '../kernel/clock.ts';
import type { Controller, Outcome, PluginAnswer, ReconcileContext } from '../controllers/controller.ts';
import { VOLUMES, VOLUME_ATTACHMENTS } from '../controllers/resources.ts';
import { must, orFailed } from '../controllers/workload/sync-failure.ts';
import { CSI_CONTROLLER } from './csi-controller.ts';
import { allowsMultiAttach, csiVolumeOf, volumeIdentity } from './csi-volume.ts';

/**
 * Stands between VolumeAttachments and the drivers: has volumes attached, and taken off where an attachment is to go.
 * Source: github.com/kubernetes-csi/external-attacher pkg/controller/csi_handler.go, v4.
 */
export const attacher: Controller = {
  name: 'csi-attacher',
  workers: 10,
  readsOwnWrites: true,
  watches: [
    { resource: VOLUME_ATTACHMENTS, keysOf: ({ key, type }) => (type === 'DELETED' ? [] : [key]) },
    {
      resource: VOLUMES,
      keysOf: ({ object, type }, caches) =>
        type === 'DELETED' || !isBeingDeleted(object)
          ? []
          : caches.view(VOLUME_ATTACHMENTS).indexed('volume', nameOf(object)).map(nameOf),
    },
  ],
  reconcile: (context, key) => orFailed(() => sync(context, key)),
};

/** `external-attacher/ebs-csi-aws-com`. Source: pkg/controller/util.go `GetFinalizerName`. */
function finalizerOf(driver: string): string {
  return `external-attacher/${driver.replaceAll(/[^a-zA-Z0-9-]/g, '-')}`;
}

function sync(context: ReconcileContext, key: string): Outcome | void {
  const attachment = context.view(VOLUME_ATTACHMENTS).getKey(key);
  if (attachment === undefined) return undefined;
  const volume = context.view(VOLUMES).getKey(nameAt(attachment, 'spec', 'source', 'persistentVolumeName') ?? '');
  if (isBeingDeleted(attachment)) return detach(context, attachment, volume);
  if (booleanAt(attachment, 'status', 'attached') === true || volume === undefined) return undefined;
  const marked = withFinalizer(context, attachment);
  const called = call(context, 'ControllerPublishVolume', attachment, volume);
  const status: JsonObject = called.ok
    ? { attached: true }
    : { attached: false, attachError: { time: timeOf(context.nowMs), message: called.message } };
  writeStatus(context, marked, status);
  return called.ok ? undefined : { failed: called.message };
}

function detach(
  context: ReconcileContext,
  attachment: KubernetesObject,
  volume: KubernetesObject | undefined,
): Outcome | void {
  const finalizer = finalizerOf(stringAt(attachment, 'spec', 'attacher') ?? '');
  const finalizers = arrayAt(attachment, 'metadata', 'finalizers');
  if (!finalizers.includes(finalizer)) return undefined;
  const called = call(context, 'ControllerUnpublishVolume', attachment, volume);
  if (!called.ok) {
    const detachError = { time: timeOf(context.nowMs), message: called.message };
    const isAttached = booleanAt(attachment, 'status', 'attached') === true;
    writeStatus(context, attachment, { attached: isAttached, detachError });
    return { failed: called.message };
  }
  patchFinalizers(
    context,
    attachment,
    finalizers.filter((one) => one !== finalizer),
  );
  return undefined;
}

function call(
  context: ReconcileContext,
  method: string,
  attachment: KubernetesObject,
  volume: KubernetesObject | undefined,
): PluginAnswer {
  const driver = stringAt(attachment, 'spec', 'attacher') ?? '';
  const name = nameAt(attachment, 'spec', 'source', 'persistentVolumeName') ?? '';
  const handle = volume === undefined ? name : (csiVolumeOf(volume)?.handle ?? name);
  const isSingleNode = volume !== undefined && !allowsMultiAttach(volume);
  return context.plugins.call({
    to: CSI_CONTROLLER,
    class: 'csi',
    method,
    parameters: { driver, volume: handle, node: stringAt(attachment, 'spec', 'nodeName') ?? '', isSingleNode },
    about: volume === undefined ? `PersistentVolume//${name}` : volumeIdentity(volume),
    timeoutMs: context.numbers.storage.callTimeoutMs,
  });
}

function withFinalizer(context: ReconcileContext, attachment: KubernetesObject): KubernetesObject {
  const finalizer = finalizerOf(stringAt(attachment, 'spec', 'attacher') ?? '');
  const finalizers = arrayAt(attachment, 'metadata', 'finalizers');
  return finalizers.includes(finalizer) ? attachment : patchFinalizers(context, attachment, [...finalizers, finalizer]);
}

function patchFinalizers(
  context: ReconcileContext,
  attachment: KubernetesObject,
  finalizers: readonly JsonValue[],
): KubernetesObject {
  const { apiVersion, kind } = attachment;
  const metadata = { finalizers: finalizers.length === 0 ? null : finalizers };
  return patch(context, attachment, { apiVersion, kind, metadata });
}

function writeStatus(context: ReconcileContext, attachment: KubernetesObject, status: JsonObject): void {
  const { apiVersion, kind } = attachment;
  // What went wrong before is gone once it has gone well.
  const before = objectAt(attachment, 'status') ?? {};
  const cleared = Object.fromEntries(Object.keys(before).map((field) => [field, null]));
  patch(context, attachment, { apiVersion, kind, status: { ...cleared, ...status } }, 'status');
}

function patch(
  context: ReconcileContext,
  attachment: KubernetesObject,
  body: KubernetesObject,
  subresource?: string,
): KubernetesObject {
  const at = { verb: 'patch', resource: VOLUME_ATTACHMENTS, name: nameOf(attachment) } as const;
  const patched = context.api.call({
    ...at,
    ...(subresource === undefined ? {} : { subresource }),
    options: { patchType: 'merge' },
    body,
  });
  return !patched.ok && patched.code === 404 ? attachment : must(patched);
}
