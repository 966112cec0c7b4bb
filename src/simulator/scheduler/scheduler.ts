import { THROTTLED, apiClient, askedAgain, resultOf, sendRequest } from '../client/api-client.ts';
import { FINISH_SERIES, REFRESH_SERIES, seriesAnswered, seriesDue, seriesRecorder } from '../client/event-series.ts';
import {
  REWATCH,
  endOfWatch,
  informerOf,
  observeWatch,
  rewatch,
  startInformer,
  watchEnded,
} from '../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { LEAD } from '../leader-election/lead.ts';
import type { ApiRequest, ApiResponse, WatchEvents } from '../messages.ts';
import { resumeBinding } from './binding-cycle.ts';
import { emptyCache } from './cache.ts';
import { nodeChanged, otherChanged, podChanged } from './cluster-changes.ts';
import type { Awakening } from './flows.ts';
import { AWAKE, takeAnswer, wakeUp } from './flows.ts';
import { emptyNominator } from './nominator.ts';
import { resumePreemption } from './preemption/preempt.ts';
import { DEFAULT_PROFILE_NAME } from './profile.ts';
import { WINDOW_MS } from './queue/queued-pod.ts';
import { emptyQueue, flushBackoff, flushUnschedulable, isAtCap, popPod } from './queue/scheduling-queue.ts';
import type { SchedulerState } from './scheduler-state.ts';
import { NODES, PODS, SOURCES, queueContext } from './scheduler-state.ts';
import { scheduleOne } from './scheduling-cycle.ts';

const CYCLE = 'cycle';
const FLUSH = 'flush-backoff';
const FLUSH_UNSCHEDULABLE = 'flush-unschedulable';
/** Source: pkg/scheduler/backend/queue/scheduling_queue.go `Run`, `DefaultPodMaxInUnschedulablePodsDuration`, 1.36. */
const FLUSH_UNSCHEDULABLE_MS = 30_000;
const LONGEST_UNSCHEDULABLE_MS = 300_000;

interface SchedulerSettings {
  readonly server: ComponentId;
  /** The host on which it runs. */
  readonly machine: string;
  /** Name of a profile; the default one where left out. */
  readonly profile?: string;
  /** One of several: its caches are kept, but Pods are placed only when it is told that it leads. */
  readonly waitsToLead?: boolean;
}

