import { formatDurationMs } from '../../apimachinery/duration.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import { sendCall } from '../client/api-client.ts';
import { recordInSeries } from '../client/event-series.ts';
import type { Context } from '../component.ts';
import { assumedObjects } from './assumed-objects.ts';
import { forgetPod } from './cache.ts';
import { Action } from './cluster-event.ts';
import { handleFailure } from './failure.ts';
import { failedSchedulingMessage } from './failed-scheduling.ts';
import type { SchedulerFlow, SchedulerRun } from './flows.ts';
import { advance, newFlow, wakeUp } from './flows.ts';
import type { Binding, Verdict } from './plugin.ts';
import type { PodInfo } from './pod-info.ts';
import { podStatusPatch } from './pod-status-patch.ts';
import type { QueuedPod } from './queue/queued-pod.ts';
import { done, moveOn } from './queue/scheduling-queue.ts';
import type { SchedulerState } from './scheduler-state.ts';
import { profileOf, queueContext, viewOf } from './scheduler-state.ts';

/** A Pod that has its Node and is being bound. */
export interface BindingFlow extends SchedulerFlow {
  readonly kind: 'bind';
  readonly queued: QueuedPod;
  readonly node: string;
  /** By plugin: what `reserve` took. */
  taken: Readonly<Record<string, unknown>>;
  /** Until when plugins hold the Pod back, in milliseconds of the run, by plugin. */
  readonly waits: Map<string, { readonly untilMs: number; readonly waitMs: number }>;
  /** How the waiting for permission was ended from outside. */
  stopped: { readonly code: 'Unschedulable' | 'Error'; readonly plugin: string; readonly message: string } | undefined;
  /** `preBind` runs, and may be called off. */
  isPreBinding: boolean;
  cancelled: string | undefined;
}

/** Why a binding came to nothing; `plugin` where one refused the Pod. */
interface BindingFailure {
  readonly verdict: Verdict;
  readonly plugin?: string;
}

const POD_GONE = { resource: 'AssignedPod', actions: Action.Delete } as const;

/** Begins to bind a Pod. Source: pkg/scheduler/schedule_one.go `bindingCycle`, 1.36. */
export function startBinding(
  state: SchedulerState,
  chosen: Pick<BindingFlow, 'queued' | 'node' | 'taken'>,
  waits: BindingFlow['waits'],
  context: Context,
): void {
  const flow: BindingFlow = {
    ...newFlow('bind', chosen.queued.pod.uid),
    ...chosen,
    waits,
    stopped: undefined,
    isPreBinding: false,
    cancelled: undefined,
  };
  state.flows.set(`bind/${flow.uid}`, flow);
  resumeBinding(state, flow, context);
}

export function resumeBinding(state: SchedulerState, flow: BindingFlow, context: Context): void {
  const outcome = advance(state, flow, (run) => bind(state, flow, run, context), context);
  if (outcome === undefined) return;
  state.flows.delete(`bind/${flow.uid}`);
  const { queued, node } = flow;
  if (outcome.result !== undefined) return failed(state, flow, outcome.result, context);
  const message = `Successfully assigned ${queued.pod.key} to ${node}`;
  const facts = { about: queued.pod.pod, type: 'Normal', reason: 'Scheduled', action: 'Binding', message } as const;
  recordInSeries(state.recorder, state.client, facts, context);
}

/** The whole of it; run again from the start after each wait (see kernel/flow.ts). */
function bind(
  state: SchedulerState,
  flow: BindingFlow,
  run: SchedulerRun,
  context: Context,
): BindingFailure | undefined {
  const { queued, node } = flow;
  // A plugin may keep something else as it goes; each run of the flow begins with the same.
  const taken = run.once(() => flow.taken);
  const { pod } = queued;
  const plugins = profileOf(state).map(({ plugin }) => plugin);
  const binding = new BindingRun(state, flow, run, context);
  const working = plugins.filter((plugin) => plugin.preBindPreFlight?.(pod, node, taken[plugin.name]) === true);
  if (working.length > 0 || flow.waits.size > 0) {
    const call = podStatusPatch(pod.pod, undefined, node, context.nowMs);
    if (call !== undefined) run.call(call);
  }
  const refused = waitOnPermit(flow, run, context);
  if (refused !== undefined) return refused;
  run.once(() => {
    done(state.queue, flow.uid);
    flow.isPreBinding = working.length > 0;
    return null;
  });
  for (const plugin of working) {
    const verdict = plugin.preBind?.(pod, node, taken[plugin.name], binding);
    if (verdict !== undefined) return error(`running PreBind plugin "${plugin.name}": ${verdict.reasons.join(', ')}`);
  }
  const cancelled = run.once(() => {
    flow.isPreBinding = false;
    return flow.cancelled ?? null;
  });
  if (cancelled !== null) return error(cancelled);
  for (const plugin of plugins) {
    const verdict = plugin.bind === undefined ? 'skip' : plugin.bind(pod, node, binding);
    if (verdict === 'skip') continue;
    if (verdict !== undefined) return error(`running Bind plugin "${plugin.name}": ${verdict.reasons.join(', ')}`);
    for (const { name, postBind } of plugins) postBind?.(pod, node, taken[name]);
    return undefined;
  }
  return error('no plugin binds the Pod');
}

function error(message: string): BindingFailure {
  return { verdict: { code: 'Error', reasons: [message] } };
}

