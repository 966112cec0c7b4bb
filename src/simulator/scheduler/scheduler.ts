import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import { THROTTLED, apiClient, resultOf, sendCall, sendRequest } from '../client/api-client.ts';
import { eventRecorder, isRecorderRequest, recordEvent, recorderAnswered } from '../client/event-recorder.ts';
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
import type { ApiRequest, ApiResponse } from '../messages.ts';
import { cycleDetail } from './cycle-detail.ts';
import { assumePod, emptyCache, forgetPod } from './cache.ts';
import { Action } from './cluster-event.ts';
import { nodeChanged, otherChanged, podChanged } from './cluster-changes.ts';
import { failedSchedulingMessage } from './failed-scheduling.ts';
import { podInfoOf } from './pod-info.ts';
import { podScheduledFalse } from './pod-scheduled.ts';
import { DEFAULT_PROFILE } from './profile.ts';
import type { QueuedPod } from './queue/queued-pod.ts';
import { WINDOW_MS } from './queue/queued-pod.ts';
import {
  addUnschedulable,
  done,
  emptyQueue,
  flushBackoff,
  flushUnschedulable,
  isAtCap,
  moveOn,
  popPod,
} from './queue/scheduling-queue.ts';
import { schedulePod } from './schedule-pod.ts';
import type { SchedulerState } from './scheduler-state.ts';
import { NODES, PODS, SOURCES, queueContext, snapshotOf } from './scheduler-state.ts';

const CYCLE = 'cycle';
const FLUSH = 'flush-backoff';
const FLUSH_UNSCHEDULABLE = 'flush-unschedulable';
/** Source: pkg/scheduler/backend/queue/scheduling_queue.go `Run`, `DefaultPodMaxInUnschedulablePodsDuration`, 1.36. */
const FLUSH_UNSCHEDULABLE_MS = 30_000;
const LONGEST_UNSCHEDULABLE_MS = 300_000;
/** kube-scheduler: one Pod a cycle. */
export const scheduler: ComponentDefinition<SchedulerState> = {
  kind: 'kube-scheduler',
  start(context, settings) {
    const { server } = settings as { readonly server: ComponentId };
    const user = { name: 'system:kube-scheduler', groups: ['system:authenticated'] };
    const client = apiClient(server, user, 'kube-scheduler', context.numbers.clientLimits['kube-scheduler']);
    return {
      client,
      informers: SOURCES.map((resource) => startInformer({ resource }, client, context)),
      recorder: eventRecorder('default-scheduler', 'series'),
      cache: emptyCache(),
      queue: emptyQueue(),
      bindings: new Map(),
      patches: new Set(),
      nextStart: 0,
      isBusy: false,
      isFlushing: false,
      isFlushingUnschedulable: false,
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === THROTTLED) return sendRequest(state.client, event.data as ApiRequest, context);
      if (event.name === REWATCH) return rewatch(state.informers[event.data as number]!, state.client, context);
      if (event.name === FLUSH) {
        state.isFlushing = false;
        flushBackoff(state.queue, queueContext(state, context));
      } else if (event.name === FLUSH_UNSCHEDULABLE) {
        state.isFlushingUnschedulable = false;
        flushUnschedulable(state.queue, LONGEST_UNSCHEDULABLE_MS, queueContext(state, context));
      } else state.isBusy = false;
      return cycle(state, context);
    }
    const { message } = event;
    if (message.type === 'response') return answered(state, message, context);
    if (message.type !== 'watch') return;
    const index = informerOf(state.informers, event.from, message, context);
    const informer = state.informers[index];
    if (informer === undefined) return;
    const ended = endOfWatch(informer, message);
    if (ended !== undefined) return watchEnded(informer, ended, index, context);
    for (const change of observeWatch(informer, message)) {
      if (informer.source.resource === NODES) nodeChanged(state, change, context);
      else if (informer.source.resource === PODS) podChanged(state, change, context);
      else otherChanged(state, informer.source.resource, change, context);
    }
    cycle(state, context);
  },
};

