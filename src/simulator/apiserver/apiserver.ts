import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ComponentDefinition, ComponentId } from '../component.ts';
import type { AnswerMessage, ApiResponse, CallMessage, EtcdResult } from '../messages.ts';
import { CONNECT } from '../network/connect.ts';
import { HANDED_ON_TIMEOUT, handedBack, handedOnTimedOut } from './aggregation.ts';
import { BOOKMARK, sendBookmarks } from './bookmarks.ts';
import { closeConnection, connectTimedOut, connected } from './connect.ts';
import { CONNECT_TIMEOUT } from './connect/call-kubelet.ts';
import { proxied } from './connect/proxy.ts';
import { streamAnswered, streamCalled } from './connect/stream-call.ts';
import { ETCD_RETRY, expireRequests, hear, listEtcd, listed, retryEtcd } from './etcd-connection.ts';
import { ADJUST, DISPATCH, WAITED, adjust, freshFlowControl } from './flow-control/flow-control.ts';
import { FRESH } from './fresh.ts';
import { heldPorts } from './allocation/port-storage.ts';
import { PORT_REPAIR, repairPorts } from './allocation/repair-ports.ts';
import { eventRecorder, isRecorderRequest, recorderAnswered } from '../client/event-recorder.ts';
import type { OwnBudgetCall } from './eviction/eviction.ts';
import { EVICT_AGAIN, readBudget } from './eviction/eviction.ts';
import { answerer, askedAll, dispatchQueued, goOn, receive, refuseWaiting, serve } from './handling.ts';
import { answeredItself } from './own-answers.ts';
import { HEALTH_CHECK, probed } from './health.ts';
import { HEARTBEATS, hearHeartbeat, writeHeartbeats } from './heartbeats.ts';
import { IDENTITY, newIdentity, renewIdentity } from './identity-lease.ts';
import { QUOTA_TIMEOUT, quotaTimedOut } from './quota/quota-admission.ts';
import { BUILT_IN, byPrefix, resourceKey } from './served-resources.ts';
import type { ApiServerSettings, ApiServerState, Pending, Server } from './state.ts';
import { EXPIRE } from './storage.ts';
import { NO_TROUBLE, refusesHandshake, troubled } from './trouble.ts';
import { emptyCache } from './watch-cache.ts';
import { WATCH_TIMEOUT, closeWatch, endWatch } from './watchers.ts';
import { WEBHOOK_TIMEOUT, webhookHeard, webhookTimedOut } from './webhooks/call-webhooks.ts';
import { WRITE_AGAIN, quotaDecided, writeAnew } from './writing.ts';

/** One kube-apiserver: takes requests through its gates to etcd, and tells watchers what changed there. */
export const apiServer: ComponentDefinition<ApiServerState> = {
  kind: 'kube-apiserver',
  start(context, settings) {
    const resources = new Map(BUILT_IN.map((resource) => [resourceKey(resource), resource]));
    const state: ApiServerState = {
      settings: Object.freeze(settings as ApiServerSettings),
      resources,
      prefixes: byPrefix(BUILT_IN),
      caches: new Map([...resources].map(([key, resource]) => [key, emptyCache(resource)])),
      watchers: new Map(),
      open: new Map(),
      toConvert: new Map(),
      pending: new Map(),
      waiting: new Map(),
      connections: new Map(),
      streamCalls: new Map(),
      handedOn: new Map(),
      webhookWaits: new Map(),
      webhookCalls: new Map(),
      collections: new Map(),
      ownCalls: new Map(),
      quotaBatches: new Map(),
      writtenQuotas: new Map(),
      identity: newIdentity({ context }),
      isIdentitySet: false,
      heldPorts: heldPorts(undefined, 0),
      portLeaks: new Map(),
      portRecorder: eventRecorder('portallocator-repair-controller'),
      revision: 0,
      etcd: { listId: 0, watchId: 0, isHeard: false, endpoint: 0 },
      isExpiring: false,
      heartbeats: new Map(),
      isBeating: false,
      flow: freshFlowControl(),
      eventRates: [],
      early: [],
      trouble: NO_TROUBLE,
      isReady: false,
    };
    context.timer(context.numbers.apiServer.bookmarkPeriodMs, BOOKMARK, undefined, { periodic: true });
    listEtcd({ state, context });
    return state;
  },
  handle(state, event, context) {
    const server: Server = { state, context };
    if (event.type === 'timer') return timer(server, event.name, event.data);
    const { message, from } = event;
    if (message.type === 'request' && state.isReady) {
      if (!refusesHandshake(server, from, message)) receive(server, from, message);
    } else if (message.type === 'request') state.early.push({ from, request: message });
    else if (message.type === 'response') responded(server, message);
    else if (message.type === 'etcd-result' && message.id === state.etcd.listId) begin(server, message);
    else if (message.type === 'etcd-result') goOn(server, message);
    else if (message.type === 'answer') answered(server, message);
    else if (message.type === 'call') called(server, from, message);
    else if (message.type === 'etcd-events') {
      hear(server, message, answerer(server));
      wake(server);
    } else if (message.type === 'heartbeat') hearHeartbeat(server, message);
    else if (message.type === 'watch-closed') {
      closeWatch(state, `${from}/${message.id}`);
      closeConnection(server, from, message.id);
    }
  },
  stop(state, context, how) {
    // A machine without power says nothing: those who wait find out when their connection is dead for too long.
    const { deadConnectionMs } = context.numbers.reflector;
    for (const watcher of [...state.open.keys()].map((place) => closeWatch(state, place))) {
      if (watcher === undefined) continue;
      const { to, id, sent } = watcher;
      const closed = { type: 'watch', id, number: sent + 1, events: [], revision: state.revision, ended: 0 } as const;
      if (how === 'power') context.notice(to, deadConnectionMs, closed);
      else context.send(to, closed, { class: 'watch', verb: 'CLOSED' });
    }
    const { pending, flow, connections } = state;
    const asking = [...state.webhookWaits.values()]
      .map((wait) => wait.pending)
      .filter(({ request }) => request.verb !== 'watch');
    for (const { request, from } of [
      ...asking,
      ...pending.values(),
      ...flow.queued.values(),
      ...connections.values(),
    ]) {
      const broken = { type: 'response', id: request.id, code: 0, failure: 'refused' } as const;
      if (how === 'power') context.notice(from, deadConnectionMs, { ...broken, failure: 'timeout' });
      else context.send(from, broken, { class: 'response', verb: 'CLOSED' });
    }
  },
};

