import { nameOf } from '../../apimachinery/object.ts';
import { THROTTLED, apiClient, askedAgain, sendRequest } from '../client/api-client.ts';
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
import { LazyCopyMap } from '../kernel/copy-state.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { AnswerMessage, ApiRequest, ApiResponse, CallMessage, WatchEvents } from '../messages.ts';
import { nodeInfoOf, withNode } from '../scheduler/node-info.ts';
import type { Device } from './claims/claim-mount.ts';
import { nodeTold } from './claims/mount-claims.ts';
import { REGISTER_DRIVER, csiNodeAnswered, driverToldOfNode, registerDriver } from './claims/register-drivers.ts';
import { DRIVER_TIMEOUT } from './claims/call-driver.ts';
import type { GrowthTimer } from './claims/expand-claims.ts';
import { GROWTH, growthRead, lookForGrowth } from './claims/expand-claims.ts';
import { driverAnswered, driverTimedOut, objectRead } from './claims/claim-answers.ts';
import { DEADLINE } from './active-deadline.ts';
import { CLOCK } from '../leader-election/clock.ts';
import { PRESSURE, lookForPressure } from './eviction/look.ts';
import { FILL_DISK, fillDisk } from './eviction/fill-disk.ts';
import { EVICTED, evictedGone } from './eviction/evict.ts';
import { NO_PRESSURE } from './eviction/observe.ts';
import { FOLLOW, tellFollowers, unfollow } from './follow-logs.ts';
import { IMAGE_GC, collectImages, setImageGc } from './image-gc/image-gc.ts';
import type { HookTimer } from './hooks.ts';
import { HOOK } from './hooks.ts';
import type { KillTimer } from './kill-container.ts';
import { KILL, killTimeUp } from './kill-container.ts';
import { answerCall } from './answer-call.ts';
import { PORT_FORWARD, serveKubeletCall } from './kubelet-server.ts';
import { MARK, markNode, nodeMarked } from './node-labels.ts';
import { RENEW, leaseAnswered, renewLease } from './node-lease.ts';
import {
  REGISTER,
  REPORT,
  SYNC,
  nodeChanged,
  register,
  registered,
  report,
  reportAnswered,
  syncNode,
} from './node-status.ts';
import {
  SHUTDOWN,
  SHUTDOWN_CANCELLED,
  SHUT_DOWN,
  beginShutdown,
  cancelShutdown,
  goOnWithShutdown,
} from './nodeshutdown/nodeshutdown.ts';
import { REWATCH_OBJECT, objectWatchFailed, objectWatched, rewatchObject } from './object-cache.ts';
import { NETWORK_STATUS, networkState, updatePodCidr } from './pod-network.ts';
import { RELIST, containerChanged, relist, setLook } from './pleg.ts';
import { podsChanged } from './pod-config.ts';
import type { PodRecord } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import { closeForward, forwardAnswered } from './port-forward.ts';
import { WAKE, runWorkers } from './pod-worker.ts';
import { makeProbe } from './probe-manager.ts';
import type { ProbeTimer } from './probe-plan.ts';
import { PROBE } from './probe-plan.ts';
import { RESOURCE_METRICS, serveResourceMetrics } from './resource-metrics.ts';
import { RETRY_RESIZES, retryResizes } from './resize.ts';
import { hookSlept, runtimeAnswered } from './runtime-answers.ts';
import { callRuntime } from './state.ts';
import type { Asked, KubeletSettings, KubeletState } from './state.ts';
import { RECONCILE, RESEND, podRead, reconcile, resend, statusSent } from './status-manager.ts';
import { MOUNT, tokenRead } from './volumes.ts';
import { goOn, wantSync } from './worker-queue.ts';

const PODS = { group: '', version: 'v1', plural: 'pods' } as const;
const NODES = { group: '', version: 'v1', plural: 'nodes' } as const;