function cycle(state: SchedulerState, context: Context): void {
  setFlushTimers(state, context);
  if (state.isBusy || !state.informers.every(({ hasSynced }) => hasSynced)) return;
  const queued = popPod(state.queue);
  if (queued === undefined) return;
  state.isBusy = true;
  context.timer(1, CYCLE);
  const pod = state.informers[1]!.view.getKey(queued.pod.key);
  const isSame = pod !== undefined && podInfoOf(pod).uid === queued.pod.uid;
  if (!isSame || nameAt(pod, 'spec', 'nodeName') !== undefined || state.cache.pods.has(queued.pod.uid))
    return done(state.queue, queued.pod.uid);
  context.cause = queued.cause;
  if (stringAt(pod, 'metadata', 'deletionTimestamp') !== undefined) {
    warn(state, pod, `skip schedule deleting pod: ${queued.pod.key}`, context);
    return done(state.queue, queued.pod.uid);
  }
  schedule(state, Object.freeze({ ...queued, pod: podInfoOf(pod) }), context);
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

function schedule(state: SchedulerState, queued: QueuedPod, context: Context): void {
  const snapshot = snapshotOf(state);
  const { pod } = queued;
  if (snapshot.nodes.length === 0) {
    const plugins = { unschedulablePlugins: [], pendingPlugins: [] };
    return failed(state, queued, 'no nodes available to schedule pods', 'Unschedulable', plugins, context);
  }
  const nominated = nameAt(pod.pod, 'status', 'nominatedNodeName');
  const attempt = String(context.next('attempt'));
  const decision = schedulePod(DEFAULT_PROFILE, pod, nominated, snapshot, state.nextStart, context.random, attempt);
  state.nextStart = (state.nextStart + decision.advance) % snapshot.nodes.length;
  context.cause = context.note({
    class: 'internal',
    verb: 'SCHEDULE',
    object: `Pod/${pod.key}`,
    detail: cycleDetail(decision, snapshot.nodes.length),
  });
  if (decision.error !== undefined) {
    const plugins = { unschedulablePlugins: [], pendingPlugins: [] };
    return failed(state, queued, decision.error, 'SchedulerError', plugins, context);
  }
  if (decision.node === undefined) {
    const message = failedSchedulingMessage({
      nodeCount: snapshot.nodes.length,
      preFilter: decision.preFilter?.verdict,
      verdicts: [...decision.rejected.values()].map(({ verdict }) => verdict),
      others:
        decision.others === undefined
          ? undefined
          : { reasons: decision.others, count: snapshot.nodes.length - decision.rejected.size },
      postFilter: [],
    });
    return failed(state, queued, message, 'Unschedulable', decision, context);
  }
  assumePod(state.cache, pod, decision.node);
  const id = sendCall(state.client, bindingCall(pod.pod, decision.node), context);
  state.bindings.set(id, Object.freeze({ queued, node: decision.node }));
}

/** Source: pkg/scheduler/schedule_one.go `handleSchedulingFailure`, 1.36. */
function failed(
  state: SchedulerState,
  queued: QueuedPod,
  message: string,
  reason: 'Unschedulable' | 'SchedulerError',
  plugins: Pick<QueuedPod, 'unschedulablePlugins' | 'pendingPlugins'>,
  context: Context,
): void {
  const { key, uid } = queued.pod;
  const pod = state.informers[1]!.view.getKey(key);
  if (pod === undefined || podInfoOf(pod).uid !== uid || nameAt(pod, 'spec', 'nodeName') !== undefined)
    return done(state.queue, uid);
  addUnschedulable(
    state.queue,
    Object.freeze({ ...queued, pod: podInfoOf(pod) }),
    { unschedulablePlugins: plugins.unschedulablePlugins, pendingPlugins: plugins.pendingPlugins },
    queueContext(state, context),
  );
  warn(state, pod, message, context);
  const call = podScheduledFalse(pod, reason, message, context.nowMs);
  if (call !== undefined) state.patches.add(sendCall(state.client, call, context));
  setFlushTimers(state, context);
}

function warn(state: SchedulerState, pod: KubernetesObject, text: string, context: Context): void {
  const message = text.length <= NOTE_LIMIT ? text : `${text.slice(0, NOTE_LIMIT - 4)} ...`;
  const facts = { about: pod, type: 'Warning', reason: 'FailedScheduling', message, action: 'Scheduling' } as const;
  recordEvent(state.recorder, state.client, facts, context);
}

/** Source: pkg/apis/core/validation/events.go `NoteLengthLimit`, 1.36. */
const NOTE_LIMIT = 1024;

function bindingCall(pod: KubernetesObject, node: string): Parameters<typeof sendCall>[1] {
  const [namespace, name] = [namespaceOf(pod) ?? 'default', nameOf(pod)];
  return {
    verb: 'create',
    resource: PODS,
    namespace,
    name,
    subresource: 'binding',
    body: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name, namespace, uid: nameAt(pod, 'metadata', 'uid') ?? '' },
      target: { kind: 'Node', name: node },
    },
  };
}

function answered(state: SchedulerState, message: ApiResponse, context: Context): void {
  if (isRecorderRequest(state.recorder, message.id)) return recorderAnswered(state.recorder, message);
  if (state.patches.delete(message.id)) return;
  const binding = state.bindings.get(message.id);
  if (binding === undefined) {
    const index = state.informers.findIndex(({ watchId }) => watchId === message.id);
    if (index >= 0) watchEnded(state.informers[index]!, message.code, index, context);
    return;
  }
  state.bindings.delete(message.id);
  const { queued, node } = binding;
  const { key, pod, uid } = queued.pod;
  const result = resultOf(message);
  done(state.queue, uid);
  if (result.ok) {
    const text = `Successfully assigned ${key} to ${node}`;
    const facts = { about: pod, type: 'Normal', reason: 'Scheduled', message: text, action: 'Binding' } as const;
    return recordEvent(state.recorder, state.client, facts, context);
  }
  forgetPod(state.cache, uid);
  moveOn(
    state.queue,
    { resource: 'AssignedPod', actions: Action.Delete },
    pod,
    undefined,
    queueContext(state, context),
  );
  const plugins = { unschedulablePlugins: [], pendingPlugins: [] };
  failed(state, queued, `binding rejected: ${result.message}`, 'SchedulerError', plugins, context);
  cycle(state, context);
}