/** Source: pkg/scheduler/framework/runtime/waiting_pods_map.go, framework.go `WaitOnPermit`, 1.36. */
function waitOnPermit(flow: BindingFlow, run: SchedulerRun, context: Context): BindingFailure | undefined {
  while (flow.waits.size > 0 || flow.stopped !== undefined) {
    const next = run.once(() => {
      if (flow.stopped !== undefined) return flow.stopped;
      const [plugin, wait] = [...flow.waits].reduce((a, b) => (b[1].untilMs < a[1].untilMs ? b : a));
      if (wait.untilMs > context.nowMs) return wait.untilMs - context.nowMs;
      const message = `rejected due to timeout after waiting ${formatDurationMs(wait.waitMs)} at plugin ${plugin}`;
      return { code: 'Unschedulable', plugin, message } as const;
    });
    if (typeof next === 'number') run.sleep(next);
    else {
      const { code, plugin, message } = next;
      if (code === 'Unschedulable') return { verdict: { code, reasons: [message] }, plugin };
      return error(`waiting on permit for pod: ${message}`);
    }
  }
  return undefined;
}

/** Whether the Pod waited for permission, which it will not get now. `Error`: it is no less schedulable for that. */
export function stopWaiting(
  state: SchedulerState,
  uid: string,
  stopped: NonNullable<BindingFlow['stopped']>,
  context: Context,
): boolean {
  const flow = bindingOf(state, uid);
  if (flow === undefined || flow.waits.size === 0 || flow.stopped !== undefined) return false;
  flow.stopped = Object.freeze(stopped);
  if (wakeUp(flow)) resumeBinding(state, flow, context);
  return true;
}

/** Whether `preBind` of the Pod was still at work, and is called off. */
export function cancelPreBind(state: SchedulerState, uid: string, why: string, context: Context): boolean {
  const flow = bindingOf(state, uid);
  if (flow?.isPreBinding !== true) return false;
  flow.cancelled = why;
  if (wakeUp(flow)) resumeBinding(state, flow, context);
  return true;
}

export function bindingOf(state: SchedulerState, uid: string): BindingFlow | undefined {
  const flow = state.flows.get(`bind/${uid}`);
  return flow?.kind === 'bind' ? flow : undefined;
}

/** Source: schedule_one.go `handleBindingCycleError`, 1.36. */
function failed(state: SchedulerState, flow: BindingFlow, { verdict, plugin }: BindingFailure, context: Context): void {
  const { queued, node } = flow;
  const { pod } = queued;
  giveUp(state, pod, node, flow.taken, context);
  const queue = queueContext(state, context);
  // What the Pod gives back may help others; a Pod that was refused is not helped by that itself.
  if (plugin === undefined) moveOn(state.queue, POD_GONE, pod.pod, undefined, queue);
  const reason = plugin === undefined ? 'SchedulerError' : 'Unschedulable';
  const call = handleFailure(
    state,
    queued,
    {
      reason,
      message: plugin === undefined ? verdict.reasons.join(', ') : oneNodeMessage(verdict),
      unschedulablePlugins: plugin === undefined ? [] : [plugin],
      nominate: '',
    },
    context,
  );
  if (call !== undefined) state.patches.add(call);
  if (plugin !== undefined)
    moveOn(state.queue, POD_GONE, pod.pod, undefined, queue, (other) => other.pod.uid !== pod.uid);
}

/** A refusal of the Node that was chosen already. */
export function oneNodeMessage(verdict: Verdict): string {
  return failedSchedulingMessage({ nodeCount: 1, verdicts: [verdict], postFilter: [] });
}

/** Source: schedule_one.go `unreserveAndForget`, 1.36; the last plugin gives back first. */
export function giveUp(
  state: SchedulerState,
  pod: PodInfo,
  node: string,
  taken: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const assume = assumedObjects(state);
  for (const { plugin } of profileOf(state).toReversed())
    for (const call of plugin.unreserve?.(pod, node, taken[plugin.name], assume) ?? [])
      state.patches.add(sendCall(state.client, call, context));
  forgetPod(state.cache, pod.uid);
}

class BindingRun implements Binding {
  readonly restore: Binding['restore'];
  readonly assume: Binding['assume'];
  readonly forget: Binding['forget'];
  private readonly state: SchedulerState;
  private readonly flow: BindingFlow;
  private readonly run: SchedulerRun;
  private readonly context: Context;

  constructor(state: SchedulerState, flow: BindingFlow, run: SchedulerRun, context: Context) {
    this.state = state;
    this.flow = flow;
    this.run = run;
    this.context = context;
    const once = (act: () => void) =>
      run.once(() => {
        act();
        return null;
      });
    this.restore = (...args) => void once(() => assumedObjects(state).restore(...args));
    this.assume = (...args) => void once(() => assumedObjects(state).assume(...args));
    this.forget = (...args) => void once(() => assumedObjects(state).forget(...args));
  }

  call(call: ApiCall): ApiResult {
    return this.run.call(call);
  }

  callAll(calls: readonly ApiCall[]): readonly ApiResult[] {
    return this.run.callAll(calls);
  }

  sleep(delayMs: number): void {
    this.run.sleep(delayMs);
  }

  read(...[plural, key]: Parameters<Binding['read']>): ReturnType<Binding['read']> {
    return this.run.once(() => viewOf(this.state, plural).getKey(key));
  }

  keep(plugin: string, taken: unknown): void {
    const { flow } = this;
    this.run.once(() => {
      flow.taken = Object.freeze({ ...flow.taken, [plugin]: taken });
      return null;
    });
  }

  tell(event: Parameters<Binding['tell']>[0]): void {
    const { state, flow, context } = this;
    this.run.once(() => {
      recordInSeries(state.recorder, state.client, { ...event, about: flow.queued.pod.pod }, context);
      return null;
    });
  }

  cancelled(): string | undefined {
    return this.run.once(() => this.flow.cancelled);
  }

  now(): number {
    return this.run.once(() => this.context.nowMs);
  }
}
