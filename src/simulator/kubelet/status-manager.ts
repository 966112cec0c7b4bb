import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { jsonEqual, nameAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { PodRecord } from './pod-record.ts';
import { podStatus } from './pod-status.ts';
import { ask } from './state.ts';
import type { KubeletState } from './state.ts';

const PODS = { group: '', version: 'v1', plural: 'pods' } as const;

/** Sends the status of a Pod where it has changed: first reads the Pod. Source: pkg/kubelet/status/status_manager.go, 1.36. */
export function updateStatus(state: KubeletState, record: PodRecord, context: Context): void {
  const status = podStatus(record, state.settings.hostIp, context.nowMs);
  if (jsonEqual(status, record.status)) return;
  record.status = status;
  record.isDirty = true;
  sendStatus(state, record, context);
}

function sendStatus(state: KubeletState, record: PodRecord, context: Context): void {
  if (record.isSending || !record.isDirty) return;
  record.isSending = true;
  record.isDirty = false;
  ask(state, { type: 'get', uid: record.uid }, { verb: 'get', ...podAddress(record.pod) }, context);
}

export function podRead(
  state: KubeletState,
  record: PodRecord,
  code: number,
  found: KubernetesObject | undefined,
  context: Context,
): void {
  if (code !== 200 || nameAt(found, 'metadata', 'uid') !== record.uid) {
    if (code === 0) record.isDirty = true;
    return statusSent(state, record, code, context);
  }
  const body: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { uid: record.uid },
    status: record.status,
  };
  record.isDirty = false;
  const call = { verb: 'patch', ...podAddress(record.pod), subresource: 'status', body } as const;
  ask(state, { type: 'status', uid: record.uid }, { ...call, options: { patchType: 'strategic' } }, context);
}

export const RESEND = 'resend-status';
const RESEND_MS = 10_000;

export function statusSent(state: KubeletState, record: PodRecord, code: number, context: Context): void {
  record.isSending = false;
  if (code === 0) {
    record.isDirty = true;
    return context.timer(RESEND_MS, RESEND, record.uid, { periodic: true });
  }
  if (record.isDirty) return sendStatus(state, record, context);
  if (record.isGone && isBeingDeleted(record.pod)) removePod(state, record, context);
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
