import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameAt } from '../../base/json.ts';
import { sendCall } from '../client/api-client.ts';
import { recordInSeries } from '../client/event-series.ts';
import type { Context } from '../component.ts';
import { nominate } from './nominator.ts';
import { podInfoOf } from './pod-info.ts';
import { podStatusPatch } from './pod-status-patch.ts';
import type { QueuedPod } from './queue/queued-pod.ts';
import { addUnschedulable, done } from './queue/scheduling-queue.ts';
import type { SchedulerState } from './scheduler-state.ts';
import { podOf, queueContext } from './scheduler-state.ts';

/** Why an attempt came to nothing. */
export interface Failure {
  /** `Unschedulable`: plugins refused; `SchedulerError`: something went wrong. */
  readonly reason: 'Unschedulable' | 'SchedulerError';
  readonly message: string;
  readonly unschedulablePlugins?: readonly string[];
  readonly pendingPlugins?: readonly string[];
  /** The Node that the Pod is nominated to from now on; '' none, undefined as before. */
  readonly nominate: string | undefined;
}

/**
 * The Pod goes back to wait, with an Event and a condition that say why. Gives the request that writes the condition:
 * whoever called for the attempt waits for its answer. Source: pkg/scheduler/schedule_one.go `handleSchedulingFailure`, 1.36.
 */
export function handleFailure(
  state: SchedulerState,
  queued: QueuedPod,
  failure: Failure,
  context: Context,
): number | undefined {
  const { reason, message, unschedulablePlugins = [], pendingPlugins = [] } = failure;
  const { key, uid } = queued.pod;
  const cached = podOf(state, key);
  const isThere = cached !== undefined && nameAt(cached, 'spec', 'nodeName') === undefined;
  if (isThere && podInfoOf(cached).uid !== uid) {
    done(state.queue, uid);
    return undefined;
  }
  const pod = isThere ? podInfoOf(cached) : queued.pod;
  if (isThere) {
    const plugins = { unschedulablePlugins, pendingPlugins };
    addUnschedulable(state.queue, Object.freeze({ ...queued, pod }), plugins, queueContext(state, context));
    nominate(state.nominator, pod, failure.nominate);
  } else done(state.queue, uid);
  warn(state, pod.pod, message, context);
  const condition = { type: 'PodScheduled', status: 'False', reason, message } as const;
  const call = podStatusPatch(pod.pod, condition, failure.nominate, context.nowMs);
  return call === undefined ? undefined : sendCall(state.client, call, context);
}

export function warn(state: SchedulerState, pod: KubernetesObject, text: string, context: Context): void {
  const message = text.length <= NOTE_LIMIT ? text : `${text.slice(0, NOTE_LIMIT - 4)} ...`;
  const facts = { about: pod, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', message } as const;
  recordInSeries(state.recorder, state.client, facts, context);
}

/** Source: pkg/apis/core/validation/events.go `NoteLengthLimit`, 1.36. */
const NOTE_LIMIT = 1024;