/** kube-scheduler: one Pod a cycle; Pods are bound beside that. */
export const scheduler: ComponentDefinition<SchedulerState> = {
  kind: 'kube-scheduler',
  start(context, settings) {
    const { server, machine, profile = DEFAULT_PROFILE_NAME, waitsToLead } = settings as SchedulerSettings;
    const user = { name: 'system:kube-scheduler', groups: ['system:authenticated'] };
    const client = apiClient(server, user, 'kube-scheduler', context.numbers.clientLimits['kube-scheduler']);
    return {
      profile,
      isLeading: waitsToLead !== true,
      client,
      informers: SOURCES.map((resource) => startInformer({ resource }, client, context)),
      recorder: seriesRecorder('default-scheduler', machine, context),
      cache: emptyCache(),
      queue: emptyQueue(),
      nominator: emptyNominator(),
      assumed: new Map(),
      flows: new Map(),
      calls: new Map(),
      patches: new Set(),
      waitsFor: undefined,
      nextStart: 0,
      isBusy: false,
      isFlushing: false,
      isFlushingUnschedulable: false,
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') timer(state, event.name, event.data, context);
    else if (event.message.type === 'response') answered(state, event.message, context);
    else if (event.message.type === 'watch') watched(state, event.from, event.message, context);
    else if (event.message.type === 'call' && event.message.method === LEAD) state.isLeading = true;
    cycle(state, context);
  },
};

function timer(state: SchedulerState, name: string, data: unknown, context: Context): void {
  switch (name) {
    case THROTTLED:
      return sendRequest(state.client, data as ApiRequest, context);
    case REWATCH:
      return rewatch(state.informers[data as number]!, state.client, context);
    case FLUSH:
      state.isFlushing = false;
      return flushBackoff(state.queue, queueContext(state, context));
    case FLUSH_UNSCHEDULABLE:
      state.isFlushingUnschedulable = false;
      return flushUnschedulable(state.queue, LONGEST_UNSCHEDULABLE_MS, queueContext(state, context));
    case FINISH_SERIES:
    case REFRESH_SERIES:
      return seriesDue(state.recorder, state.client, name, context);
    case AWAKE: {
      const { flow: key, sleep } = data as Awakening;
      const flow = state.flows.get(key);
      if (flow !== undefined && wakeUp(flow, sleep)) resume(state, key, context);
      return;
    }
    default:
      state.isBusy = false;
  }
}

function watched(state: SchedulerState, from: ComponentId, message: WatchEvents, context: Context): void {
  const index = informerOf(state.informers, from, message, context);
  const informer = state.informers[index];
  if (informer === undefined) return;
  const ended = endOfWatch(informer, message);
  if (ended !== undefined) return watchEnded(informer, ended, index, context);
  for (const change of observeWatch(informer, message)) {
    if (informer.source.resource === NODES) nodeChanged(state, change, context);
    else if (informer.source.resource === PODS) podChanged(state, change, context);
    else otherChanged(state, informer.source.resource, change, context);
  }
}

function answered(state: SchedulerState, message: ApiResponse, context: Context): void {
  if (askedAgain(message, context)) return;
  if (seriesAnswered(state.recorder, state.client, message, context)) return;
  if (state.patches.delete(message.id)) {
    if (state.waitsFor === message.id) state.waitsFor = undefined;
    return;
  }
  const call = state.calls.get(message.id);
  if (call === undefined) {
    const index = state.informers.findIndex(({ watchId }) => watchId === message.id);
    if (index >= 0) watchEnded(state.informers[index]!, message.code, index, context);
    return;
  }
  state.calls.delete(message.id);
  const flow = state.flows.get(call.flow);
  if (flow !== undefined && takeAnswer(flow, call.index, resultOf(message))) resume(state, call.flow, context);
}

function resume(state: SchedulerState, key: string, context: Context): void {
  const flow = state.flows.get(key);
  if (flow?.kind === 'bind') resumeBinding(state, flow, context);
  else if (flow?.kind === 'preempt') resumePreemption(state, flow, context);
}

/** Tries the next Pod, when the one before is through. */
function cycle(state: SchedulerState, context: Context): void {
  const isFree = state.isLeading && !state.isBusy;
  if (isFree && state.waitsFor === undefined && state.informers.every(({ hasSynced }) => hasSynced)) {
    const queued = popPod(state.queue);
    if (queued !== undefined) {
      state.isBusy = true;
      context.timer(1, CYCLE);
      scheduleOne(state, queued, context);
    }
  }
  setFlushTimers(state, context);
}

/** Source: scheduling_queue.go `Run`, 1.36: timers are set only while they would find something. */
function setFlushTimers(state: SchedulerState, context: Context): void {
  const { queue } = state;
  if (!state.isFlushing && queue.backoff.size + queue.errorBackoff.size > 0) {
    state.isFlushing = true;
    // Where all wait as long as they ever will, nothing new comes of it: such a cluster has settled.
    const periodic = isAtCap(queue, context.numbers.schedulerBackoff);
    context.timer(WINDOW_MS - (context.nowMs % WINDOW_MS), FLUSH, undefined, { periodic });
  }
  if (state.isFlushingUnschedulable || queue.unschedulable.size === 0) return;
  state.isFlushingUnschedulable = true;
  context.timer(FLUSH_UNSCHEDULABLE_MS, FLUSH_UNSCHEDULABLE, undefined, { periodic: true });
}
