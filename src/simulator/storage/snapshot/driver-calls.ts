import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import { parseQuantity, valueOf } from '../../../apimachinery/quantity.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { nameAt, objectAt, stringAt, stringMapAt } from '../../../base/json.ts';
import type { PluginAnswer, ReconcileContext } from '../../controllers/controller.ts';
import { VOLUMES } from '../../controllers/resources.ts';
import { fail, failureOf } from '../../controllers/workload/sync-failure.ts';
import { CSI_CONTROLLER } from '../csi-controller.ts';
import { csiVolumeOf } from '../csi-volume.ts';
import type { DriverSnapshot } from './content-status.ts';
import { freshContent } from './content-status.ts';
import { updateFailed } from './controller-error.ts';
import { nanosOf } from './nanoseconds.ts';
import { CONTENTS, SECRET_NAME, SECRET_NAMESPACE } from './resources.ts';
import { requireSecret, secretReference } from './secret-reference.ts';
import { classNamed } from './snapshot-class.ts';
import { snapshotClassOf } from './snapshot-facts.ts';

/*
 * What the snapshotter asks a driver for.
 * Source: kubernetes-csi/external-snapshotter pkg/sidecar-controller/{snapshot_controller,csi_handler}.go, v8.6.0.
 */

type Taken = { readonly value: DriverSnapshot } | { readonly failed: string; readonly isFinal: boolean };

/** Has a snapshot taken of the volume of a content, once `mark` has written down that it is asked for. */
export function snapshotAtDriver(
  context: ReconcileContext,
  content: KubernetesObject,
  mark: () => KubernetesObject,
): { readonly marked: KubernetesObject; readonly taken: Taken } {
  const parameters = failureOf(() => inputOf(context, content));
  const words = `content ${nameOf(content)}`;
  if ('failed' in parameters)
    return fail(`failed to get input parameters to create snapshot for ${words}: ${quoteString(parameters.failed)}`);
  const done = failureOf(mark);
  if ('failed' in done)
    return fail(`failed to add VolumeSnapshotBeingCreated annotation on the ${words}: ${quoteString(done.failed)}`);
  const volume = nameAt(content, 'spec', 'source', 'volumeHandle') ?? '';
  const uid = nameAt(content, 'spec', 'volumeSnapshotRef', 'uid') ?? '';
  if (uid === '') return { marked: done.value, taken: notTaken(volume, unboundWords(content), false) };
  const answer = call(context, content, 'CreateSnapshot', {
    name: `snapshot-${uid}`,
    sourceVolume: volume,
    volumeBytes: volumeBytes(context, volume),
    ...(parameters.value.size === 0 ? {} : { parameters: Object.fromEntries(parameters.value) }),
  });
  if (!answer.ok) return { marked: done.value, taken: notTaken(volume, answer.message, isFinal(answer.message)) };
  return { marked: done.value, taken: { value: snapshotFrom(context, answer.result) } };
}

function unboundWords(content: KubernetesObject): string {
  return `cannot create snapshot. Snapshot content ${nameOf(content)} not bound to a snapshot`;
}

function notTaken(volume: string, message: string, final: boolean): Taken {
  return { failed: `failed to take snapshot of the volume ${volume}: ${quoteString(message)}`, isFinal: final };
}

/** What a driver is told of the class, which must be there. Source: `getCSISnapshotInput`, `RemovePrefixedParameters`. */
function inputOf(context: ReconcileContext, content: KubernetesObject): ReadonlyMap<string, string> {
  const name = snapshotClassOf(content);
  if (name === undefined) return fail(`failed to take snapshot ${nameOf(content)} without a snapshot class`);
  const parameters = stringMapAt(classNamed(context, name), 'parameters');
  requireDeletionSecret(context, content);
  return new Map([...parameters].filter(([key]) => !key.startsWith('csi.storage.k8s.io/')));
}

/** Fails where the Secret that a content names is not there. Source: `GetCredentialsFromAnnotation`. */
function requireDeletionSecret(context: ReconcileContext, content: KubernetesObject): void {
  const annotations = annotationsOf(content);
  const [name, namespace] = [annotations.get(SECRET_NAME), annotations.get(SECRET_NAMESPACE)];
  if (name === undefined || namespace === undefined) return;
  const of = quoteString(nameOf(content));
  if (name === '' || namespace === '')
    fail(`cannot retrieve secrets for snapshot content ${of}, err: secret name or namespace not specified`);
  const found = failureOf(() => requireSecret(context, { name, namespace }));
  if ('failed' in found) fail(`cannot get credentials for snapshot content ${of}`);
}

/** What a driver knows by itself of its volume, and the simulated one is told: its size. */
function volumeBytes(context: ReconcileContext, handle: string): number {
  const volume = context
    .view(VOLUMES)
    .list()
    .find((one) => csiVolumeOf(one)?.handle === handle);
  const size = parseQuantity(stringAt(volume, 'spec', 'capacity', 'storage') ?? '0');
  return size === undefined ? 0 : Number(valueOf(size));
}

