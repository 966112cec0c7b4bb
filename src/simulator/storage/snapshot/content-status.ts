import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { objectAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail } from '../../controllers/workload/sync-failure.ts';
import { timeOf } from '../../kernel/clock.ts';
import { updateFailed } from './controller-error.ts';
import { patchContent } from './patch-content.ts';
import { CONTENTS } from './resources.ts';

/** What a driver says of a snapshot. */
export interface DriverSnapshot {
  readonly handle: string;
  readonly readyToUse: boolean;
  /** Nanoseconds since 1970. */
  readonly creationTime: number;
  /** 0 where the driver does not know. */
  readonly sizeBytes: number;
}

/** A content as the API server has it now. */
export function freshContent(context: ReconcileContext, name: string): KubernetesObject {
  const found = context.api.call({ verb: 'get', resource: CONTENTS, name });
  return found.ok ? found.object : fail(`error get snapshot content ${name} from api server: ${found.message}`);
}

/**
 * Says of a content what its driver says; what stands there already stays, but for the readiness.
 * Source: kubernetes-csi/external-snapshotter pkg/sidecar-controller/snapshot_controller.go `updateSnapshotContentStatus`,
 * v8.6.0.
 */
export function setStatus(
  context: ReconcileContext,
  content: KubernetesObject,
  { handle, readyToUse, creationTime, sizeBytes }: DriverSnapshot,
): KubernetesObject {
  const before = freshContent(context, nameOf(content));
  const status = objectAt(before, 'status');
  const changes: Record<string, JsonValue> = {};
  if (status?.['snapshotHandle'] === undefined) changes['snapshotHandle'] = handle;
  if (status?.['readyToUse'] !== readyToUse) changes['readyToUse'] = readyToUse;
  if (status?.['readyToUse'] !== readyToUse && readyToUse && status?.['error'] !== undefined) changes['error'] = null;
  if (status?.['creationTime'] === undefined) changes['creationTime'] = creationTime;
  if (status?.['restoreSize'] === undefined && sizeBytes > 0) changes['restoreSize'] = sizeBytes;
  if (Object.keys(changes).length === 0) return before;
  const written = patchContent(context, before, { status: changes }, 'status');
  return written.ok ? written.object : fail(updateFailed(nameOf(content), written.message));
}

/** Says what went wrong, once for the same words. Source: `updateContentErrorStatusWithEvent`. */
export function tellContentError(
  context: ReconcileContext,
  content: KubernetesObject,
  reason: string,
  message: string,
): void {
  if (stringAt(content, 'status', 'error', 'message') === message) return;
  const status: JsonObject = { error: { time: timeOf(context.nowMs), message }, readyToUse: false };
  const written = patchContent(context, content, { status }, 'status');
  context.event(written.ok ? written.object : content, 'Warning', reason, message);
}
