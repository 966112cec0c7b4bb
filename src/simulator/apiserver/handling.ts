import type { ComponentId, Context } from '../component.ts';
import type { ApiRequest, EtcdResult, RequestOptions } from '../messages.ts';
import { aggregatedResource, handOn, isAggregated } from './aggregation.ts';
import { answerAccessReview, isAccessReview } from './access-review.ts';
import { connect, isConnect } from './connect.ts';
import { discoveryOf } from './discovery.ts';
import type { AnswerLeft } from './etcd-connection.ts';
import { classify, dispatched, waited } from './flow-control/flow-control.ts';
import { whenFresh } from './fresh.ts';
import { GATES_AFTER_QUEUE, GATES_BEFORE_QUEUE } from './gates.ts';
import type { Gate } from './gates.ts';
import { refusedListOptions } from './list-options.ts';
import { readAgain, readVerbs } from './read-verbs.ts';
import { respond, respondRefusal } from './respond.ts';
import { resourceKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import type { ApiServerState, Pending, Server } from './state.ts';
import { METHOD_NOT_ALLOWED, NO_SPACE, STORAGE_TIMEOUT, UNKNOWN_PATH } from './status.ts';
import type { Refusal } from './status.ts';
import { ask } from './storage.ts';
import { converted, openWatch } from './watchers.ts';
import { deleteCollection, prepareAnew, refuseWrite, write, writeAnswered } from './writing.ts';

/** A request goes through the gates in order; the first that refuses answers it. It may have to wait for its turn. */
export function receive(server: Server, from: ComponentId, request: ApiRequest): void {
  const { context } = server;
  const resource = resourceFor(server.state, request);
  if (isUnknown(request, resource)) return respondRefusal(server, from, request, UNKNOWN_PATH);
  if (!passes(server, from, request, resource, GATES_BEFORE_QUEUE)) return;
  const place = classify(server, from, request);
  const refusal = typeof place === 'object' ? place : undefined;
  noteGate(context, 'flowControl', place === 'queued' ? { queued: true } : {}, refusal);
  if (refusal !== undefined) respondRefusal(server, from, request, refusal);
  else if (place === 'seated') proceed(server, from, request, resource);
}

function isUnknown(request: ApiRequest, resource: ServedResource | undefined): boolean {
  return resource === undefined && request.path === undefined && !isAccessReview(request);
}

/** A request has its turn. */
function proceed(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource | undefined): void {
  if (!passes(server, from, request, resource, GATES_AFTER_QUEUE)) return;
  if (isAccessReview(request)) return answerAccessReview(server, from, request);
  if (resource !== undefined) return serve(server, from, request, resource);
  const page = discoveryOf(server.state, request.path ?? '');
  if (page === undefined) respondRefusal(server, from, request, UNKNOWN_PATH);
  else respond(server, from, request, 200, page);
}

function passes(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  resource: ServedResource | undefined,
  gates: readonly Gate[],
): boolean {
  for (const { name, check } of gates) {
    const refusal = check(request, resource, server);
    noteGate(server.context, name, {}, refusal);
    if (refusal === undefined) continue;
    respondRefusal(server, from, request, refusal);
    return false;
  }
  return true;
}

function noteGate(context: Context, verb: string, detail: object, refusal: Refusal | undefined): void {
  const told = refusal === undefined ? detail : { code: refusal.code, message: refusal.message };
  context.cause = context.note({ class: 'internal', verb, detail: { ...told } });
}

/** Requests that waited for their turn have it. */
export function dispatchQueued(server: Server, level: string): void {
  for (const { from, request, cause } of dispatched(server, level)) {
    server.context.cause = cause;
    const resource = resourceFor(server.state, request);
    if (isUnknown(request, resource)) respondRefusal(server, from, request, UNKNOWN_PATH);
    else proceed(server, from, request, resource);
  }
}

export function refuseWaiting(server: Server, key: string): void {
  const late = waited(server, key);
  if (late !== undefined) respondRefusal(server, late.from, late.request, late.refusal);
}

/** What a URL names; undefined where nothing is served there. */
function resourceFor(
  { resources, settings }: ApiServerState,
  { path, resource: name, subresource }: ApiRequest,
): ServedResource | undefined {
  const own = path === undefined ? resources.get(resourceKey(name)) : undefined;
  const resource = own ?? (path === undefined ? aggregatedResource(settings, name, subresource) : undefined);
  if (resource === undefined || !resource.versions.includes(name.version)) return undefined;
  const parts = resource.subresourcesOf?.[name.version] ?? resource.subresources;
  return subresource === undefined || parts.includes(subresource) ? resource : undefined;
}

/** What a request asks for is done. */
export function serve(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { context } = server;
  if (request.subresource === undefined && !resource.verbs.includes(request.verb))
    return respondRefusal(server, from, request, METHOD_NOT_ALLOWED);
  if (isAggregated(resource)) return handOn(server, from, request, resource);
  if (request.verb === 'watch') return watch(server, from, request, resource);
  if (isConnect(request)) return connect(server, from, request, resource);
  const read = readVerbs[request.verb];
  if (read !== undefined) return read(server, from, request, resource);
  const pending: Pending = { request, from, cause: context.cause, attempt: 0, step: 'write' };
  if (request.verb === 'deletecollection') deleteCollection(server, pending, resource);
  else write(server, pending, resource);
}

/** All webhooks that were called for a request have answered. */
export function askedAll(server: Server, pending: Pending, current: EtcdResult | undefined): void {
  const { request, from, memo } = pending;
  const resource = server.state.resources.get(resourceKey(request.resource));
  if (request.verb === 'watch') converted(server, pending);
  else if (pending.step === 'read') readAgain(server, pending, current);
  else if (resource !== undefined && isConnect(request)) connect(server, from, request, resource, memo);
  else if (resource !== undefined && request.verb === 'deletecollection') deleteCollection(server, pending, resource);
  else prepareAnew(server, pending, current);
}

/**
 * How new the cache must be from which a watch begins; `newest`: as etcd is now.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go `getWatchCacheResourceVersion`, 1.36.
 */
export function watchRevision({ resourceVersion = '', sendInitialEvents }: RequestOptions): number | 'newest' {
  if (resourceVersion === '' && sendInitialEvents !== undefined) return 'newest';
  return Number(resourceVersion);
}

/**
 * A watch that begins with a list wants one that is as new as etcd, or as the client says.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go `getWatchCacheResourceVersion`, 1.36.
 */
function watch(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { options = {} } = request;
  const invalid = refusedListOptions(options, 'watch');
  if (invalid !== undefined) return respondRefusal(server, from, request, invalid);
  const since = watchRevision(options);
  if (options.sendInitialEvents === undefined) return openWatch(server, from, request, resource);
  if (since === 'newest') {
    const pending: Pending = { request, from, cause: server.context.cause, attempt: 0, step: 'read' };
    return ask(server, pending, { key: '/registry/health', limit: 1 });
  }
  const revision = options.sendInitialEvents ? since : 0;
  whenFresh(server, from, request, revision, () => openWatch(server, from, request, resource));
}

/** etcd has answered. */
export function goOn(server: Server, result: EtcdResult): void {
  const { state } = server;
  const pending = state.pending.get(result.id);
  if (pending === undefined) return;
  state.pending.delete(result.id);
  const { request, from } = pending;
  const resource = state.resources.get(resourceKey(request.resource))!;
  if (result.error === 'timeout' || result.error === 'noLeader') return refuseWrite(server, pending, STORAGE_TIMEOUT);
  if (result.error === 'noSpace') return refuseWrite(server, pending, NO_SPACE);
  if (request.verb === 'watch') return openWatch(server, from, request, resource);
  if (pending.step === 'read') return readVerbs.finish(server, pending, resource, result);
  writeAnswered(server, pending, resource, result);
}

/** Answers a request that etcd has left alone. */
export const answerer =
  (server: Server): AnswerLeft =>
  (pending, refusal) =>
    refuseWrite(server, pending, refusal);