/** How it is with a snapshot that lay in the storage before. Source: `checkandUpdateContentStatusOperation`. */
export function statusAtDriver(context: ReconcileContext, content: KubernetesObject): DriverSnapshot {
  const className = snapshotClassOf(content);
  const name = nameOf(content);
  if (className !== undefined) {
    const found = failureOf(() => classNamed(context, className));
    if ('failed' in found)
      return fail(`failed to get snapshot class ${className} for snapshot content ${name}: ${found.failed}`);
    const parameters = stringMapAt(found.value, 'parameters');
    const secret = failureOf(() => secretReference('SnapshotterList', parameters, name));
    if ('failed' in secret)
      return fail(`failed to get secret reference for snapshot content ${name}: ${secret.failed}`);
    const read = failureOf(() => secret.value && requireSecret(context, secret.value));
    if ('failed' in read) return fail(`failed to get credentials for snapshot content ${name}: ${read.failed}`);
  }
  const handle = handleOf(content);
  const answer = call(context, content, 'ListSnapshots', { snapshotId: handle });
  const message = answer.ok ? undefined : answer.message;
  if (message !== undefined) return fail(`failed to list snapshot for content ${name}: ${quoteString(message)}`);
  return snapshotFrom(context, answer.ok ? answer.result : {}, handle);
}

function handleOf(content: KubernetesObject): string {
  return nameAt(content, 'status', 'snapshotHandle') ?? nameAt(content, 'spec', 'source', 'snapshotHandle') ?? '';
}

/** Has a snapshot deleted, and says in its content that it is no more. Source: `deleteCSISnapshotOperation`. */
export function deleteAtDriver(context: ReconcileContext, content: KubernetesObject): KubernetesObject {
  const name = nameOf(content);
  const refused = (event: string, words: string): never => {
    context.event(content, 'Warning', 'SnapshotDeleteError', event);
    return fail(words);
  };
  const allowed = failureOf(() => requireDeletionSecret(context, content));
  if ('failed' in allowed)
    return refused(
      'Failed to get snapshot credentials',
      `failed to get input parameters to delete snapshot for content ${name}: ${quoteString(allowed.failed)}`,
    );
  const answer = call(context, content, 'DeleteSnapshot', { snapshotId: handleOf(content) });
  if (!answer.ok) {
    const words = `failed to delete snapshot content ${name}: ${quoteString(answer.message)}`;
    return refused('Failed to delete snapshot', `failed to delete snapshot ${quoteString(name)}, err: ${words}`);
  }
  const cleared = failureOf(() => withoutSnapshot(context, name));
  return 'value' in cleared ? cleared.value : refused('Failed to clear content status', cleared.failed);
}

/** Source: `clearVolumeContentStatus`. */
function withoutSnapshot(context: ReconcileContext, name: string): KubernetesObject {
  const fresh = freshContent(context, name);
  const {
    snapshotHandle: _handle,
    readyToUse: _ready,
    creationTime: _time,
    restoreSize: _size,
    ...rest
  } = objectAt(fresh, 'status') ?? {};
  const place = { resource: CONTENTS, name, subresource: 'status' };
  const body = { ...fresh, status: rest as JsonObject };
  const written = context.api.call({ verb: 'update', ...place, body });
  return written.ok ? written.object : fail(updateFailed(name, written.message));
}

function call(
  context: ReconcileContext,
  content: KubernetesObject,
  method: string,
  parameters: Readonly<Record<string, JsonValue>>,
): PluginAnswer {
  return context.plugins.call({
    to: CSI_CONTROLLER,
    class: 'csi',
    method,
    parameters: { driver: stringAt(content, 'spec', 'driver') ?? '', ...parameters },
    about: `VolumeSnapshotContent.snapshot.storage.k8s.io//${nameOf(content)}`,
    timeoutMs: context.numbers.storage.snapshotTimeoutMs,
  });
}

/** What a driver has answered; a time that it does not know is now. */
function snapshotFrom(
  context: ReconcileContext,
  result: Readonly<Record<string, unknown>>,
  handle = String(result['snapshotId'] ?? ''),
): DriverSnapshot {
  const { createdAtMs, sizeBytes } = result;
  return {
    handle,
    readyToUse: result['readyToUse'] === true,
    creationTime: nanosOf(typeof createdAtMs === 'number' ? createdAtMs : context.nowMs),
    sizeBytes: typeof sizeBytes === 'number' ? sizeBytes : 0,
  };
}

/** Errors after which nothing of a snapshot is under way at a driver. Source: `isCSIFinalError`. */
function isFinal(message: string): boolean {
  const code = /^rpc error: code = (\w+) /.exec(message)?.[1];
  return code !== undefined && !NOT_FINAL.has(code);
}

const NOT_FINAL: ReadonlySet<string> = new Set([
  'Canceled',
  'DeadlineExceeded',
  'Unavailable',
  'ResourceExhausted',
  'Aborted',
]);
