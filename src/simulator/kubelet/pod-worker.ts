import { isBeingDeleted } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { unmountClaims } from './claims/unmount-claims.ts';
import { conditionsOf, hasCondition } from '../../apimachinery/conditions.ts';
import { DEADLINE_EXCEEDED, pastDeadline, setDeadline } from './active-deadline.ts';
import { releaseUses } from './object-cache.ts';
import { waitsForNetwork } from './pod-network.ts';
import type { PodRecord } from './pod-record.ts';
import { roomMade } from './preemption/preemption.ts';
import { addProbes, stopProbes } from './probe-manager.ts';
import { finishResize, podLeft } from './resize.ts';
import { madeCgroup, readsOtherwise } from './resize-cgroup.ts';
import { ALL_RESTARTING } from './restart.ts';
import type { KubeletState } from './state.ts';
import { tell } from './state.ts';
import { removePod, resend, updateStatus } from './status-manager.ts';
import { beginStep, isFatal, stepsOf } from './sync-steps.ts';
import { mountVolumes } from './volumes.ts';
import type { Retry } from './worker-queue.ts';
import { wantSync } from './worker-queue.ts';

/** Name of the timer with which a Pod is synced again. */
export const WAKE = 'sync-pod';

/** Goes on with all syncs that can go on, and begins those that are wanted, until nothing is left to do now. */
export function runWorkers(state: KubeletState, context: Context): void {
  const { cause } = context;
  for (;;) {
    const [first] = state.moved.size > 0 ? state.moved : state.wanted;
    if (first === undefined) break;
    const [uid, why] = first;
    const isMoved = state.moved.delete(uid);
    if (!isMoved) state.wanted.delete(uid);
    const record = state.records.get(uid);
    context.cause = why;
    if (record === undefined) continue;
    if (isMoved) moveOn(state, record, context);
    else consider(state, record, context);
  }
  context.cause = cause;
}

/** A sync is wanted: now, when the one that is under way is done, or after the next look at the runtime. */
function consider(state: KubeletState, record: PodRecord, context: Context): void {
  if (record.stage === 'terminated' || record.isRejected || !state.isListed) return;
  if (record.waitsFor.length > 0 && !mustEnd(record, context)) return;
  if (record.isSyncing) {
    record.isWanted = true;
    if (isWaitingForVolumes(record) && (mustEnd(record, context) || record.evicted !== undefined))
      finishSync(state, record, context);
    return;
  }
  const { relistMs } = context.numbers.kubelet;
  const lookMs = context.nowMs - (context.nowMs % relistMs);
  const isFresh = record.syncedAtMs === undefined || lookMs > record.syncedAtMs;
  if (isFresh && !state.changed.has(record.uid)) sync(state, record, context);
  else state.waiting.add(record.uid);
}

function isWaitingForVolumes({ stage, steps, volumes }: PodRecord): boolean {
  return stage === 'sync' && steps.length === 0 && !volumes.isMounted;
}

function mustEnd(record: PodRecord, context: Context): boolean {
  return isBeingDeleted(record.pod) || record.isRemoved || pastDeadline(record, context.nowMs);
}

/** One sync. Source: pkg/kubelet/kubelet.go `SyncPod`, `SyncTerminatingPod`, 1.36. */
function sync(state: KubeletState, record: PodRecord, context: Context): void {
  if (record.stage === 'terminated' || record.isSyncing) return;
  record.isSyncing = true;
  record.isWanted = false;
  record.wakeAtMs = undefined;
  record.failure = undefined;
  state.waiting.delete(record.uid);
  if (isBeingDeleted(record.pod) || record.isRemoved || isOver(stringAt(record.pod, 'status', 'phase')))
    record.stage = 'terminating';
  if (record.stage === 'terminating') {
    stopProbes(record, ['liveness', 'startup']);
    updateStatus(state, record, context);
    record.steps = [{ type: 'kill-pod' }];
    return runSteps(state, record, context);
  }
  finishResize(state, record, context);
  if (record.evicted === undefined && pastDeadline(record, context.nowMs)) {
    record.evicted = DEADLINE_EXCEEDED;
    tell(state, record, 'Normal', DEADLINE_EXCEEDED.reason, DEADLINE_EXCEEDED.message, context);
  }
  updateStatus(state, record, context);
  if (isOver(stringAt(record.status, 'phase'))) {
    record.stage = 'terminating';
    record.isWanted = true;
    return finishSync(state, record, context);
  }
  setDeadline(record, context);
  if (waitsForNetwork(state, record, context)) return;
  begin(state, record, context);
}

