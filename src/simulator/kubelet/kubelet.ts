import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import { THROTTLED, apiClient, sendRequest } from '../client/api-client.ts';
import { eventRecorder, isRecorderRequest, recorderAnswered } from '../client/event-recorder.ts';
import {
  REWATCH,
  endOfWatch,
  informerOf,
  observeWatch,
  rewatch,
  startInformer,
  watchEnded,
} from '../client/informer.ts';
import type { ComponentDefinition, Context } from '../component.ts';
import { timeOf } from '../kernel/clock.ts';
import type { AnswerMessage, ApiRequest, ApiResponse, ResourceName } from '../messages.ts';
import { REGISTER, RENEW, REPORT, leaseAnswered, register, registered, renewLease, report } from './node-heartbeat.ts';
import { nameOfContainer } from './next-container.ts';
import type { PodRecord } from './pod-record.ts';
import { containerRecord } from './pod-record.ts';
import { SYNC, containerEnded, runtimeAnswered, stopContainer, syncPod } from './pod-worker.ts';
import { probePlan } from './probes.ts';
import type { RuntimeContainer, Sandbox } from './runtime.ts';
import { callRuntime, tell } from './state.ts';
import type { KubeletSettings, KubeletState } from './state.ts';
import { RESEND, podRead, resend, statusSent } from './status-manager.ts';
import { MOUNT, volumeRead } from './volumes.ts';

const PODS: ResourceName = { group: '', version: 'v1', plural: 'pods' };

/** Source: pkg/kubelet/kubelet.go `genericPlegRelistPeriod`, 1.36. */
const RELIST_MS = 1000;
const RELIST = 'pleg-relist';
const PROBED = 'probed';

/** kubelet: makes of the Pods that are bound to its Node containers that run, and tells what became of them. */
export const kubelet: ComponentDefinition<KubeletState> = {
  kind: 'kubelet',
  start(context, settings) {
    const own = settings as KubeletSettings;
    const name = nameOf(own.node);
    const user = { name: `system:node:${name}`, groups: ['system:nodes', 'system:authenticated'] };
    const client = apiClient(own.server, user, 'kubelet', context.numbers.clientLimits['kubelet']);
    context.timer(0, REGISTER);
    const state: KubeletState = {
      client,
      settings: Object.freeze(own),
      pods: startInformer({ resource: PODS, fieldSelector: `spec.nodeName=${name}` }, client, context),
      recorder: eventRecorder('kubelet'),
      requests: new Map(),
      calls: new Map(),
      records: new Map(),
      isListed: false,
      pulls: [],
      isPulling: false,
      changed: new Set(),
      isLookSet: false,
      lease: undefined,
    };
    callRuntime(state, { uid: '' }, 'ListPodSandbox', {}, context);
    return state;
  },
  handle(state, event, context) {
    if (event.type === 'timer') timer(state, event.name, event.data, context);
    else if (event.message.type === 'response') answered(state, event.message, context);
    else if (event.message.type === 'answer') runtimeSaid(state, event.message, context);
    else if (event.message.type === 'call')
      ended(state, event.message.parameters['container'] as RuntimeContainer, context);
    else if (event.message.type === 'watch') {
      const { from, message } = event;
      if (informerOf([state.pods], from, message, context) < 0) return;
      const end = endOfWatch(state.pods, message);
      if (end !== undefined) return watchEnded(state.pods, end, 0, context);
      for (const { type, object } of observeWatch(state.pods, message)) {
        const uid = nameAt(object, 'metadata', 'uid') ?? '';
        if (type === 'DELETED') state.records.delete(uid);
        else podChanged(state, uid, object, context);
      }
    }
    setLook(state, context);
  },
};

