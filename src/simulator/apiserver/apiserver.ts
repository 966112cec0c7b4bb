import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { ComponentDefinition, ComponentId } from '../component.ts';
import type { ApiRequest, EtcdResult } from '../messages.ts';
import { answerAccessReview, isAccessReview } from './access-review.ts';
import { ETCD_RETRY, expireRequests, hear, listEtcd, listed, retryEtcd } from './etcd-connection.ts';
import type { AnswerLeft } from './etcd-connection.ts';
import { FRESH, whenFresh } from './fresh.ts';
import { GATES } from './gates.ts';
import { itemsOfCache, listOf, pageOf } from './list.ts';
import { refusedListOptions } from './list-options.ts';
import { discoveryOf } from './discovery.ts';
import { respond, respondRefusal } from './respond.ts';
import { readVerbs } from './read-verbs.ts';
import { BUILT_IN, byPrefix, resourceKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { METHOD_NOT_ALLOWED, STORAGE_TIMEOUT, UNKNOWN_PATH, isRefusal } from './status.ts';
import type { ApiServerSettings, ApiServerState, Pending, Server } from './state.ts';
import { emptyCache } from './watch-cache.ts';
import { BOOKMARK, WATCH_TIMEOUT, closeWatch, endWatch, openWatch, selectionOf, sendBookmarks } from './watchers.ts';
import { prepareWrite } from './write-verbs.ts';
import { EXPIRE, ask, sendSideWrites, sendTxn } from './storage.ts';

/** Most times that a write is tried against what others write meanwhile. Source: etcd3/store.go, 1.36, which tries on. */
const MOST_ATTEMPTS = 10;

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
      pending: new Map(),
      waiting: new Map(),
      collections: new Map(),
      revision: 0,
      etcd: { listId: 0, watchId: 0, isHeard: false, endpoint: 0 },
      isExpiring: false,
      early: [],
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
    if (message.type === 'request' && state.isReady) receive(server, from, message);
    else if (message.type === 'request') state.early.push({ from, request: message });
    else if (message.type === 'etcd-result' && message.id === state.etcd.listId) begin(server, message);
    else if (message.type === 'etcd-result') goOn(server, message);
    else if (message.type === 'etcd-events') {
      hear(server, message, answerer(server));
      wake(server);
    } else if (message.type === 'watch-closed') closeWatch(state, `${from}/${message.id}`);
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
    for (const { request, from } of state.pending.values()) {
      const broken = { type: 'response', id: request.id, code: 0, failure: 'refused' } as const;
      if (how === 'power') context.notice(from, deadConnectionMs, { ...broken, failure: 'timeout' });
      else context.send(from, broken, { class: 'response', verb: 'CLOSED' });
    }
  },
};

function timer(server: Server, name: string, data: unknown): void {
  const { context } = server;
  if (name === WATCH_TIMEOUT) endWatch(server, data as string, 200);
  else if (name === ETCD_RETRY) retryEtcd(server, data as number, answerer(server));
  else if (name === EXPIRE) expireRequests(server, answerer(server));
  else if (name === FRESH) wakeOne(server, data as string);
  else if (name === BOOKMARK) {
    sendBookmarks(server);
    context.timer(context.numbers.apiServer.bookmarkPeriodMs, BOOKMARK, undefined, { periodic: true });
  }
}

/** Answers a request that etcd has left alone. */
function answerer(server: Server): AnswerLeft {
  return (pending, refusal) =>
    finishWrite(server, pending, () => respondRefusal(server, pending.from, pending.request, refusal));
}