/** kubelet: makes of the Pods that are bound to its Node containers that run, and tells what became of them. */
export const kubelet: ComponentDefinition<KubeletState> = {
  kind: 'kubelet',
  start(context, settings, disk) {
    const own = settings as KubeletSettings;
    const name = nameOf(own.node);
    const user = { name: `system:node:${name}`, groups: ['system:nodes', 'system:authenticated'] };
    const client = apiClient(own.server, user, 'kubelet', context.numbers.clientLimits['kubelet']);
    const kept = disk as KubeletDisk | undefined;
    const isRebooted = kept?.isOff === true;
    context.timer(0, REGISTER);
    const state: KubeletState = {
      client,
      settings: Object.freeze(own),
      startedAtMs: context.nowMs,
      boot: (kept?.boot ?? 1) + (isRebooted ? 1 : 0),
      isRebooted,
      pods: startInformer({ resource: PODS, fieldSelector: `spec.nodeName=${name}` }, client, context),
      own: startInformer({ resource: NODES, name }, client, context),
      recorder: eventRecorder('kubelet', name),
      requests: new Map(),
      calls: new Map(),
      followers: new Map(),
      forwards: new Map(),
      forwarded: new Map(),
      records: new LazyCopyMap(),
      node: nodeInfoOf(own.node),
      isListed: false,
      found: undefined,
      pulls: [],
      isPulling: false,
      images: new Map(kept?.images),
      imageRecords: new Map(),
      hasImageGcFailed: false,
      pressure: NO_PRESSURE,
      pressureLookMs: undefined,
      evicting: undefined,
      shutdown: undefined,
      changed: new Set(),
      waiting: new Set(),
      isLookSet: false,
      wanted: new Map(),
      moved: new Map(),
      objects: new Map(),
      // Mounts outlive the process that made them, not the machine.
      devices: new Map(isRebooted ? [] : kept?.devices),
      registering: new Map(),
      growing: new Map(),
      pendingResizes: [],
      lease: undefined,
      isReportSet: false,
      isReportDue: false,
      isRegistered: false,
      registerMs: 0,
      podCidr: undefined,
      isNetworkReady: false,
      foreignDiskBytes: 0,
      clockSkewMs: 0,
      readySaid: undefined,
      report: 'none',
    };
    callRuntime(state, { uid: '' }, 'ListPodSandbox', {}, context);
    setImageGc(context);
    return state;
  },
  /** What it knows of the images and the machine; everything else it finds again. */
  keeps: ({ images, boot, devices }, how): KubeletDisk =>
    Object.freeze({ images: [...images], boot, devices: [...devices], isOff: how === 'power' }),
  /** Who read a log finds the connection closed; where the machine is off, nobody is told. */
  stop(state, context, how) {
    if (how === 'power') return;
    for (const place of state.forwards.keys()) {
      const slash = place.lastIndexOf('/');
      const call = { id: Number(place.slice(slash + 1)), method: PORT_FORWARD };
      answerCall(place.slice(0, slash), call, false, { code: 0, message: 'unexpected EOF' }, context);
    }
    for (const { to, id, method } of state.followers.values())
      answerCall(to, { id, method }, false, { code: 0, message: 'unexpected EOF' }, context);
  },
  handle(state, event, context) {
    if (event.type === 'timer') timer(state, event.name, event.data, context);
    else if (event.message.type === 'response') answered(state, event.message, context);
    else if (event.message.type === 'answer' && event.from === state.settings.csi)
      driverSaid(state, event.message, context);
    else if (event.message.type === 'answer') {
      if (!forwardAnswered(state, event.message, context)) runtimeAnswered(state, event.message, context);
    } else if (event.message.type === 'call') called(state, event.from, event.message, context);
    else if (event.message.type === 'watch') watched(state, event.from, event.message, context);
    else if (event.message.type === 'watch-closed') streamClosed(state, event.from, event.message.id);
    runWorkers(state, context);
    if (state.followers.size > 0) tellFollowers(state, context);
    setLook(state, context);
  },
};

function driverSaid(state: KubeletState, answer: AnswerMessage, context: Context): void {
  if (!driverToldOfNode(state, answer, context)) driverAnswered(state, answer, context);
}

/** Somebody reads no more of a log, or has closed its stream to a Pod's ports. */
function streamClosed(state: KubeletState, from: ComponentId, id: number): void {
  unfollow(state, from, id);
  closeForward(state, from, id);
}

interface KubeletDisk {
  readonly images: readonly (readonly [string, number])[];
  readonly boot: number;
  readonly devices: readonly (readonly [string, Device])[];
  /** The machine went off, and not the kubelet alone. */
  readonly isOff: boolean;
}

type OfPod = (state: KubeletState, record: PodRecord, data: unknown, context: Context) => void;

/** Timers that are about one Pod: their data is its uid, or has it. */
const OF_POD: ReadonlyMap<string, OfPod> = new Map<string, OfPod>([
  [
    WAKE,
    (state, record, data, context) => {
      if (record.wakeAtMs === (data as { readonly atMs: number }).atMs) wantSync(state, record, context);
    },
  ],
  [MOUNT, (state, record, _data, context) => goOn(state, record, context)],
  [RESEND, (state, record, _data, context) => resend(state, record, context)],
  [RECONCILE, (state, record, _data, context) => reconcile(state, record, context)],
  [DEADLINE, (state, record, _data, context) => wantSync(state, record, context)],
  [GROWTH, (state, record, data, context) => lookForGrowth(state, record, data as GrowthTimer, context)],
  [PROBE, (state, record, data, context) => makeProbe(state, record, data as ProbeTimer, context)],
  [KILL, (state, record, data, context) => killTimeUp(state, record, data as KillTimer, context)],
  [HOOK, (state, record, data, context) => hookSlept(state, record, data as HookTimer, context)],
]);

