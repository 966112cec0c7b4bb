import { nameAt } from '../../base/json.ts';
import { isBeingDeleted } from '../../apimachinery/object.ts';
import { sendCall } from '../client/api-client.ts';
import type { Context } from '../component.ts';
import { assumedObjects } from './assumed-objects.ts';
import type { BindingFlow } from './binding-cycle.ts';
import { giveUp, oneNodeMessage, startBinding } from './binding-cycle.ts';
import { assumePod } from './cache.ts';
import { cycleDetail } from './cycle-detail.ts';
import { failedSchedulingMessage } from './failed-scheduling.ts';
import type { Failure } from './failure.ts';
import { handleFailure, warn } from './failure.ts';
import type { Filters } from './filtering.ts';
import type { NodeInfo } from './node-info.ts';
import { endNomination, nominatedNodeOf } from './nominator.ts';
import type { Verdict } from './plugin.ts';
import { podInfoOf } from './pod-info.ts';
import type { PostFilterOutcome } from './post-filter.ts';
import { postFilter } from './post-filter.ts';
import { startPreemption } from './preemption/preempt.ts';
import type { QueuedPod } from './queue/queued-pod.ts';
import { done } from './queue/scheduling-queue.ts';
import type { Decision } from './schedule-pod.ts';
import { schedulePod } from './schedule-pod.ts';
import type { SchedulerState } from './scheduler-state.ts';
import { podOf, profileOf, snapshotOf } from './scheduler-state.ts';
import type { Snapshot } from './snapshot.ts';

/** One Pod through the scheduling cycle. Source: pkg/scheduler/schedule_one.go `scheduleOnePod`, 1.36. */
export function scheduleOne(state: SchedulerState, queued: QueuedPod, context: Context): void {
  const pod = podOf(state, queued.pod.key);
  const isSame = pod !== undefined && podInfoOf(pod).uid === queued.pod.uid;
  if (!isSame || nameAt(pod, 'spec', 'nodeName') !== undefined || state.cache.pods.has(queued.pod.uid))
    return done(state.queue, queued.pod.uid);
  context.cause = queued.cause;
  if (isBeingDeleted(pod)) {
    warn(state, pod, `skip schedule deleting pod: ${queued.pod.key}`, context);
    return done(state.queue, queued.pod.uid);
  }
  const current: QueuedPod = Object.freeze({ ...queued, pod: podInfoOf(pod) });
  const failure = schedule(state, current, context);
  if (failure === undefined) return;
  const call = handleFailure(state, current, failure, context);
  if (call === undefined) return;
  // The loop goes on when the condition is written: SchedulerAsyncAPICalls is off in 1.36.
  state.patches.add(call);
  state.waitsFor = call;
}

function schedule(state: SchedulerState, queued: QueuedPod, context: Context): Failure | undefined {
  const snapshot = snapshotOf(state, context.nowMs);
  const nodeCount = snapshot.nodes.length;
  if (nodeCount === 0) return { reason: 'Unschedulable', message: 'no nodes available to schedule pods', nominate: '' };
  const { pod } = queued;
  const profile = profileOf(state);
  const attempt = String(context.next('attempt'));
  const nominated = nominatedNodeOf(pod);
  const decision = schedulePod(profile, pod, nominated, snapshot, state.nextStart, context.random, attempt);
  state.nextStart = (state.nextStart + decision.advance) % nodeCount;
  const { filters } = decision;
  const after =
    decision.node === undefined && decision.error === undefined && filters !== undefined
      ? postFilter(profile, pod, { ...decision, filters }, snapshot, context.random, attempt)
      : undefined;
  context.cause = context.note({
    class: 'internal',
    verb: 'SCHEDULE',
    object: `Pod/${pod.key}`,
    detail: { ...cycleDetail(decision, nodeCount), ...(after === undefined ? {} : { postFilter: toldOf(after) }) },
  });
  if (decision.error !== undefined) return { reason: 'SchedulerError', message: decision.error, nominate: '' };
  if (decision.chosen !== undefined) return reserve(state, queued, decision, decision.chosen, snapshot, context);
  for (const call of after?.writes ?? []) state.patches.add(sendCall(state.client, call, context));
  if (after?.victims !== undefined && after.nominate !== undefined)
    startPreemption(state, pod, after.nominate, after.victims, context);
  return unschedulable(decision, nodeCount, after);
}