function timer(state: KubeletState, name: string, data: unknown, context: Context): void {
  if (name === THROTTLED) return sendRequest(state.client, data as ApiRequest, context);
  if (name === REWATCH) return rewatch(state.pods, state.client, context);
  if (name === REGISTER) return register(state, context);
  if (name === RENEW) return renewLease(state, context);
  if (name === REPORT) return report(state, context);
  if (name === RELIST) return relist(state, context);
  if (name === PROBED) return probed(state, data as Probed, context);
  const record = state.records.get(data as string);
  if (record === undefined) return;
  if (name === RESEND) resend(state, record, context);
  else if (name === SYNC || name === MOUNT) syncPod(state, record, context);
}

function answered(state: KubeletState, response: ApiResponse, context: Context): void {
  if (isRecorderRequest(state.recorder, response.id)) return recorderAnswered(state.recorder, response);
  if (response.id === state.pods.watchId) return watchEnded(state.pods, response.code, 0, context);
  const asked = state.requests.get(response.id);
  state.requests.delete(response.id);
  if (asked === undefined) return;
  if (asked.type === 'register') return registered(state, response.code, context);
  if (asked.type === 'lease') return leaseAnswered(state, response, context);
  if (asked.type === 'node-status') return;
  const record = state.records.get(asked.uid);
  if (record === undefined) return;
  if (asked.type === 'get') podRead(state, record, response.code, response.body, context);
  else if (asked.type === 'status') statusSent(state, record, response.code, context);
  else if (asked.type === 'volume') {
    if (!volumeRead(state, record, asked, response, context)) return;
    record.hasVolumes = true;
    syncPod(state, record, context);
  } else if (response.code === 0) context.timer(RELIST_MS, RESEND, record.uid);
}

function podChanged(state: KubeletState, uid: string, pod: KubernetesObject, context: Context): void {
  let record = state.records.get(uid);
  if (record === undefined) state.records.set(uid, (record = newRecord(uid, pod, context)));
  record.pod = pod;
  const phase = stringAt(pod, 'status', 'phase');
  const isDeleted = isBeingDeleted(pod);
  if (!isDeleted && (phase === 'Failed' || phase === 'Succeeded')) record.isTerminating = true;
  if (record.isGone && isDeleted) return record.isSending ? undefined : resend(state, record, context);
  syncPod(state, record, context);
}

function newRecord(uid: string, pod: KubernetesObject, context: Context): PodRecord {
  return {
    uid,
    key: `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`,
    pod,
    startTime: stringAt(pod, 'status', 'startTime') ?? timeOf(context.nowMs),
    sandbox: undefined,
    containers: new Map(),
    isBusy: false,
    stopping: 0,
    isTerminating: false,
    isGone: false,
    volumes: new Set(),
    mountFailures: 0,
    mounting: 0,
    hasVolumes: false,
    status: {},
    isSending: false,
    isDirty: false,
  };
}

function runtimeSaid(state: KubeletState, { id, method, ok, result }: AnswerMessage, context: Context): void {
  const called = state.calls.get(id);
  state.calls.delete(id);
  if (called === undefined) return;
  if (method === 'ListPodSandbox') return listed(state, result, context);
  const record = state.records.get(called.uid);
  if (record !== undefined) return runtimeAnswered(state, record, called, method, ok, result, context);
  if (method !== 'PullImage') return;
  state.pulls.shift();
  state.isPulling = false;
}

/** What has gone on while the kubelet was away. */
function listed(state: KubeletState, result: Readonly<Record<string, unknown>>, context: Context): void {
  state.isListed = true;
  const found = result as { readonly sandboxes: readonly Sandbox[]; readonly containers: readonly RuntimeContainer[] };
  for (const record of state.records.values()) {
    record.sandbox = found.sandboxes.find(({ podUid }) => podUid === record.uid);
    for (const container of found.containers) {
      if (container.podUid !== record.uid) continue;
      const known = containerRecord();
      record.containers.set(container.name, { ...known, container });
    }
    if (record.containers.size > 0) state.changed.add(record.uid);
    syncPod(state, record, context);
  }
}

