import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { ComponentDefinition, ComponentId } from '../component.ts';
import type { ApiRequest, EtcdEvents, EtcdResult } from '../messages.ts';
import { GATES } from './gates.ts';
import { respond, respondRefusal } from './respond.ts';
import { listOf, readVerbs, selectedObjects } from './read-verbs.ts';
import { BUILT_IN, resourceKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { METHOD_NOT_ALLOWED, STORAGE_TIMEOUT, UNKNOWN_PATH, isRefusal } from './status.ts';
import type { ApiServerSettings, ApiServerState, Pending, Server } from './state.ts';
import { emptyCache, observe } from './watch-cache.ts';
import { dispatch, openWatch } from './watchers.ts';
import { prepareWrite } from './write-verbs.ts';
import { sendSideWrites, sendTxn } from './storage.ts';

/** Most times that a write is tried against what others write meanwhile. Source: etcd3/store.go, 1.36, which tries on. */
const MOST_ATTEMPTS = 10;
const ETCD_WATCH = 0;

/** One kube-apiserver: takes requests through its gates to etcd, and tells watchers what changed there. */
export const apiServer: ComponentDefinition<ApiServerState> = {
  kind: 'kube-apiserver',
  start(context, settings) {
    const own = settings as ApiServerSettings;
    const resources = new Map(BUILT_IN.map((resource) => [resourceKey(resource), resource]));
    const state: ApiServerState = {
      settings: Object.freeze(own),
      resources,
      caches: new Map([...resources].map(([key, resource]) => [key, emptyCache(resource)])),
      watchers: new Map(),
      pending: new Map(),
      collections: new Map(),
      revision: 0,
      early: [],
      isReady: false,
    };
    context.send(
      own.etcd,
      { type: 'etcd-watch', id: ETCD_WATCH, prefix: '/registry/', fromRevision: 1 },
      { class: 'request', verb: 'WATCH', detail: { prefix: '/registry/' } },
    );
    return state;
  },
  handle(state, event, context) {
    if (event.type === 'timer') return;
    const { message, from } = event;
    if (message.type === 'request' && state.isReady) receive({ state, context }, from, message);
    else if (message.type === 'request') state.early.push({ from, request: message });
    else if (message.type === 'etcd-result') goOn({ state, context }, message);
    else if (message.type === 'etcd-events') hear({ state, context }, message);
  },
  stop(state, context, how) {
    if (how === 'power') return;
    for (const { all, byNode } of state.watchers.values())
      for (const { to, id } of [all, ...byNode.values()].flatMap((watchers) => [...watchers.values()]))
        context.send(
          to,
          { type: 'watch', id, events: [], revision: state.revision, ended: 0 },
          { class: 'watch', verb: 'CLOSED' },
        );
    for (const { request, from } of state.pending.values())
      context.send(
        from,
        { type: 'response', id: request.id, code: 0, failure: 'refused' },
        { class: 'response', verb: 'CLOSED' },
      );
  },
};

/** A request goes through the gates in order; the first that refuses answers it. */
function receive(server: Server, from: ComponentId, request: ApiRequest): void {
  const { state, context } = server;
  const resource = state.resources.get(resourceKey(request.resource));
  if (resource === undefined || !resource.versions.includes(request.resource.version))
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
  if (request.verb === 'watch') return openWatch(server, from, request, resource);
  const read = readVerbs[request.verb];
  if (read !== undefined) return read(server, from, request, resource);
  const pending: Pending = { request, from, cause: context.cause, attempt: 0, step: 'write' };
  if (request.verb === 'deletecollection') deleteCollection(server, pending, resource);
  else write(server, pending, resource);
}

/** Source: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go `DeleteCollection`, 1.36. */
function deleteCollection(server: Server, pending: Pending, resource: ServedResource): void {
  const { state, context } = server;
  const { request, from } = pending;
  const objects = selectedObjects(server, request, resource);
  const answer = listOf(server, request, resource, objects);
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
    return respondRefusal(server, from, request, STORAGE_TIMEOUT);
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

/** etcd tells what changed. */
function hear({ state, context }: Server, { events, revision }: EtcdEvents): void {
  state.revision = Math.max(state.revision, revision);
  for (const event of events) {
    const resource = resourceOfKey(state, event.key);
    if (resource === undefined) continue;
    const key = resourceKey(resource);
    const cache = state.caches.get(key)!;
    dispatch({ state, context }, key, cache, observe(cache, resource, event));
  }
  state.isReady = true;
  for (const { from, request } of state.early.splice(0)) receive({ state, context }, from, request);
}

function resourceOfKey(state: ApiServerState, key: string): ServedResource | undefined {
  for (const resource of state.resources.values()) if (key.startsWith(resource.prefix)) return resource;
  return undefined;
}

/** What the caches of an API server hold, by resource, then by namespace and name. For looking at a run, not for components. */
export function objectsOf(state: unknown): readonly KubernetesObject[] {
  if (state === undefined) return [];
  return [...(state as ApiServerState).caches.values()].flatMap(({ view }) => view.list());
}