/** The server has answered itself. */
function responded(server: Server, message: ApiResponse): void {
  const { portRecorder } = server.state;
  if (isRecorderRequest(portRecorder, message.id)) recorderAnswered(portRecorder, message);
  else answeredItself(server, message);
}

/** Somebody whom the server has called answers: a webhook, another server, a process on the network, a kubelet. */
function answered(server: Server, message: AnswerMessage): void {
  if (webhookHeard(server, message, askedAll)) return;
  if (message.method === CONNECT) return proxied(server, message);
  if (!streamAnswered(server, message) && !handedBack(server, message)) connected(server, message);
}

/** A balancer asks how it is, a fault does something to it, or a stream that it carries says something. */
function called(server: Server, from: ComponentId, message: CallMessage): void {
  if (message.method === HEALTH_CHECK) probed(server, from, message);
  else if (!troubled(server, message.method, message.parameters)) streamCalled(server, from, message);
}

function timer(server: Server, name: string, data: unknown): void {
  const { context } = server;
  if (name === WATCH_TIMEOUT) endWatch(server, data as string, 200);
  else if (name === ETCD_RETRY) retryEtcd(server, data as number, answerer(server));
  else if (name === EXPIRE) expireRequests(server, answerer(server));
  else if (name === CONNECT_TIMEOUT) connectTimedOut(server, data as number);
  else if (name === WEBHOOK_TIMEOUT) webhookTimedOut(server, data as number, askedAll);
  else if (name === HANDED_ON_TIMEOUT) handedOnTimedOut(server, data as number);
  else if (name === PORT_REPAIR) repairPorts(server);
  else if (name === FRESH) wakeOne(server, data as string);
  else if (name === HEARTBEATS) writeHeartbeats(server);
  else if (name === DISPATCH) dispatchQueued(server, data as string);
  else if (name === WAITED) refuseWaiting(server, data as string);
  else if (name === ADJUST) adjust(server);
  else if (name === IDENTITY) {
    server.state.isIdentitySet = false;
    renewIdentity(server);
  } else if (name === QUOTA_TIMEOUT) quotaTimedOut(server, data, quotaDecided);
  else if (name === EVICT_AGAIN) readBudget(server, data as OwnBudgetCall);
  else if (name === WRITE_AGAIN) writeAnew(server, data as Pending);
  else if (name === BOOKMARK) {
    sendBookmarks(server);
    context.timer(context.numbers.apiServer.bookmarkPeriodMs, BOOKMARK, undefined, { periodic: true });
  }
}

/** The caches hold what etcd held: the server serves. */
function begin(server: Server, result: EtcdResult): void {
  const { state } = server;
  listed(server, result);
  if (result.error !== undefined) return;
  state.isReady = true;
  for (const { from, request } of state.early.splice(0)) receive(server, from, request);
  if (!state.isIdentitySet) {
    renewIdentity(server);
    repairPorts(server);
  }
  wake(server);
}

/** Reads that waited for the caches to be new enough. */
function wake(server: Server): void {
  const { waiting, revision } = server.state;
  for (const [key, wanted] of waiting) if (wanted.revision <= revision) wakeOne(server, key);
}

function wakeOne(server: Server, key: string): void {
  const { state } = server;
  const wanted = state.waiting.get(key);
  if (wanted === undefined) return;
  const resource = state.resources.get(resourceKey(wanted.request.resource));
  if (resource !== undefined) serve(server, wanted.from, wanted.request, resource);
  if (wanted.revision <= state.revision) state.waiting.delete(key);
}

/** Of several API servers that which knows most, as their states are; undefined where none runs. For looking at a run. */
export function newestOf(states: readonly unknown[]): unknown {
  const revisionOf = (state: unknown): number => (state as ApiServerState).revision;
  const running = states.filter((state) => state !== undefined);
  return running.toSorted((a, b) => revisionOf(b) - revisionOf(a))[0];
}

/** What the caches of an API server hold, by resource, then by namespace and name. For looking at a run, not for components. */
export function objectsOf(state: unknown): readonly KubernetesObject[] {
  if (state === undefined) return [];
  return [...(state as ApiServerState).caches.values()].flatMap(({ view }) => view.list());
}