/** The runtime's containers are looked at once a second: what ended is seen then. */
function ended(state: KubeletState, container: RuntimeContainer, context: Context): void {
  const record = state.records.get(container.podUid);
  const known = record?.containers.get(container.name);
  if (record === undefined || known?.container?.id !== container.id) return;
  containerEnded(state, record, known, container, context);
  state.changed.add(record.uid);
}

/** The next look at the runtime, where it has something to tell. Source: pkg/kubelet/pleg/generic.go, 1.36. */
function setLook(state: KubeletState, context: Context): void {
  if (state.isLookSet || state.changed.size === 0) return;
  state.isLookSet = true;
  context.timer(RELIST_MS - (context.nowMs % RELIST_MS), RELIST);
}

function relist(state: KubeletState, context: Context): void {
  state.isLookSet = false;
  const uids = [...state.changed];
  state.changed.clear();
  for (const uid of uids) {
    const record = state.records.get(uid);
    if (record === undefined) continue;
    context.note({ class: 'internal', verb: 'PLEG', object: `Pod/${record.key}` });
    for (const known of record.containers.values())
      if (known.container?.state === 'running') planProbes(record, known.container, context);
    syncPod(state, record, context);
  }
}

interface Probed {
  readonly uid: string;
  readonly id: string;
  readonly what: 'started' | 'ready' | 'failed';
  readonly probe?: 'Startup' | 'Liveness';
}

/** Timers for the moments at which the result of a probe changes; what has changed already is set now. */
function planProbes(record: PodRecord, container: RuntimeContainer, context: Context): void {
  const known = record.containers.get(container.name)!;
  if (known.isStarted || known.planned === container.id) return;
  known.planned = container.id;
  const { pod } = record;
  const spec = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')].find(
    (one) => nameOfContainer(one) === container.name,
  );
  if (spec === undefined) return;
  const plan = probePlan(spec, container.behaviour);
  const base = { uid: record.uid, id: container.id };
  const wait = (afterMs: number) => container.startedAtMs + afterMs - context.nowMs;
  if (plan.startedMs !== undefined) {
    if (wait(plan.startedMs) <= 0) known.isStarted = true;
    else context.timer(wait(plan.startedMs), PROBED, { ...base, what: 'started' });
  }
  if (plan.readyMs !== undefined) {
    if (wait(plan.readyMs) <= 0 && objectAt(spec, 'readinessProbe') === undefined) known.isReady = true;
    else context.timer(Math.max(1, wait(plan.readyMs)), PROBED, { ...base, what: 'ready' });
  }
  if (plan.failed !== undefined)
    context.timer(Math.max(1, wait(plan.failed.afterMs)), PROBED, {
      ...base,
      what: 'failed',
      probe: plan.failed.probe,
    });
}

function probed(state: KubeletState, { uid, id, what, probe }: Probed, context: Context): void {
  const record = state.records.get(uid);
  const known = record && [...record.containers.values()].find(({ container }) => container?.id === id);
  if (record === undefined || known?.container?.state !== 'running' || record.isTerminating) return;
  const { name } = known.container;
  const detail = { container: name, result: what === 'failed' ? 'failure' : 'success' };
  context.note({
    class: 'probe',
    verb: probe ?? (what === 'ready' ? 'Readiness' : 'Startup'),
    object: `Pod/${record.key}`,
    detail,
  });
  if (what === 'started') known.isStarted = true;
  else if (what === 'ready') known.isReady = true;
  else {
    const { pod } = record;
    const spec = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')].find(
      (one) => nameOfContainer(one) === name,
    );
    const word = (probe ?? 'Liveness').toLowerCase();
    tell(
      state,
      record,
      'Warning',
      'Unhealthy',
      `${probe ?? 'Liveness'} probe failed: HTTP probe failed with statuscode: 503`,
      context,
    );
    if (spec !== undefined)
      stopContainer(state, record, spec, `Container ${name} failed ${word} probe, will be restarted`, context);
  }
  syncPod(state, record, context);
}
