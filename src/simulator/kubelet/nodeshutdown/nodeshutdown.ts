import { nameOf } from '../../../apimachinery/object.ts';
import { numberAt } from '../../../base/json.ts';
import type { ComponentId, Context } from '../../component.ts';
import { activePods } from '../active-pods.ts';
import { reportNow, tellOfNode } from '../node-status.ts';
import type { PodRecord } from '../pod-record.ts';
import type { KubeletState } from '../state.ts';
import { wantSync } from '../worker-queue.ts';
import { graceWithin, groupByPriority, shutdownPeriods } from './groups.ts';

/** What the machine tells its kubelet: it is to be switched off, or not any more. The parameter `machinery` has to know when. */
export const SHUT_DOWN = 'PrepareForShutdown';
export const SHUTDOWN_CANCELLED = 'ShutdownCancelled';
/** What the kubelet answers: the machine may go off. The parameter `node` is its name. */
export const MAY_GO_OFF = 'ReleaseInhibitLock';

/** Name of the timer with which it is asked whether the Pods of a group have ended. */
export const SHUTDOWN = 'node-shutdown';
/** Assumed for the simulation: upstream is told at once. */
const POLL_MS = 500;
/** What the machine then takes to end everything else. Assumed for the simulation. */
const OFF_MS = 1000;

/** A Node that shuts down. Never changes. */
export interface Shutdown {
  readonly machinery: ComponentId;
  /** Pods by uid, those that end first first, and what they are given, in seconds. */
  readonly groups: readonly { readonly seconds: number; readonly uids: readonly string[] }[];
  /** Until when the first group is waited for; undefined before it is ended. Milliseconds of the run. */
  readonly untilMs: number | undefined;
}

const MESSAGE = 'Pod was terminated in response to imminent node shutdown.';
const CONDITION = Object.freeze({
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'TerminationByKubelet',
  message: MESSAGE,
} as const);

/**
 * The machine is to be switched off: the kubelet holds that up until its Pods have ended, or their time is over.
 * Source: pkg/kubelet/nodeshutdown/nodeshutdown_manager_linux.go `processShutdownEvent`, 1.36.2.
 */
export function beginShutdown(state: KubeletState, machinery: ComponentId, context: Context): void {
  if (state.shutdown !== undefined) return;
  const { graceSeconds, criticalPodsSeconds } = context.numbers.kubelet.shutdown;
  const periods = shutdownPeriods(graceSeconds, criticalPodsSeconds);
  const grouped = groupByPriority(periods, activePods(state), ({ pod }) => numberAt(pod, 'spec', 'priority') ?? 0);
  const groups = grouped.map(({ seconds, pods }) => Object.freeze({ seconds, uids: pods.map(({ uid }) => uid) }));
  state.shutdown = Object.freeze({ machinery, groups: Object.freeze(groups), untilMs: undefined });
  tellOfNode(state, 'Normal', 'NodeShutdown', 'Shutdown manager detected shutdown event', context);
  reportNow(state, context);
  goOnWithShutdown(state, context);
}

export function cancelShutdown(state: KubeletState, context: Context): void {
  if (state.shutdown === undefined) return;
  state.shutdown = undefined;
  tellOfNode(state, 'Normal', 'NodeShutdown', 'Shutdown manager detected shutdown cancellation', context);
  reportNow(state, context);
}

/** One group after the other; groups without Pods take no time. Source: nodeshutdown_manager.go `killPods`. */
export function goOnWithShutdown(state: KubeletState, context: Context): void {
  const { shutdown } = state;
  if (shutdown === undefined) return;
  const { groups, untilMs, machinery } = shutdown;
  const [group] = groups;
  if (group === undefined) return mayGoOff(state, machinery, context);
  if (untilMs === undefined && group.uids.length > 0) {
    for (const uid of group.uids) endPod(state, state.records.get(uid), group.seconds, context);
    state.shutdown = Object.freeze({ ...shutdown, untilMs: context.nowMs + group.seconds * 1000 });
  } else if (untilMs === undefined || context.nowMs >= untilMs || group.uids.every((uid) => isGone(state, uid))) {
    state.shutdown = Object.freeze({ ...shutdown, groups: Object.freeze(groups.slice(1)), untilMs: undefined });
    return goOnWithShutdown(state, context);
  }
  context.timer(POLL_MS, SHUTDOWN);
}

function isGone({ records }: KubeletState, uid: string): boolean {
  const record = records.get(uid);
  return record === undefined || record.stage === 'terminated';
}

function endPod(state: KubeletState, record: PodRecord | undefined, seconds: number, context: Context): void {
  if (record === undefined || record.stage === 'terminated') return;
  const graceSeconds = graceWithin(seconds, numberAt(record.pod, 'spec', 'terminationGracePeriodSeconds'));
  record.evicted ??= Object.freeze({ reason: 'Terminated', message: MESSAGE, condition: CONDITION, graceSeconds });
  wantSync(state, record, context);
}

function mayGoOff(state: KubeletState, machinery: ComponentId, context: Context): void {
  context.note({ class: 'internal', verb: 'shutdown' });
  const parameters = Object.freeze({ node: nameOf(state.settings.node) });
  context.notice(machinery, OFF_MS, { type: 'call', id: context.next('shutdown'), method: MAY_GO_OFF, parameters });
}

/** Source: nodeshutdown_manager_linux.go `Admit`. */
export function shutdownRejection({
  shutdown,
}: KubeletState): { readonly reason: string; readonly message: string } | undefined {
  if (shutdown === undefined) return undefined;
  return { reason: 'NodeShutdown', message: 'Pod was rejected as the node is shutting down.' };
}
