import { conditionsOf } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, isJsonObject, jsonEqual, nameAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { timeOf } from '../kernel/clock.ts';
import type { PodRecord } from './pod-record.ts';
import { dated, podStatus } from './pod-status.ts';
import { withProbeResults } from './probe-results.ts';
import { allocatedPod } from './allocated-pod.ts';
import { shouldAllRestart } from './restart.ts';
import { ask } from './state.ts';
import type { KubeletState } from './state.ts';

const PODS = { group: '', version: 'v1', plural: 'pods' } as const;

/** Makes the status of a Pod anew, and sends it where it has changed. */
export function updateStatus(state: KubeletState, record: PodRecord, context: Context, isTerminal = false): void {
  const { pod, seen, reasons, evicted, resize } = record;
  const before = record.status ?? objectAt(pod, 'status') ?? {};
  const made = podStatus({
    pod: allocatedPod(record),
    runtime: seen,
    before,
    reasons,
    evicted,
    resize,
    cgroup: record.cgroup?.read,
    restartsAll: shouldAllRestart(pod, seen, before),
    hostIps: state.settings.hostIps,
    isTerminal,
    probed: (status, container, isInit) => withProbeResults(state, record, status, container, isInit, context),
  });
  setStatus(state, record, made, context);
}

/**
 * The sandbox has its network: said at once, before the images are pulled.
 * Source: pkg/kubelet/kubelet.go `OnPodSandboxReady`, 1.36.
 */
export function sandboxReady(state: KubeletState, record: PodRecord, context: Context): void {
  const status = record.status ?? objectAt(record.pod, 'status') ?? {};
  const type = 'PodReadyToStartContainers';
  const generation = numberAt(record.pod, 'metadata', 'generation');
  const seen = generation === undefined ? {} : { observedGeneration: generation };
  const conditions = conditionsOf({ status }).map((condition) =>
    stringAt(condition, 'type') === type ? { type, ...seen, status: 'True' } : condition,
  );
  setStatus(state, record, { ...status, conditions }, context);
}

/** Source: pkg/kubelet/status/status_manager.go `SetPodStatus`, 1.36. */
export function setStatus(state: KubeletState, record: PodRecord, status: JsonObject, context: Context): void {
  const before = record.status ?? objectAt(record.pod, 'status') ?? {};
  const made = dated(status, before, record.pod, timeOf(context.nowMs));
  if (record.status !== undefined && jsonEqual(made, record.status)) return;
  record.status = Object.freeze(made);
  record.isDirty = true;
  sendStatus(state, record, context);
}

function sendStatus(state: KubeletState, record: PodRecord, context: Context): void {
  if (record.isSending || !record.isDirty) return;
  record.isSending = true;
  record.isDirty = false;
  ask(state, { type: 'get', uid: record.uid }, { verb: 'get', ...podAddress(record.pod) }, context);
}

/** Each write comes after a read; what is there already is not written. Source: status_manager.go `syncPod`, 1.36. */
export function podRead(
  state: KubeletState,
  record: PodRecord,
  code: number,
  found: KubernetesObject | undefined,
  context: Context,
): void {
  if (code !== 200) return statusSent(state, record, code, context);
  if (nameAt(found, 'metadata', 'uid') !== record.uid || record.status === undefined)
    return statusSent(state, record, 404, context);
  const told = objectAt(found, 'status') ?? {};
  const status = changes(told, heldBack(record, told));
  record.isDirty = false;
  if (Object.keys(status).length === 0) return statusSent(state, record, 200, context);
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'Pod', metadata: { uid: record.uid }, status };
  const call = { verb: 'patch', ...podAddress(record.pod), subresource: 'status', body } as const;
  ask(state, { type: 'status', uid: record.uid }, { ...call, options: { patchType: 'strategic' } }, context);
}

/**
 * Of a Pod that the kubelet ends it is said that it has failed, and why, only when nothing of it runs any more.
 * Source: status_manager.go `mergePodStatus`, 1.36.
 */
function heldBack({ evicted, stage, status = {} }: PodRecord, told: JsonObject): JsonObject {
  if (evicted === undefined || stage === 'terminated' || isOver(told)) return status;
  const { phase: _, reason: _reason, message: _message, ...rest } = status;
  const conditions = conditionsOf({ status }).filter(({ type }) => type !== evicted.condition?.type);
  const before = Object.fromEntries(
    ['phase', 'reason', 'message'].flatMap((field) => (told[field] === undefined ? [] : [[field, told[field]]])),
  ) as JsonObject;
  return { ...rest, ...before, conditions };
}

function isOver(status: JsonObject): boolean {
  return status['phase'] === 'Failed' || status['phase'] === 'Succeeded';
}

/** Fields of the kubelet's that are taken away where it does not tell them any more. */
const REMOVABLE = ['reason', 'message', 'podIP', 'podIPs'];