function isOver(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** A sync goes on: with its first step where it has none yet, else with what follows the one that has ended. */
function moveOn(state: KubeletState, record: PodRecord, context: Context): void {
  if (!record.isSyncing) return;
  const { outcome } = record;
  record.outcome = undefined;
  if (outcome === undefined) {
    if (record.stage === 'terminating' && record.steps.length === 0) return finishSync(state, record, context);
    return record.steps.length === 0 ? begin(state, record, context) : undefined;
  }
  const [step] = record.steps;
  const isCutShort = outcome.failed !== undefined && (step === undefined || isFatal(record, step));
  if (outcome.failed !== undefined) noteFailure(record, outcome.failed);
  record.steps = isCutShort ? [] : record.steps.slice(1);
  runSteps(state, record, context);
}

/** What comes after the volumes are mounted. */
function begin(state: KubeletState, record: PodRecord, context: Context): void {
  if (record.stage !== 'sync' || !mountVolumes(state, record, context)) return;
  addProbes(state, record, context);
  madeCgroup(record);
  const conditions = conditionsOf({ status: record.status ?? {} });
  record.steps = stepsOf(record, hasCondition(conditions, ALL_RESTARTING, 'True'));
  record.isWanted ||= record.steps.some(({ type }) => type === 'remove');
  runSteps(state, record, context);
}

function runSteps(state: KubeletState, record: PodRecord, context: Context): void {
  for (;;) {
    const [step] = record.steps;
    if (step === undefined) return finishSync(state, record, context);
    if (!beginStep(state, record, step, context)) return;
    record.steps = record.steps.slice(1);
  }
}

function noteFailure(record: PodRecord, { atMs, isSteady }: Retry): void {
  const before = record.failure;
  const earliest = Math.min(before?.retryAtMs ?? Infinity, atMs ?? Infinity);
  record.failure = {
    retryAtMs: earliest === Infinity ? undefined : earliest,
    isSteady: isSteady && before?.isSteady !== false,
  };
}

function finishSync(state: KubeletState, record: PodRecord, context: Context): void {
  record.isSyncing = false;
  record.syncedAtMs = context.nowMs;
  if (record.stage === 'terminating' && !record.isWanted && record.killing.size === 0 && hasEnded(record))
    return terminated(state, record, context);
  if (record.isWanted || mustEnd(record, context)) return wantSync(state, record, context);
  if (record.failure !== undefined) wakeLater(record, record.failure, context);
  else if (readsOtherwise(record)) lookAgain(record, context);
}

function hasEnded({ runtime }: PodRecord): boolean {
  return runtime.containers.every(({ state }) => state !== 'running') && runtime.sandboxes.every((one) => !one.isReady);
}

/** Source: pkg/kubelet/pod_workers.go `completeWork`, 1.36. */
function wakeLater(record: PodRecord, failure: NonNullable<PodRecord['failure']>, context: Context): void {
  const { syncRetryMs, syncJitterPercent, resyncMs, relistMs } = context.numbers.kubelet;
  const { retryAtMs, isSteady } = failure;
  const wanted = retryAtMs === undefined ? syncRetryMs : Math.max(0, retryAtMs - context.nowMs);
  const backoffMs = Math.min(wanted, resyncMs);
  const draw = context.random.integer(`sync/${record.uid}/${context.next('sync')}`, 0, syncJitterPercent * 10);
  const dueMs = context.nowMs + backoffMs + Math.round((backoffMs * draw) / 1000);
  record.wakeAtMs = Math.ceil(dueMs / relistMs) * relistMs;
  const data = { uid: record.uid, atMs: record.wakeAtMs };
  context.timer(record.wakeAtMs - context.nowMs, WAKE, data, { periodic: isSteady });
}

/**
 * A Pod with which all is well is synced again all the same. Only that look is made here from which its status comes out
 * otherwise. Source: pkg/kubelet/pod_workers.go `completeWork`, 1.36.
 */
function lookAgain(record: PodRecord, context: Context): void {
  const { resyncMs, syncJitterPercent } = context.numbers.kubelet;
  const draw = context.random.integer(`resync/${record.uid}/${context.next('resync')}`, 0, syncJitterPercent * 10);
  record.wakeAtMs = context.nowMs + resyncMs + Math.round((resyncMs * draw) / 1000);
  const data = { uid: record.uid, atMs: record.wakeAtMs };
  context.timer(record.wakeAtMs - context.nowMs, WAKE, data, { periodic: true });
}

/** Nothing of the Pod is left on the Node: says so, and lets the object go where it is to be deleted. */
function terminated(state: KubeletState, record: PodRecord, context: Context): void {
  if (unmountClaims(state, record, context)) return;
  record.seen = record.runtime;
  stopProbes(record, ['readiness']);
  updateStatus(state, record, context, true);
  record.stage = 'terminated';
  // What was held back while anything of it ran is told now.
  if (record.evicted !== undefined) resend(state, record, context);
  releaseUses(state, record.uid, context);
  podLeft(state, record, context);
  roomMade(state, record, context);
  if (record.isRemoved) state.records.delete(record.uid);
  else if (isBeingDeleted(record.pod) && !record.isSending) removePod(state, record, context);
}
