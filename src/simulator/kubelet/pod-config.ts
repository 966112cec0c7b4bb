import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, jsonEqual, nameAt, stringAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { WatchEvent } from '../messages.ts';
import { admitPod } from './admission.ts';
import { adopt } from './pleg.ts';
import type { PodRecord } from './pod-record.ts';
import { NO_RUNTIME } from './pod-runtime.ts';
import { wantSync } from './worker-queue.ts';
import { podResized } from './resize.ts';
import type { KubeletState } from './state.ts';
import { removePod, resend, serverTold, updateStatus } from './status-manager.ts';
import { NO_VOLUMES } from './volumes.ts';

/** Takes in what the API server tells of the Pods of the Node: those that are new by their age. */
export function podsChanged(state: KubeletState, events: readonly WatchEvent[], context: Context): void {
  const isNew = ({ type, object }: WatchEvent) => type !== 'DELETED' && !state.records.has(uidOf(object));
  const added = events.filter(isNew);
  if (added.length > 1) added.sort((a, b) => compareAge(a.object, b.object));
  for (const { object } of added) podAdded(state, object, context);
  for (const event of events) {
    if (added.includes(event)) continue;
    const record = state.records.get(uidOf(event.object));
    if (record === undefined) continue;
    if (event.type === 'DELETED') podRemoved(state, record, context);
    else podUpdated(state, record, event.object, context);
  }
}

function uidOf(pod: KubernetesObject): string {
  return nameAt(pod, 'metadata', 'uid') ?? '';
}

function compareAge(a: KubernetesObject, b: KubernetesObject): number {
  const [left, right] = [a, b].map((pod) => stringAt(pod, 'metadata', 'creationTimestamp') ?? '');
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
}

/** Source: pkg/kubelet/kubelet.go `HandlePodAdditions`, 1.36. */
function podAdded(state: KubeletState, pod: KubernetesObject, context: Context): void {
  const record = newRecord(uidOf(pod), pod);
  state.records.set(record.uid, record);
  adopt(state, record);
  if (isOver(pod)) {
    if (record.runtime.containers.length === 0 && record.runtime.sandboxes.length === 0)
      return leave(state, record, context);
  } else if (!isBeingDeleted(pod) && !admitPod(state, record, context)) return;
  wantSync(state, record, context);
}

function isOver(pod: KubernetesObject): boolean {
  const phase = stringAt(pod, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Nothing of the Pod was ever here, or is any more. */
function leave(state: KubeletState, record: PodRecord, context: Context): void {
  record.stage = 'terminated';
  if (isBeingDeleted(record.pod)) removePod(state, record, context);
}

function newRecord(uid: string, pod: KubernetesObject): PodRecord {
  return {
    uid,
    key: `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`,
    pod,
    stage: 'sync',
    isRejected: false,
    isRemoved: false,
    runtime: NO_RUNTIME,
    seen: NO_RUNTIME,
    isSyncing: false,
    isWanted: false,
    syncedAtMs: undefined,
    wakeAtMs: undefined,
    steps: [],
    outcome: undefined,
    failure: undefined,
    attempts: new Map(),
    reasons: new Map(),
    crashBackoff: new Map(),
    pullBackoff: new Map(),
    pullErrors: new Map(),
    killing: new Map(),
    probes: new Map(),
    results: new Map(),
    volumes: NO_VOLUMES,
    resize: [],
    agreed: undefined,
    cgroup: undefined,
    evicted: undefined,
    waitsFor: [],
    status: undefined,
    isSending: false,
    isDirty: false,
    isReconcileSet: false,
  };
}

/**
 * Only what somebody wants of the Pod leads to a sync; of its status only what its readiness gates wait for.
 * Source: pkg/kubelet/config/config.go `podsDifferSemantically`, pkg/kubelet/kubelet.go `HandlePodReconcile`, 1.36.
 */
function podUpdated(state: KubeletState, record: PodRecord, pod: KubernetesObject, context: Context): void {
  const before = record.pod;
  record.pod = pod;
  if (record.stage === 'terminated') {
    if (isBeingDeleted(pod) && !record.isSending) resend(state, record, context);
    return;
  }
  if (before['spec'] !== pod['spec'] && !isBeingDeleted(pod)) podResized(state, record, before, context);
  serverTold(record, context);
  if (differ(before, pod)) return wantSync(state, record, context);
  if (gatesChanged(before, pod) && record.stage === 'sync' && record.status !== undefined)
    updateStatus(state, record, context);
}

const METADATA = ['deletionTimestamp', 'deletionGracePeriodSeconds', 'labels', 'annotations'] as const;

function differ(before: KubernetesObject, after: KubernetesObject): boolean {
  if (before['spec'] !== after['spec'] && !jsonEqual(before['spec'], after['spec'])) return true;
  const [old, now] = [before['metadata'], after['metadata']] as unknown as readonly Record<string, unknown>[];
  return METADATA.some((field) => old?.[field] !== now?.[field] && !jsonEqual(old?.[field], now?.[field]));
}

function gatesChanged(before: KubernetesObject, after: KubernetesObject): boolean {
  const gates = arrayAt(after, 'spec', 'readinessGates').map((gate) => stringAt(gate, 'conditionType'));
  if (gates.length === 0) return false;
  const states = (pod: KubernetesObject) =>
    arrayAt(pod, 'status', 'conditions')
      .filter((condition) => gates.includes(stringAt(condition, 'type')))
      .map((condition) => stringAt(condition, 'status'));
  return !jsonEqual(states(before), states(after));
}

/** The object is gone: what still runs of the Pod ends. Source: pkg/kubelet/kubelet.go `HandlePodRemoves`, 1.36. */
function podRemoved(state: KubeletState, record: PodRecord, context: Context): void {
  record.isRemoved = true;
  if (record.stage === 'terminated') state.records.delete(record.uid);
  else wantSync(state, record, context);
}