function timer(state: KubeletState, name: string, data: unknown, context: Context): void {
  switch (name) {
    case THROTTLED:
      return sendRequest(state.client, data as ApiRequest, context);
    case REWATCH:
      return rewatch(data === 1 ? state.own : state.pods, state.client, context);
    case REWATCH_OBJECT:
      return rewatchObject(state, String(data), context);
    case REGISTER:
      return register(state, context);
    case REGISTER_DRIVER:
      return registerDriver(state, data as number, context);
    case MARK:
      return markNode(state, context);
    case RENEW:
      return renewLease(state, context);
    case REPORT:
      return report(state, context);
    case SYNC:
      return syncNode(state, context);
    case RELIST:
      return relist(state, context);
    case IMAGE_GC:
      return collectImages(state, context);
    case PRESSURE:
      return lookForPressure(state, data as number, context);
    case EVICTED:
      return evictedGone(state, context);
    case SHUTDOWN:
      return goOnWithShutdown(state, context);
    case DRIVER_TIMEOUT:
      return driverTimedOut(state, data as number, context);
    case FOLLOW:
      return;
    case RETRY_RESIZES:
      return retryResizes(state, context);
  }
  const uid = typeof data === 'string' ? data : (data as { readonly uid: string }).uid;
  const record = state.records.get(uid);
  if (record !== undefined) OF_POD.get(name)?.(state, record, data, context);
}

function watched(state: KubeletState, from: ComponentId, message: WatchEvents, context: Context): void {
  const { pods, own, objects } = state;
  const informers = [pods, own, ...[...objects.values()].map(({ informer }) => informer)];
  const index = informerOf(informers, from, message, context);
  const informer = informers[index];
  if (informer === undefined) return;
  const ended = endOfWatch(informer, message);
  if (message.id === pods.watchId) {
    if (ended !== undefined) watchEnded(pods, ended, 0, context);
    else podsChanged(state, observeWatch(pods, message), context);
  } else if (message.id === own.watchId) {
    if (ended !== undefined) return watchEnded(own, ended, 1, context);
    for (const { type, object } of observeWatch(own, message))
      if (type !== 'DELETED') {
        state.node = withNode(state.node, object);
        nodeChanged(state, object, context);
        nodeTold(state, context);
        updatePodCidr(state, object, context);
      }
  } else {
    if (ended !== undefined) return void objectWatchFailed(state, message.id, ended, context);
    for (const uid of objectWatched(state, message)) {
      const record = state.records.get(uid);
      if (record !== undefined) goOn(state, record, context);
    }
  }
}

function answered(state: KubeletState, response: ApiResponse, context: Context): void {
  if (askedAgain(response, context)) return;
  if (isRecorderRequest(state.recorder, response.id)) return recorderAnswered(state.recorder, response);
  if (response.id === state.pods.watchId) return watchEnded(state.pods, response.code, 0, context);
  if (response.id === state.own.watchId) return watchEnded(state.own, response.code, 1, context);
  const asked = state.requests.get(response.id);
  state.requests.delete(response.id);
  if (asked === undefined) return void objectWatchFailed(state, response.id, response.code, context);
  if (asked.type === 'register') return registered(state, response.code, context);
  if (asked.type === 'mark') return nodeMarked(response.code, context);
  if (asked.type === 'csi-node') return csiNodeAnswered(state, asked, response, context);
  if (asked.type === 'lease') return leaseAnswered(state, response, context);
  if (asked.type === 'node-status') return reportAnswered(state, response.code, context);
  const record = state.records.get(asked.uid);
  if (record === undefined) return;
  if (asked.type === 'get') podRead(state, record, response.code, response.body, context);
  else if (asked.type === 'status') statusSent(state, record, response.code, context);
  else if (asked.type === 'token') tokenRead(state, record, asked, response, context);
  else if (asked.type === 'growth') growthRead(state, record, asked, response, context);
  else if (isOfClaim(asked)) objectRead(state, record, asked, response, context);
  else if (response.code === 0) context.timer(context.numbers.kubelet.relistMs, RESEND, record.uid);
}

type OfClaim = Extract<Asked, { readonly type: 'claim' }>;

function isOfClaim(asked: Asked): asked is OfClaim {
  return asked.type === 'claim' || asked.type === 'volume' || asked.type === 'driver' || asked.type === 'attachment';
}

/** The runtime tells of a container, the machine that it goes off; anybody else asks for logs or for a command to be run. */
function called(state: KubeletState, from: string, call: CallMessage, context: Context): void {
  if (from === state.settings.runtime) containerChanged(state, call.parameters['container'] as RuntimeContainer);
  else if (call.method === SHUT_DOWN) beginShutdown(state, String(call.parameters['machinery']), context);
  else if (call.method === SHUTDOWN_CANCELLED) cancelShutdown(state, context);
  else if (call.method === NETWORK_STATUS) networkState(state, call.parameters['isReady'] === true, context);
  else if (call.method === FILL_DISK) fillDisk(state, Number(call.parameters['percent']), context);
  else if (call.method === CLOCK) state.clockSkewMs = Number(call.parameters['skewMs']);
  else if (call.method === RESOURCE_METRICS) serveResourceMetrics(state, from, call, context);
  else serveKubeletCall(state, from, call, context);
}