/** What has to be written so that a status becomes another: whole fields, and of the conditions those that differ. */
function changes(before: JsonObject, after: JsonObject): JsonObject {
  const patch: Record<string, JsonValue> = {};
  for (const [field, value] of Object.entries(after)) {
    if (value === undefined || jsonEqual(before[field], value)) continue;
    if (field === 'podIPs' || field === 'hostIPs') patch[field] = addressesInstead(before[field], value);
    else if (field !== 'conditions') patch[field] = instead(before[field], value);
    else {
      const old = arrayAt(before, field);
      patch[field] = arrayAt(after, field).flatMap((condition): readonly JsonValue[] => {
        const same = old.find((one) => stringAt(one, 'type') === stringAt(condition, 'type'));
        return same !== undefined && isSame(same, condition) ? [] : [withRemoved(same, condition)];
      });
    }
  }
  for (const field of REMOVABLE) if (before[field] !== undefined && after[field] === undefined) patch[field] = null;
  const gone = arrayAt(before, 'conditions').filter((condition) => {
    const type = stringAt(condition, 'type') ?? '';
    return type.startsWith('PodResize') && !arrayAt(after, 'conditions').some((one) => stringAt(one, 'type') === type);
  });
  if (gone.length > 0)
    patch['conditions'] = [
      ...arrayAt(patch, 'conditions'),
      ...gone.map((condition) => ({ $patch: 'delete', type: stringAt(condition, 'type') ?? '' })),
    ];
  if (arrayAt(patch, 'conditions').length === 0) delete patch['conditions'];
  return patch;
}

/** An object is merged with the one before it: what it has no more has to be taken away. */
function instead(before: JsonValue | undefined, after: JsonValue): JsonValue {
  if (!isJsonObject(before) || !isJsonObject(after)) return after;
  const gone = Object.keys(before).filter((field) => after[field] === undefined);
  return {
    ...Object.fromEntries(
      Object.entries(after).map(([field, value]) => [field, instead(before[field], value ?? null)]),
    ),
    ...Object.fromEntries(gone.map((field) => [field, null])),
  };
}

/**
 * Addresses are merged by `ip`: those that no longer hold have to be taken away.
 * Source: staging/src/k8s.io/api/core/v1/types.go `PodIPs`, 1.36.
 */
function addressesInstead(before: JsonValue | undefined, after: JsonValue): JsonValue {
  const now = arrayAt(after);
  const ips = new Set(now.map((one) => stringAt(one, 'ip')));
  const gone = arrayAt(before).filter((one) => !ips.has(stringAt(one, 'ip')));
  return [...now, ...gone.map((one) => ({ $patch: 'delete', ip: stringAt(one, 'ip') ?? '' }))];
}

/** Whether a condition stands there already; a time that is null is none. */
function isSame(before: JsonValue, after: JsonValue): boolean {
  const told = Object.entries(objectAt(before) ?? {}).filter(([, value]) => value !== null);
  return jsonEqual(Object.fromEntries(told), after);
}

/** The condition, with nothing in the place of what it had before and has no more. */
function withRemoved(before: JsonValue | undefined, after: JsonValue): JsonValue {
  const now = objectAt(after) ?? {};
  const gone = Object.keys(objectAt(before) ?? {}).filter((field) => now[field] === undefined);
  return { ...now, ...Object.fromEntries(gone.map((field) => [field, null])) };
}

export const RESEND = 'resend-status';
/** Source: pkg/kubelet/status/status_manager.go `syncPeriod`, 1.36. */
const RESEND_MS = 10_000;

/** What was refused is tried again at the next look, whatever the reason; of a Pod that is gone nothing is told. */
export function statusSent(state: KubeletState, record: PodRecord, code: number, context: Context): void {
  record.isSending = false;
  if (code !== 200 && code !== 404) {
    record.isDirty = true;
    return context.timer(RESEND_MS, RESEND, record.uid, { periodic: true });
  }
  if (record.isDirty) return sendStatus(state, record, context);
  if (record.stage === 'terminated' && isBeingDeleted(record.pod)) removePod(state, record, context);
}

export const RECONCILE = 'reconcile-status';

/**
 * The server has a status that is not as the kubelet last made it: somebody else wrote there, such as the node lifecycle
 * controller while the machine was cut off. It is told again at the next look, if it then still differs.
 * Source: pkg/kubelet/status/status_manager.go `syncBatch` and `needsReconcile`, 1.36.
 */
export function serverTold(record: PodRecord, context: Context): void {
  if (record.isReconcileSet || record.isSending || !differsOnServer(record)) return;
  record.isReconcileSet = true;
  context.timer(RESEND_MS, RECONCILE, record.uid);
}

export function reconcile(state: KubeletState, record: PodRecord, context: Context): void {
  record.isReconcileSet = false;
  if (!record.isSending && differsOnServer(record)) resend(state, record, context);
}

function differsOnServer(record: PodRecord): boolean {
  if (record.status === undefined) return false;
  const told = objectAt(record.pod, 'status') ?? {};
  return Object.keys(changes(told, heldBack(record, told))).length > 0;
}

export function resend(state: KubeletState, record: PodRecord, context: Context): void {
  record.isDirty = true;
  sendStatus(state, record, context);
}

/** Nothing of the Pod is left here: its object may go. */
export function removePod(state: KubeletState, record: PodRecord, context: Context): void {
  const options = { gracePeriodSeconds: 0, preconditions: { uid: record.uid } };
  ask(state, { type: 'delete', uid: record.uid }, { verb: 'delete', ...podAddress(record.pod), options }, context);
}

function podAddress(pod: KubernetesObject) {
  return { resource: PODS, namespace: namespaceOf(pod) ?? 'default', name: nameOf(pod) } as const;
}
