import { numberAt, objectAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { HookOutcome } from './hooks.ts';
import { runHook } from './hooks.ts';
import type { PodRecord } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import { containersOf, nameOfContainer, specOf } from './pod-runtime.ts';
import { stepDone, stepFailed } from './worker-queue.ts';
import type { KillReason } from './restart.ts';
import { graceSeconds, isSidecar } from './restart.ts';
import type { KubeletState } from './state.ts';
import { callRuntime, tell } from './state.ts';

/** A container that is being ended: it runs its hook, waits until others have ended, or has been told to stop. */
export interface Killing {
  readonly id: string;
  readonly name: string;
  readonly phase: 'hook' | 'turn' | 'stop';
  /** When the phase began, and the seconds left to it then. */
  readonly sinceMs: number;
  readonly graceSeconds: number;
  /** Sidecars wait for the containers that they serve. */
  readonly isOrdered: boolean;
}

/** Name of the timer after which a phase is over whatever happens. */
export const KILL = 'kill-container';
export interface KillTimer {
  readonly uid: string;
  readonly id: string;
  readonly phase: Killing['phase'];
  readonly sinceMs: number;
}

/**
 * Ends all containers of a Pod, then its sandbox; true where there is nothing to end.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `killPodWithSyncResult`, 1.36.
 */
export function beginKillPod(state: KubeletState, record: PodRecord, context: Context): boolean {
  const running = record.runtime.containers.filter((container) => container.state === 'running');
  if (running.length === 0) return !stopSandbox(state, record, context);
  const isOrdered = containersOf(record.pod, 'init').some(isSidecar);
  for (const container of running) {
    const grace = graceOf(record, container, '', context);
    record.killing.set(container.id, killing(container, 'turn', grace, isOrdered, context));
  }
  for (const container of running) begin(state, record, container, { message: '', reason: '', isOrdered }, context);
  return false;
}

/** Ends one container; true where it has ended already. */
export function killOne(
  state: KubeletState,
  record: PodRecord,
  { id, message, reason }: { readonly id: string; readonly message: string; readonly reason: KillReason },
  context: Context,
): boolean {
  const container = record.runtime.containers.find((candidate) => candidate.id === id);
  if (container?.state !== 'running') return true;
  begin(state, record, container, { message, reason, isOrdered: false }, context);
  return false;
}

function graceOf(record: PodRecord, { name }: RuntimeContainer, reason: KillReason, context: Context): number {
  const spec = specOf(record.pod, name)?.spec ?? null;
  const asked = graceSeconds(record.pod, spec, reason, context.numbers.kubelet.minimumGraceSeconds);
  const limit = record.evicted?.graceSeconds;
  if (limit === undefined) return asked;
  // Source: pkg/kubelet/pod_workers.go `calculateEffectiveGracePeriod`, 1.36.2.
  return Math.max(1, Math.min(limit, numberAt(record.pod, 'metadata', 'deletionGracePeriodSeconds') ?? Infinity));
}

function killing(
  { id, name }: RuntimeContainer,
  phase: Killing['phase'],
  grace: number,
  isOrdered: boolean,
  context: Context,
): Killing {
  return Object.freeze({ id, name, phase, sinceMs: context.nowMs, graceSeconds: grace, isOrdered });
}

/** Source: pkg/kubelet/kuberuntime/kuberuntime_container.go `killContainer`, 1.36. */
function begin(
  state: KubeletState,
  record: PodRecord,
  container: RuntimeContainer,
  how: { readonly message: string; readonly reason: KillReason; readonly isOrdered: boolean },
  context: Context,
): void {
  const { id, name } = container;
  const words = how.message === '' ? `Stopping container ${name}` : how.message;
  tell(state, record, 'Normal', 'Killing', words, context, name);
  const grace = how.reason === 'RestartAllContainers' ? 0 : graceOf(record, container, how.reason, context);
  const hook = objectAt(specOf(record.pod, name)?.spec, 'lifecycle', 'preStop');
  if (hook === undefined || grace <= 0) return afterHook(state, record, container, grace, how.isOrdered, context);
  const current = killing(container, 'hook', grace, how.isOrdered, context);
  record.killing.set(id, current);
  setTimer(record, current, context);
  const outcome = runHook(state, record, container, hook, 'preStop', context);
  if (outcome !== 'later') preStopDone(state, record, id, outcome, context);
}

function setTimer(record: PodRecord, { id, phase, sinceMs, graceSeconds: grace }: Killing, context: Context): void {
  const data: KillTimer = { uid: record.uid, id, phase, sinceMs };
  context.timer(grace * 1000, KILL, data);
}

/** The hook before the stop has ended; it may have failed. */
export function preStopDone(
  state: KubeletState,
  record: PodRecord,
  id: string,
  outcome: HookOutcome,
  context: Context,
): void {
  const current = record.killing.get(id);
  const container = record.runtime.containers.find((candidate) => candidate.id === id);
  if (current?.phase !== 'hook' || container === undefined) return;
  if (outcome !== 'done')
    tell(state, record, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', context, current.name);
  endHook(state, record, container, current, context);
}

function endHook(
  state: KubeletState,
  record: PodRecord,
  container: RuntimeContainer,
  current: Killing,
  context: Context,
): void {
  const left = current.graceSeconds - Math.floor((context.nowMs - current.sinceMs) / 1000);
  afterHook(state, record, container, left, current.isOrdered, context);
}

function afterHook(
  state: KubeletState,
  record: PodRecord,
  container: RuntimeContainer,
  grace: number,
  isOrdered: boolean,
  context: Context,
): void {
  if (!isOrdered || grace <= 0 || isItsTurn(record, container.name))
    return stop(state, record, container, grace, context);
  const current = killing(container, 'turn', grace, isOrdered, context);
  record.killing.set(container.id, current);
  setTimer(record, current, context);
}

/**
 * Sidecars end after all regular containers, the last of them first.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_termination_order.go, 1.36.
 */
function isItsTurn(record: PodRecord, name: string): boolean {
  const inits = containersOf(record.pod, 'init');
  const own = inits.findIndex((container) => nameOfContainer(container) === name);
  const spec = inits[own];
  if (spec === undefined || !isSidecar(spec)) return true;
  const before = [...containersOf(record.pod, 'regular'), ...inits.slice(own + 1).filter(isSidecar)];
  const names = new Set(before.map(nameOfContainer));
  return [...record.killing.values()].every((other) => !names.has(other.name));
}

function stop(
  state: KubeletState,
  record: PodRecord,
  container: RuntimeContainer,
  grace: number,
  context: Context,
): void {
  const { id, name } = container;
  const seconds = Math.max(grace, context.numbers.kubelet.minimumGraceSeconds);
  record.killing.set(id, killing(container, 'stop', seconds, false, context));
  const parameters = { container: id, timeoutMs: seconds * 1000 };
  callRuntime(state, { uid: record.uid, container: name, killing: id }, 'StopContainer', parameters, context);
}

/** The time of a phase is over: the next begins. */
export function killTimeUp(state: KubeletState, record: PodRecord, timer: KillTimer, context: Context): void {
  const current = record.killing.get(timer.id);
  const container = record.runtime.containers.find(({ id }) => id === timer.id);
  if (current?.phase !== timer.phase || current.sinceMs !== timer.sinceMs || container === undefined) return;
  if (current.phase === 'hook') endHook(state, record, container, current, context);
  else if (current.phase === 'turn') stop(state, record, container, 0, context);
}

/** A container has been stopped: those that waited for it have their turn. One whose hook has failed has not started. */
export function containerStopped(state: KubeletState, record: PodRecord, id: string, context: Context): void {
  record.killing.delete(id);
  for (const current of record.killing.values()) {
    if (current.phase !== 'turn' || !isItsTurn(record, current.name)) continue;
    const container = record.runtime.containers.find((candidate) => candidate.id === current.id);
    if (container === undefined) continue;
    const left = current.graceSeconds - Math.floor((context.nowMs - current.sinceMs) / 1000);
    stop(state, record, container, left, context);
  }
  if (record.killing.size > 0) return;
  const [step] = record.steps;
  if (step?.type === 'start') return stepFailed(state, record, { isSteady: false }, context);
  if (step?.type === 'kill-pod' && stopSandbox(state, record, context)) return;
  stepDone(state, record, context);
}

/** Ends the sandbox; false where there is none to end. */
function stopSandbox(state: KubeletState, record: PodRecord, context: Context): boolean {
  const ready = record.runtime.sandboxes.find((sandbox) => sandbox.isReady);
  if (ready === undefined) return false;
  callRuntime(state, { uid: record.uid }, 'StopPodSandbox', { sandbox: ready.id }, context);
  return true;
}
