import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import type { ApiCall, ApiResult } from '../../client/api-client.ts';
import { recordInSeries } from '../../client/event-series.ts';
import type { Context } from '../../component.ts';
import { cancelPreBind, stopWaiting } from '../binding-cycle.ts';
import type { SchedulerFlow, SchedulerRun } from '../flows.ts';
import { advance, newFlow } from '../flows.ts';
import type { PodInfo } from '../pod-info.ts';
import { podStatusPatch } from '../pod-status-patch.ts';
import { activate } from '../queue/scheduling-queue.ts';
import type { SchedulerState } from '../scheduler-state.ts';
import { nominatedPods, queueContext } from '../scheduler-state.ts';

/** Victims are made to go, beside the scheduling loop. The Pod that needs their room is not tried before they are. */
export interface PreemptionFlow extends SchedulerFlow {
  readonly kind: 'preempt';
  readonly pod: PodInfo;
  readonly node: string;
  readonly victims: readonly PodInfo[];
  /** `namespace/name` of the victim that goes last, once it is its turn. */
  lastVictim: string | undefined;
}

const PLUGIN = 'DefaultPreemption';

/** Source: pkg/scheduler/framework/preemption/executor.go `prepareCandidateAsync`, 1.36. */
export function startPreemption(
  state: SchedulerState,
  pod: PodInfo,
  node: string,
  chosen: readonly PodInfo[],
  context: Context,
): void {
  const victims = Object.freeze(chosen.filter((victim) => !isBeingDeleted(victim.pod)));
  if (victims.length === 0) return;
  const flow: PreemptionFlow = {
    ...newFlow('preempt', pod.uid),
    pod,
    node,
    victims,
    lastVictim: undefined,
  };
  state.flows.set(`preempt/${pod.uid}`, flow);
  resumePreemption(state, flow, context);
}

export function resumePreemption(state: SchedulerState, flow: PreemptionFlow, context: Context): void {
  const outcome = advance(state, flow, (run) => preempt(state, flow, run, context), context);
  if (outcome === undefined) return;
  state.flows.delete(`preempt/${flow.uid}`);
  if (!outcome.result) activate(state.queue, flow.pod, queueContext(state, context));
}

/** Whether all went well. Lower nominations end first, then all victims but one go together, then that one. */
function preempt(state: SchedulerState, flow: PreemptionFlow, run: SchedulerRun, context: Context): boolean {
  const nominated = run.once(() =>
    nominatedPods(state, flow.node)
      .filter(({ priority }) => priority < flow.pod.priority)
      .flatMap(({ pod }) => podStatusPatch(pod, undefined, '', context.nowMs) ?? []),
  );
  let isGood = nominated.map((call) => run.call(call)).every(({ ok }) => ok);
  const [last, ...others] = flow.victims.toReversed();
  if (others.length > 0) isGood = evict(state, flow, others.toReversed(), run, context) && isGood;
  if (!isGood && others.length > 0) return false;
  run.once(() => (flow.lastVictim = last!.key));
  return evict(state, flow, [last!], run, context) && isGood;
}

/** Marks Pods and deletes them; one that is not bound yet just loses its place. */
function evict(
  state: SchedulerState,
  flow: PreemptionFlow,
  victims: readonly PodInfo[],
  run: SchedulerRun,
  context: Context,
): boolean {
  const inMemory = victims.map((victim) => run.once(() => loseInMemory(state, victim, context)));
  victims.forEach((victim, index) => {
    if (inMemory[index] === true) run.once(() => tell(state, flow, victim, ' (in kube-scheduler memory).', context));
  });
  const toDelete = victims.filter((_, index) => inMemory[index] !== true);
  const marks = run.once(() => toDelete.map((victim) => markOf(flow, victim, context)));
  const answers = run.callAll(marks.flatMap((call) => call ?? []));
  const marked = answersBy(marks, answers);
  if (marked.some((answer) => answer !== undefined && !answer.ok && answer.code !== NOT_FOUND)) return false;
  const there = toDelete.filter((_, index) => marked[index]?.ok !== false);
  const deleted = run.callAll(there.map(({ pod }) => ({ ...placeOf(pod), verb: 'delete' as const })));
  there.forEach((victim, index) => {
    if (deleted[index]!.ok) run.once(() => tell(state, flow, victim, '', context));
  });
  return deleted.every(({ ok, code }) => ok || code === NOT_FOUND);
}

const NOT_FOUND = 404;

function answersBy(
  calls: readonly (ApiCall | undefined)[],
  answers: readonly ApiResult[],
): readonly (ApiResult | undefined)[] {
  let next = 0;
  return calls.map((call) => (call === undefined ? undefined : answers[next++]));
}

function placeOf(pod: PodInfo['pod']): Pick<ApiCall, 'resource' | 'namespace' | 'name'> {
  const resource = { group: '', version: 'v1', plural: 'pods' };
  return { resource, namespace: namespaceOf(pod) ?? 'default', name: nameOf(pod) };
}

function loseInMemory(state: SchedulerState, { uid }: PodInfo, context: Context): boolean {
  const stopped = { code: 'Error', plugin: PLUGIN, message: 'preempted' } as const;
  return stopWaiting(state, uid, stopped, context) || cancelPreBind(state, uid, `preempted by ${PLUGIN}`, context);
}

function markOf({ pod }: PreemptionFlow, victim: PodInfo, { nowMs }: Context): ApiCall | undefined {
  const scheduler = stringAt(pod.pod, 'spec', 'schedulerName') ?? 'default-scheduler';
  return podStatusPatch(
    victim.pod,
    {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: `${scheduler}: preempting to accommodate a higher priority pod`,
    },
    undefined,
    nowMs,
  );
}

function tell(state: SchedulerState, flow: PreemptionFlow, victim: PodInfo, how: string, context: Context): null {
  const message = `Preempted by pod ${flow.uid} on node ${flow.node}${how}`;
  const [about, related] = [victim.pod, flow.pod.pod];
  const facts = { about, related, type: 'Normal', reason: 'Preempted', action: 'Preempting', message } as const;
  recordInSeries(state.recorder, state.client, facts, context);
  return null;
}