function toldOf({ code, reasons, nominate, victims, details }: PostFilterOutcome): Readonly<Record<string, unknown>> {
  return {
    code,
    reasons,
    ...(nominate === undefined ? {} : { nominate }),
    ...(victims === undefined ? {} : { victims: victims.map(({ key }) => key) }),
    ...details,
  };
}

function unschedulable(decision: Decision, nodeCount: number, after: PostFilterOutcome | undefined): Failure {
  const { preFilter, rejected, others, unschedulablePlugins, pendingPlugins } = decision;
  const message = failedSchedulingMessage({
    nodeCount,
    preFilter: preFilter?.verdict,
    verdicts: [...rejected.values()].map(({ verdict }) => verdict),
    others: others === undefined ? undefined : { reasons: others, count: nodeCount - rejected.size },
    postFilter: after?.reasons ?? [],
  });
  return { reason: 'Unschedulable', message, unschedulablePlugins, pendingPlugins, nominate: after?.nominate };
}

/** Source: schedule_one.go `assumeAndReserve`, `prepareForBindingCycle`, 1.36. */
function reserve(
  state: SchedulerState,
  queued: QueuedPod,
  decision: Decision & { readonly filters?: Filters },
  node: NodeInfo,
  snapshot: Snapshot,
  context: Context,
): Failure | undefined {
  const { pod } = queued;
  assumePod(state.cache, pod, node.name);
  endNomination(state.nominator, pod.uid);
  const taken: Record<string, unknown> = {};
  const refuse = (step: 'Reserve' | 'Permit', plugin: string, verdict: Verdict): Failure => {
    giveUp(state, pod, node.name, taken, context);
    return refusal(step, plugin, verdict);
  };
  const assume = assumedObjects(state);
  for (const { plugin } of profileOf(state)) {
    const reserved = plugin.reserve?.(pod, node, decision.states.get(plugin.name), assume, snapshot);
    if (reserved === undefined) continue;
    if ('verdict' in reserved) return refuse('Reserve', plugin.name, reserved.verdict);
    taken[plugin.name] = reserved.taken;
  }
  const waits: BindingFlow['waits'] = new Map();
  for (const { plugin } of profileOf(state)) {
    const permitted = plugin.permit?.(pod, node, decision.states.get(plugin.name), snapshot);
    if (permitted === undefined) continue;
    if ('verdict' in permitted) return refuse('Permit', plugin.name, permitted.verdict);
    const waitMs = Math.min(permitted.waitMs, LONGEST_WAIT_MS);
    waits.set(plugin.name, Object.freeze({ waitMs, untilMs: context.nowMs + waitMs }));
  }
  startBinding(state, { queued, node: node.name, taken: Object.freeze(taken) }, waits, context);
  return undefined;
}

/** Source: pkg/scheduler/framework/runtime/framework.go `maxTimeout`, 1.36. */
const LONGEST_WAIT_MS = 15 * 60_000;

function refusal(step: 'Reserve' | 'Permit', plugin: string, verdict: Verdict): Failure {
  if (verdict.code === 'Error') {
    const message = `running ${step} plugin "${plugin}": ${verdict.reasons.join(', ')}`;
    return { reason: 'SchedulerError', message, nominate: '' };
  }
  return {
    reason: 'Unschedulable',
    message: oneNodeMessage(verdict),
    unschedulablePlugins: [plugin],
    pendingPlugins: verdict.code === 'Pending' ? [plugin] : [],
    nominate: '',
  };
}
