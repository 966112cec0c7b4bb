import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { formatQuantity, isZeroQuantity, makeQuantity, quantityOf } from '../../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { booleanAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail } from '../../controllers/workload/sync-failure.ts';
import { timeOf } from '../../kernel/clock.ts';
import { updateFailed } from './controller-error.ts';
import { SNAPSHOTS } from './resources.ts';
import { boundContentOf, isCreated, isReady, snapshotKey } from './snapshot-facts.ts';
import { timeOfNanos } from './nanoseconds.ts';

/**
 * Says in the status what went wrong, and in an Event, once for the same words. Where the write fails nothing is told: the
 * client gives an object without a name then, of which no Event can be.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller.go
 * `updateSnapshotErrorStatusWithEvent`, v8.6.0.
 */
export function tellError(
  context: ReconcileContext,
  snapshot: KubernetesObject,
  reason: string,
  message: string,
  { keepsReady = false }: { readonly keepsReady?: boolean } = {},
): void {
  if (stringAt(snapshot, 'status', 'error', 'message') === message) return;
  const status = {
    ...objectAt(snapshot, 'status'),
    error: { time: timeOf(context.nowMs), message },
    ...(keepsReady ? {} : { readyToUse: false }),
  };
  const written = writeStatus(context, snapshot, status);
  if (written.ok) context.event(written.object, 'Warning', reason, message);
}

function writeStatus(context: ReconcileContext, snapshot: KubernetesObject, status: JsonObject) {
  return context.api.call({
    verb: 'update',
    resource: SNAPSHOTS,
    namespace: namespaceOf(snapshot) ?? '',
    name: nameOf(snapshot),
    subresource: 'status',
    body: { ...snapshot, status },
  });
}

/** A snapshot as the API server has it now. */
export function freshSnapshot(context: ReconcileContext, snapshot: KubernetesObject): KubernetesObject {
  const place = { resource: SNAPSHOTS, namespace: namespaceOf(snapshot) ?? '', name: nameOf(snapshot) };
  const found = context.api.call({ verb: 'get', ...place });
  return found.ok
    ? found.object
    : fail(`error get snapshot ${snapshotKey(snapshot)} from api server: ${found.message}`);
}

/** Says of a snapshot what its content says. Source: `updateSnapshotStatus`. */
export function updateStatus(
  context: ReconcileContext,
  snapshot: KubernetesObject,
  content: KubernetesObject,
): KubernetesObject {
  const before = freshSnapshot(context, snapshot);
  const status = nextStatus(before, content);
  if (status === undefined) return before;
  const after = { ...before, status };
  const key = snapshotKey(snapshot);
  if (!isCreated(before) && isCreated(after))
    context.event(snapshot, 'Normal', 'SnapshotCreated', `Snapshot ${key} was successfully created by the CSI driver.`);
  if (!isReady(before) && isReady(after))
    context.event(snapshot, 'Normal', 'SnapshotReady', `Snapshot ${key} is ready to use.`);
  const written = writeStatus(context, before, status);
  return written.ok ? written.object : fail(updateFailed(key, written.message));
}

/** Undefined where there is nothing to write. */
function nextStatus(snapshot: KubernetesObject, content: KubernetesObject): JsonObject | undefined {
  const readyToUse = isReady(content);
  const creationTime = timeOfNanos(valueAt(content, 'status', 'creationTime'));
  const restoreSize = sizeOf(valueAt(content, 'status', 'restoreSize'));
  const error = objectAt(content, 'status', 'error');
  const before = objectAt(snapshot, 'status');
  const status: Record<string, JsonValue | undefined> = { ...before };
  const changes: boolean[] = [];
  const set = (isDue: boolean, field: string, value: JsonValue | undefined): void => {
    if (!isDue) return;
    status[field] = value;
    changes.push(true);
  };
  set(boundContentOf(snapshot) === undefined, 'boundVolumeSnapshotContentName', nameOf(content));
  set(status['creationTime'] === undefined && creationTime !== undefined, 'creationTime', creationTime);
  const wasReady = booleanAt(snapshot, 'status', 'readyToUse');
  set(wasReady !== readyToUse, 'readyToUse', readyToUse);
  if (wasReady !== readyToUse && readyToUse) delete status['error'];
  set(needsSize(status['restoreSize'], restoreSize), 'restoreSize', restoreSize);
  // Two errors with times are taken for different whatever they say, as upstream compares where the times lie in memory.
  const isOther = error !== undefined || status['error'] !== undefined;
  set(isOther, 'error', error);
  if (status['error'] === undefined) delete status['error'];
  return changes.length === 0 && before !== undefined ? undefined : (status as JsonObject);
}

function sizeOf(bytes: JsonValue | undefined): string | undefined {
  if (typeof bytes !== 'number' && typeof bytes !== 'bigint') return undefined;
  return formatQuantity(makeQuantity(BigInt(bytes), 'BinarySI'));
}

function needsSize(before: JsonValue | undefined, size: string | undefined): boolean {
  if (size === undefined) return false;
  const [was, is] = [quantityOf(before), quantityOf(size)];
  return was === undefined || (isZeroQuantity(was) && is !== undefined && !isZeroQuantity(is));
}

/** Whether a snapshot does not say yet what its content does. Source: `needsUpdateSnapshotStatus`. */
export function isBehindContent(snapshot: KubernetesObject, content: KubernetesObject): boolean {
  const [own, told] = [objectAt(snapshot, 'status'), objectAt(content, 'status')];
  if (told === undefined) return false;
  if (own === undefined || boundContentOf(snapshot) === undefined) return true;
  const lacks = (field: string): boolean => own[field] === undefined && told[field] !== undefined;
  // Readiness is compared by where it lies in memory upstream: never the same where both say it.
  const bothSayReady = own['readyToUse'] !== undefined && told['readyToUse'] !== undefined;
  return (
    lacks('creationTime') ||
    lacks('readyToUse') ||
    bothSayReady ||
    needsSize(own['restoreSize'], sizeOf(told['restoreSize']))
  );
}