/** The caches hold what etcd held: the server serves. */
function begin(server: Server, result: EtcdResult): void {
  const { state } = server;
  listed(server, result);
  if (result.error !== undefined) return;
  state.isReady = true;
  for (const { from, request } of state.early.splice(0)) receive(server, from, request);
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

/** A request goes through the gates in order; the first that refuses answers it. */
function receive(server: Server, from: ComponentId, request: ApiRequest): void {
  const { context } = server;
  const resource = resourceFor(server.state, request);
  const isReview = isAccessReview(request);
  if (resource === undefined && request.path === undefined && !isReview)
    return respondRefusal(server, from, request, UNKNOWN_PATH);
  for (const gate of GATES) {
    const refusal = gate.check(request, resource, server);
    context.cause = context.note({
      class: 'internal',
      verb: gate.name,
      detail: refusal === undefined ? {} : { code: refusal.code, message: refusal.message },
    });
    if (refusal !== undefined) return respondRefusal(server, from, request, refusal);
  }
  if (isReview) return answerAccessReview(server, from, request);
  if (resource !== undefined) return serve(server, from, request, resource);
  const page = discoveryOf(server.state, request.path ?? '');
  if (page === undefined) respondRefusal(server, from, request, UNKNOWN_PATH);
  else respond(server, from, request, 200, page);
}

/** What a URL names; undefined where nothing is served there. */
function resourceFor(
  { resources }: ApiServerState,
  { path, resource: name, subresource }: ApiRequest,
): ServedResource | undefined {
  const resource = path === undefined ? resources.get(resourceKey(name)) : undefined;
  if (resource === undefined || !resource.versions.includes(name.version)) return undefined;
  return subresource === undefined || resource.subresources.includes(subresource) ? resource : undefined;
}

/** What a request asks for is done. */
function serve(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { context } = server;
  if (request.verb === 'watch') return watch(server, from, request, resource);
  const read = readVerbs[request.verb];
  if (read !== undefined) return read(server, from, request, resource);
  const pending: Pending = { request, from, cause: context.cause, attempt: 0, step: 'write' };
  if (request.verb === 'deletecollection') deleteCollection(server, pending, resource);
  else write(server, pending, resource);
}

/**
 * A watch that begins with a list wants one that is as new as etcd, or as the client says.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go `getWatchCacheResourceVersion`, 1.36.
 */
function watch(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { options = {} } = request;
  const invalid = refusedListOptions(options, 'watch');
  if (invalid !== undefined) return respondRefusal(server, from, request, invalid);
  const { resourceVersion = '', sendInitialEvents } = options;
  if (sendInitialEvents === undefined) return openWatch(server, from, request, resource);
  if (resourceVersion === '') {
    const pending: Pending = { request, from, cause: server.context.cause, attempt: 0, step: 'read' };
    return ask(server, pending, { key: '/registry/health', limit: 1 });
  }
  const revision = sendInitialEvents ? Number(resourceVersion) : 0;
  whenFresh(server, from, request, revision, () => openWatch(server, from, request, resource));
}

/** Source: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go `DeleteCollection`, 1.36. */
function deleteCollection(server: Server, pending: Pending, resource: ServedResource): void {
  const { state, context } = server;
  const { request, from } = pending;
  const all = { startKey: '', selection: selectionOf(request), limit: 0, isWhole: true };
  const page = pageOf(itemsOfCache(state, request, resource), all);
  const { objects } = page;
  const answer = listOf(request, resource, page, state.revision);
  if (objects.length === 0) return respond(server, from, request, 200, answer);
  const collection = context.next('collection');
  state.collections.set(collection, { request, from, answer, left: objects.length });
  for (const object of objects) {
    const namespace = namespaceOf(object);
    const one: ApiRequest = {
      ...request,
      verb: 'delete',
      name: nameOf(object),
      ...(namespace === undefined ? {} : { namespace }),
    };
    write(server, { ...pending, request: one, collection }, resource);
  }
}

/** Answers a write, or counts it where it is a part of a collection. */
function finishWrite(server: Server, { collection }: Pending, answerAlone: () => void): void {
  if (collection === undefined) return answerAlone();
  const whole = server.state.collections.get(collection)!;
  if (--whole.left > 0) return;
  server.state.collections.delete(collection);
  respond(server, whole.from, whole.request, 200, whole.answer);
}

/** Prepares a write against what the cache holds, or `current` where etcd has said it, and sends it to etcd. */
function write(server: Server, pending: Pending, resource: ServedResource, current?: EtcdResult): void {
  const { request, from } = pending;
  const prepared = prepareWrite(server, request, resource, current);
  if (prepared === undefined) return respondRefusal(server, from, request, METHOD_NOT_ALLOWED);
  if (isRefusal(prepared)) return finishWrite(server, pending, () => respondRefusal(server, from, request, prepared));
  if (prepared.isUnchanged === true || request.options?.dryRun === true) {
    const object = prepared.answer ?? prepared.value!;
    return finishWrite(server, pending, () => respond(server, from, request, prepared.code, object, prepared.warnings));
  }
  sendSideWrites(server, prepared.writes ?? []);
  sendTxn(server, { ...pending, write: prepared }, prepared);
}

/** etcd has answered. */
function goOn(server: Server, result: EtcdResult): void {
  const { state, context } = server;
  const pending = state.pending.get(result.id);
  if (pending === undefined) return;
  state.pending.delete(result.id);
  const { request, from, write: prepared } = pending;
  const resource = state.resources.get(resourceKey(request.resource))!;
  if (result.error === 'timeout' || result.error === 'noLeader')
    return finishWrite(server, pending, () => respondRefusal(server, from, request, STORAGE_TIMEOUT));
  if (request.verb === 'watch') return openWatch(server, from, request, resource);
  if (pending.step === 'read') return readVerbs.finish(server, pending, resource, result);
  if (prepared === undefined) return;
  if (!result.succeeded) {
    if (pending.attempt + 1 >= MOST_ATTEMPTS)
      return finishWrite(server, pending, () => respondRefusal(server, from, request, STORAGE_TIMEOUT));
    return write(server, { ...pending, attempt: pending.attempt + 1 }, resource, result);
  }
  if (prepared.isHeartbeat !== true) context.wrote();
  const stored = prepared.answer ?? prepared.value!;
  finishWrite(server, pending, () =>
    respond(server, from, request, prepared.code, stored, prepared.warnings, result.revision),
  );
}

/** What the caches of an API server hold, by resource, then by namespace and name. For looking at a run, not for components. */
export function objectsOf(state: unknown): readonly KubernetesObject[] {
  if (state === undefined) return [];
  return [...(state as ApiServerState).caches.values()].flatMap(({ view }) => view.list());
}
