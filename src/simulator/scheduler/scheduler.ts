import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import type { ApiClient } from '../client/api-client.ts';
import { THROTTLED, apiClient, resultOf, sendCall, sendRequest } from '../client/api-client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import { eventRecorder, isRecorderRequest, recordEvent, recorderAnswered } from '../client/event-recorder.ts';
import type { Informer } from '../client/informer.ts';
import { REWATCH, observeWatch, rewatch, startInformer, watchEnded } from '../client/informer.ts';
import { View } from '../client/view.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { ApiRequest, ApiResponse, ResourceName, WatchEvent } from '../messages.ts';
import type { SchedulerCache } from './cache.ts';
import {
  assumePod,
  deleteNode,
  emptyCache,
  forgetPod,
  isAssumed,
  nodesInOrder,
  setNode,
  setPod,
  takePod,
} from './cache.ts';
import { failedSchedulingMessage } from './failed-scheduling.ts';
import { podInfoOf } from './pod-info.ts';
import { DEFAULT_PROFILE } from './profile.ts';
import { schedulePod } from './schedule-pod.ts';
import type { Listed, Snapshot } from './snapshot.ts';
import { LISTED } from './snapshot.ts';

const PODS: ResourceName = { group: '', version: 'v1', plural: 'pods' };
const NODES: ResourceName = { group: '', version: 'v1', plural: 'nodes' };
/** Groups and versions of what is listed that is not of the core group. */
const GROUPS: Partial<Record<Listed, string>> = {
  replicasets: 'apps',
  statefulsets: 'apps',
  storageclasses: 'storage.k8s.io',
  csinodes: 'storage.k8s.io',
  csidrivers: 'storage.k8s.io',
  csistoragecapacities: 'storage.k8s.io',
  volumeattachments: 'storage.k8s.io',
  poddisruptionbudgets: 'policy',
};
const SOURCES: readonly ResourceName[] = [
  NODES,
  PODS,
  ...LISTED.map((plural) => ({ group: GROUPS[plural] ?? '', version: 'v1', plural })),
];

interface SchedulerState {
  readonly client: ApiClient;
  readonly informers: Informer[];
  readonly recorder: EventRecorder;
  readonly cache: SchedulerCache;
  /** Keys of Pods that wait, first come first. */
  readonly active: string[];
  readonly unschedulable: Set<string>;
  readonly bindings: Map<number, { readonly key: string; readonly node: string }>;
  isBusy: boolean;
}

const CYCLE = 'cycle';

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
      recorder: eventRecorder('default-scheduler'),
      cache: emptyCache(),
      active: [],
      unschedulable: new Set(),
      bindings: new Map(),
      isBusy: false,
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === THROTTLED) return sendRequest(state.client, event.data as ApiRequest, context);
      if (event.name === REWATCH) return rewatch(state.informers[event.data as number]!, state.client, context);
      state.isBusy = false;
      return cycle(state, context);
    }
    const { message } = event;
    if (message.type === 'response') return answered(state, message, context);
    if (message.type !== 'watch') return;
    const index = state.informers.findIndex(({ watchId }) => watchId === message.id);
    const informer = state.informers[index];
    if (informer === undefined) return;
    if (message.ended !== undefined) return watchEnded(informer, message.ended, index, context);
    for (const change of observeWatch(informer, message)) {
      if (informer.source.resource === NODES) nodeChanged(state, change);
      else if (informer.source.resource === PODS) podChanged(state, change);
    }
    cycle(state, context);
  },
};

function nodeChanged(state: SchedulerState, { type, object }: WatchEvent): void {
  if (type === 'DELETED') deleteNode(state.cache, nameOf(object));
  else setNode(state.cache, object);
  retryAll(state);
}

function podChanged(state: SchedulerState, { type, key, object }: WatchEvent): void {
  const info = podInfoOf(object);
  const node = nameAt(object, 'spec', 'nodeName');
  const phase = stringAt(object, 'status', 'phase');
  if (type === 'DELETED' || phase === 'Succeeded' || phase === 'Failed') {
    takePod(state.cache, info.uid);
    state.unschedulable.delete(key);
    retryAll(state);
  } else if (node !== undefined) {
    setPod(state.cache, info, node);
  } else if (!isAssumed(state.cache, info.uid) && !state.active.includes(key) && !state.unschedulable.has(key)) {
    state.active.push(key);
  }
}

function retryAll(state: SchedulerState): void {
  state.active.push(...state.unschedulable);
  state.unschedulable.clear();
}

function cycle(state: SchedulerState, context: Context): void {
  if (state.isBusy || !state.informers.every(({ hasSynced }) => hasSynced)) return;
  const key = state.active.shift();
  if (key === undefined) return;
  state.isBusy = true;
  context.timer(1, CYCLE);
  const pod = state.informers[1]!.view.getKey(key);
  if (pod === undefined || nameAt(pod, 'spec', 'nodeName') !== undefined) return;
  schedule(state, key, pod, context);
}

function schedule(state: SchedulerState, key: string, pod: KubernetesObject, context: Context): void {
  const info = podInfoOf(pod);
  const snapshot = snapshotOf(state);
  const { nodes } = snapshot;
  const decision = schedulePod(DEFAULT_PROFILE, info, snapshot, context.random, String(context.next('attempt')));
  context.cause = context.note({
    class: 'internal',
    verb: 'SCHEDULE',
    object: `Pod/${key}`,
    detail: { node: decision.node ?? null, rejected: Object.fromEntries(decision.rejected), scores: decision.scores },
  });
  if (decision.node === undefined) {
    state.unschedulable.add(key);
    const message = failedSchedulingMessage(decision, nodes.length);
    recordEvent(
      state.recorder,
      state.client,
      { about: pod, type: 'Warning', reason: 'FailedScheduling', message },
      context,
    );
    return;
  }
  assumePod(state.cache, info, decision.node);
  const id = sendCall(state.client, bindingCall(pod, decision.node), context);
  state.bindings.set(id, { key, node: decision.node });
}

/** What plugins read, as it stands now. */
function snapshotOf({ cache, informers }: SchedulerState): Snapshot {
  const viewOf = (plural: Listed) =>
    informers.find(({ source }) => source.resource.plural === plural)?.view ?? EMPTY_VIEW;
  return {
    nodes: nodesInOrder(cache),
    find: (name) => cache.nodes.get(name),
    nodesWithAffinity: cache.withAffinity,
    nodesWithRequiredAntiAffinity: cache.withRequiredAntiAffinity,
    usedClaims: cache.usedClaims,
    imageNodes: cache.imageNodes,
    view: viewOf,
    get: (plural, key) => viewOf(plural).getKey(key),
    nominated: () => [],
  };
}

const EMPTY_VIEW = View.empty();

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
  const binding = state.bindings.get(message.id);
  if (binding === undefined) {
    const index = state.informers.findIndex(({ watchId }) => watchId === message.id);
    if (index >= 0) watchEnded(state.informers[index]!, message.code, index, context);
    return;
  }
  state.bindings.delete(message.id);
  const { key, node } = binding;
  const pod = state.informers[1]!.view.getKey(key);
  if (pod === undefined) return;
  if (resultOf(message).ok)
    return recordEvent(
      state.recorder,
      state.client,
      { about: pod, type: 'Normal', reason: 'Scheduled', message: `Successfully assigned ${key} to ${node}` },
      context,
    );
  forgetPod(state.cache, podInfoOf(pod).uid);
  state.active.push(key);
  cycle(state, context);
}
