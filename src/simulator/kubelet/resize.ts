import type { KubernetesObject } from '../../apimachinery/object.ts';
import { podRequests } from '../../apimachinery/pod-resources.ts';
import { qosClassOf } from '../../apimachinery/qos-class.ts';
import { compareQuantities } from '../../apimachinery/quantity.ts';
import type { JsonObject } from '../../base/json.ts';
import { jsonEqual, numberAt, objectAt, valueAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { NodeInfo } from '../scheduler/node-info.ts';
import { withPod, withoutPod } from '../scheduler/node-info.ts';
import { podInfoOf } from '../scheduler/pod-info.ts';
import { admit } from './admission.ts';
import { allocatedPod } from './allocated-pod.ts';
import { containerResources } from './container-resources.ts';
import type { ConditionFact } from './conditions.ts';
import type { PodRecord } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import { containersOf, nameOfContainer, specOf, withContainer } from './pod-runtime.ts';

import type { ResizableResource } from './resize-actions.ts';
import { isResizing } from './resize-actions.ts';
import type { KubeletState } from './state.ts';
import { callRuntime, tell } from './state.ts';
import { stepDone, stepFailed, wantSync } from './worker-queue.ts';

/** Name of the timer after which resizes that wait are looked at again. */
export const RETRY_RESIZES = 'retry-resizes';

const PENDING = 'PodResizePending';
const IN_PROGRESS = 'PodResizeInProgress';

/** Whether two versions of a Pod ask for other resources. */
function asksForOther(before: KubernetesObject, after: KubernetesObject): boolean {
  if (!jsonEqual(objectAt(before, 'spec', 'resources') ?? {}, objectAt(after, 'spec', 'resources') ?? {})) return true;
  return (['init', 'regular'] as const).some((kind) =>
    containersOf(after, kind).some((container) => {
      const old = specOf(before, nameOfContainer(container))?.spec;
      return !jsonEqual(objectAt(old, 'resources') ?? {}, objectAt(container, 'resources') ?? {});
    }),
  );
}

/** A Pod of the Node has changed: other resources are given where there is room, or wait. */
export function podResized(state: KubeletState, record: PodRecord, before: KubernetesObject, context: Context): void {
  const agreed = record.agreed ?? before;
  if (!asksForOther(agreed, record.pod)) {
    record.agreed = undefined;
    record.resize = record.resize.filter(({ type }) => type !== PENDING);
    return;
  }
  record.agreed = agreed;
  if (!state.pendingResizes.includes(record.uid)) state.pendingResizes.push(record.uid);
  retryResizes(state, context);
}

/**
 * Looks at all resizes that wait: those that take no more first, then by priority, by class, by time.
 * Source: pkg/kubelet/allocation/allocation_manager.go `retryPendingResizes`, 1.36.
 */
export function retryResizes(state: KubeletState, context: Context): void {
  if (state.pendingResizes.length === 0) return;
  const waiting = state.pendingResizes.flatMap((uid) => state.records.get(uid) ?? []);
  const order = waiting.map((record, index) => ({ record, index, rank: rankOf(record) }));
  order.sort((a, b) => b.rank[0] - a.rank[0] || b.rank[1] - a.rank[1] || b.rank[2] - a.rank[2] || a.index - b.index);
  const open = order.filter(({ record }) => record.stage === 'sync' && !allocate(state, record, context));
  state.pendingResizes.splice(0, state.pendingResizes.length, ...open.map(({ record }) => record.uid));
  if (open.length > 0)
    context.timer(context.numbers.kubelet.resizeRetryMs, RETRY_RESIZES, undefined, { periodic: true });
}

function rankOf({ pod, agreed = pod }: PodRecord): readonly [number, number, number] {
  const [wanted, has] = [podRequests(pod), podRequests(agreed)];
  const grows = ['cpu', 'memory'].some((name) => {
    const [more, less] = [wanted.get(name), has.get(name)];
    return more !== undefined && (less === undefined || compareQuantities(more, less) > 0);
  });
  return [grows ? 0 : 1, numberAt(pod, 'spec', 'priority') ?? 0, qosClassOf(pod) === 'Guaranteed' ? 1 : 0];
}

/** Gives a Pod what it asks for; false where there is no room and it has to wait. */
function allocate(state: KubeletState, record: PodRecord, context: Context): boolean {
  const others = withoutUid(state.node, record.uid);
  const rejection = admit(record.pod, others);
  const generation = numberAt(record.pod, 'metadata', 'generation') ?? 0;
  if (rejection !== undefined) {
    const { message } = rejection;
    const before = record.resize.find(({ type }) => type === PENDING);
    const fact: ConditionFact = {
      type: PENDING,
      status: 'True',
      reason: 'Deferred',
      message,
      observedGeneration: generation,
    };
    record.resize = [fact, ...record.resize.filter(({ type }) => type !== PENDING)];
    if (before?.observedGeneration === generation) return false;
    tell(
      state,
      record,
      'Warning',
      'ResizeDeferred',
      said('Pod resize Deferred', record.pod, generation, message),
      context,
    );
    wantSync(state, record, context);
    return false;
  }
  state.node = withPod(others, podInfoOf(record.pod));
  record.agreed = undefined;
  record.resize = [{ type: IN_PROGRESS, status: 'True', observedGeneration: generation }];
  tell(state, record, 'Normal', 'ResizeStarted', said('Pod resize started', record.pod, generation, ''), context);
  wantSync(state, record, context);
  return true;
}

/** Source: pkg/kubelet/events/resize.go, 1.36. */
function said(start: string, pod: KubernetesObject, generation: number, error: string): string {
  const summary = (kind: 'init' | 'regular') =>
    containersOf(pod, kind).map((container) => ({
      name: nameOfContainer(container),
      resources: sorted(objectAt(container, 'resources') ?? {}),
    }));
  const [inits, regular] = [summary('init'), summary('regular')];
  const all = {
    ...(inits.length === 0 ? {} : { initContainers: inits }),
    ...(regular.length === 0 ? {} : { containers: regular }),
    generation,
    ...(error === '' ? {} : { error }),
  };
  return `${start}: ${JSON.stringify(all)}`;
}

/** As Go writes a map: by key. */
function sorted(value: JsonObject): JsonObject {
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(
    keys.map((key) => [key, objectAt(value, key) === undefined ? value[key] : sorted(objectAt(value, key) ?? {})]),
  );
}

/** A Pod is gone from the Node: its room is free. */
export function podLeft(state: KubeletState, record: PodRecord, context: Context): void {
  state.node = withoutUid(state.node, record.uid);
  retryResizes(state, context);
}

/** At the begin of a sync: a resize whose containers all have what they should is complete. */
export function finishResize(state: KubeletState, record: PodRecord, context: Context): void {
  const fact = record.resize.find(({ type }) => type === IN_PROGRESS);
  if (fact === undefined) return;
  const pod = allocatedPod(record);
  if (isResizing(pod, record.seen, record.cgroup?.resources)) return;
  record.resize = record.resize.filter(({ type }) => type !== IN_PROGRESS);
  const generation = fact.observedGeneration ?? 0;
  tell(state, record, 'Normal', 'ResizeCompleted', said('Pod resize completed', pod, generation, ''), context);
}

/** Changes one resource of a running container. */
export function beginUpdate(
  state: KubeletState,
  record: PodRecord,
  { id, resource }: { readonly id: string; readonly resource: ResizableResource },
  context: Context,
): boolean {
  const current = record.runtime.containers.find((container) => container.id === id);
  if (current === undefined) return true;
  const pod = allocatedPod(record);
  const wanted = containerResources(pod, specOf(pod, current.name)?.spec ?? null);
  const parts = ['limits', 'requests'].flatMap((part) => {
    const value = valueAt(wanted, part, resource);
    const others = Object.entries(objectAt(current.resources, part) ?? {}).filter(([name]) => name !== resource);
    const made = Object.fromEntries([...others, ...(value === undefined ? [] : [[resource, value]])]);
    return Object.keys(made).length === 0 ? [] : [[part, made] as const];
  });
  const resources = Object.freeze(Object.fromEntries(parts));
  const called = { uid: record.uid, container: current.name };
  callRuntime(state, called, 'UpdateContainerResources', { container: id, resources }, context);
  return false;
}

export function updated(
  state: KubeletState,
  record: PodRecord,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const container = result['container'] as RuntimeContainer | undefined;
  state.changed.add(record.uid);
  if (ok && container !== undefined) {
    record.runtime = withContainer(record.runtime, container);
    return stepDone(state, record, context);
  }
  const message = String(result['error']);
  const generation = numberAt(record.pod, 'metadata', 'generation') ?? 0;
  const fact: ConditionFact = {
    type: IN_PROGRESS,
    status: 'True',
    reason: 'Error',
    message,
    observedGeneration: generation,
  };
  record.resize = [fact, ...record.resize.filter(({ type }) => type !== IN_PROGRESS)];
  tell(state, record, 'Warning', 'ResizeError', said('Pod resize error', record.pod, generation, message), context);
  stepFailed(state, record, { isSteady: true }, context);
}

function withoutUid(node: NodeInfo, uid: string): NodeInfo {
  const [pod] = node.pods.filter((own) => own.uid === uid);
  return pod === undefined ? node : withoutPod(node, pod);
}
