import { withWarnings } from '../../admission/answer.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ApiRequest, ApiResponse, EtcdResult } from '../messages.ts';
import { allInVersionOf, asStored, inVersionOf } from './custom-resources/conversion.ts';
import { portsWritten, writePorts } from './allocation/port-storage.ts';
import type { PortChange } from './allocation/port-storage.ts';
import { isDryRun } from './dry-run.ts';
import { askBudgets, changedSince, retryDelayMs } from './eviction/eviction.ts';
import { itemsOfCache, listOf, pageOf } from './list.ts';
import { askItself } from './loopback.ts';
import { askQuotas } from './quota/quota-admission.ts';
import { respond, respondRefusal } from './respond.ts';
import { resourceKey, storageKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import type { Pending, PreparedWrite, Server } from './state.ts';
import { METHOD_NOT_ALLOWED, STORAGE_TIMEOUT, isRefusal, refusalIn } from './status.ts';
import type { Refusal } from './status.ts';
import { ask, sendTxn } from './storage.ts';
import { callWebhooks } from './webhooks/call-webhooks.ts';
import { WriteRun, untilAsked } from './webhooks/write-run.ts';
import { selectionOf } from './watchers.ts';
import { cachedRevision, prepareWrite, readsFirst } from './write-verbs.ts';

/** Most times that a write is tried against what others write meanwhile. Source: etcd3/store.go, 1.36, which tries on. */
const MOST_ATTEMPTS = 10;

/** Source: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go `DeleteCollection`, 1.36. */
export function deleteCollection(server: Server, pending: Pending, resource: ServedResource): void {
  const { state, context } = server;
  const { request, from } = pending;
  const all = { startKey: '', selection: selectionOf(request), limit: 0, isWhole: true };
  const page = pageOf(itemsOfCache(state, request, resource), all);
  const { objects } = page;
  const { memo, ...plain } = pending;
  const run = new WriteRun(memo);
  const step = untilAsked(() => allInVersionOf({ ...server, run }, resource, objects, request.resource.version));
  if ('calls' in step) {
    const kept = { ...plain, cause: context.cause, memo: run.memo };
    const resume = (again: Server, waited: Pending): void => deleteCollection(again, waited, resource);
    return callWebhooks(server, kept, undefined, step.calls, resume);
  }
  const shown = step.result;
  const refused = shown.find(isRefusal);
  if (refused !== undefined) return refuseWrite(server, pending, refused);
  const answer = listOf(request, resource, { ...page, objects: shown as readonly KubernetesObject[] }, state.revision);
  if (objects.length === 0) return respond(server, from, request, 200, answer);
  const collection = context.next('collection');
  state.collections.set(collection, { request, from, answer, left: objects.length, refusal: undefined });
  for (const object of objects) {
    const namespace = namespaceOf(object);
    const one: ApiRequest = {
      ...request,
      verb: 'delete',
      name: nameOf(object),
      ...(namespace === undefined ? {} : { namespace }),
    };
    write(server, { ...plain, request: one, collection }, resource);
  }
}

/** Answers a write, or counts it where it is a part of a collection. */
function finishWrite(
  server: Server,
  { collection, isForNobody }: Pending,
  answerAlone: () => void,
  refusal?: Refusal,
): void {
  if (isForNobody === true) return;
  if (collection === undefined) return answerAlone();
  const whole = server.state.collections.get(collection)!;
  if (refusal !== undefined && refusal.code !== 404) whole.refusal ??= refusal;
  if (--whole.left > 0) return;
  server.state.collections.delete(collection);
  if (whole.refusal === undefined) respond(server, whole.from, whole.request, 200, whole.answer);
  else respondRefusal(server, whole.from, whole.request, whole.refusal);
}

/** Refuses a request; what was made for it goes again. */
export function refuseWrite(server: Server, pending: Pending, refusal: Refusal): void {
  const { request, from } = pending;
  undo(server, pending);
  const told = withWarnings(refusal, pending.write?.warnings ?? pending.said ?? []);
  finishWrite(server, pending, () => respondRefusal(server, from, request, told), refusal);
}

/** What was made for a write that cannot be made goes again. */
function undo(server: Server, { request, from, cause, write: prepared, callsMade = 0, arePortsTaken }: Pending): void {
  for (const call of prepared?.undo?.slice(0, callsMade) ?? []) askItself(server, call, { type: 'nobody' });
  const give = arePortsTaken === true ? (prepared?.ports?.take ?? []) : [];
  if (give.length > 0) giveBack(server, { request, from, cause, attempt: 0, step: 'write' }, give);
}

function giveBack(server: Server, pending: Pending, give: readonly number[]): void {
  writePorts(server, { ...pending, isForNobody: true }, { take: [], give });
}

/** etcd has answered which Node ports are held now. */
function portsAnswered(server: Server, pending: Pending, change: PortChange, result: EtcdResult): void {
  const { ports: _, write: prepared, ...rest } = pending;
  const isWritten = portsWritten(server, change, result);
  if (pending.isForNobody === true) {
    if (!isWritten) giveBack(server, rest, change.give);
  } else if (prepared === undefined) return;
  else if (isWritten) goOnWriting(server, { ...rest, write: prepared, arePortsTaken: true });
  else again(server, { ...rest, write: prepared });
}

/**
 * Prepares a write against what the cache holds, or `current` where etcd has said it, and sends it to etcd. What the cache
 * says may be old: nothing is refused and nothing left as it is before etcd has said so too.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/etcd3/store.go `GuaranteedUpdate`, 1.36.
 */
export function write(server: Server, pending: Pending, resource: ServedResource, current?: EtcdResult): void {
  const { context } = server;
  const { request } = pending;
  const isCached = current === undefined && (request.verb !== 'create' || request.subresource !== undefined);
  const key = isCached ? storageKey(resource, request.namespace, request.name ?? '') : '';
  if (isCached && readsFirst(request, resource)) return ask(server, pending, { key });
  const { memo, ...plain } = pending;
  const run = new WriteRun(memo);
  const asked = { ...server, run };
  const step = untilAsked(() => readyToStore(asked, resource, prepareWrite(asked, plain, resource, current)));
  const { cause } = context;
  if ('calls' in step) {
    const kept = { ...plain, cause, memo: run.memo };
    return callWebhooks(server, kept, current, step.calls, prepareAnew);
  }
  finishPreparing(server, { ...plain, cause }, resource, isCached, step.result);
}

/** A write with its value as it is kept: another may have to convert it. */
function readyToStore(
  server: Server,
  resource: ServedResource,
  prepared: ReturnType<typeof prepareWrite>,
): ReturnType<typeof prepareWrite> {
  if (prepared === undefined || 'asks' in prepared || isRefusal(prepared) || prepared.value === undefined)
    return prepared;
  if (prepared.isUnchanged === true || resource.definition === undefined) return prepared;
  const stored = asStored(server, resource, prepared.value);
  return isRefusal(stored) ? stored : { ...prepared, stored };
}

/** All webhooks that were called for a write have answered. */
export function prepareAnew(server: Server, pending: Pending, current: EtcdResult | undefined): void {
  const resource = server.state.resources.get(resourceKey(pending.request.resource));
  if (resource !== undefined) write(server, pending, resource, current);
}

function finishPreparing(
  server: Server,
  pending: Pending,
  resource: ServedResource,
  isCached: boolean,
  prepared: ReturnType<typeof prepareWrite>,
): void {
  const { state } = server;
  const { request } = pending;
  if (prepared === undefined) return refuseWrite(server, pending, METHOD_NOT_ALLOWED);
  if ('asks' in prepared) return askBudgets(server, pending, prepared.pod);
  const isDoubtful = isRefusal(prepared) ? prepared.code !== 400 : prepared.isUnchanged === true;
  if (isCached && isDoubtful) {
    const revision = cachedRevision(state, request, resource);
    const key = storageKey(resource, request.namespace, request.name ?? '');
    return ask(server, { ...pending, doubted: { answer: prepared, revision } }, { key });
  }
  proceed(server, pending, prepared);
}

/** A write is ready, or refused for good. */
function proceed(server: Server, pending: Pending, prepared: PreparedWrite | Refusal): void {
  if (isRefusal(prepared)) return refuseWrite(server, pending, changedSince(pending, prepared) ?? prepared);
  const ready = { ...pending, write: prepared };
  if (prepared.quota === undefined || pending.isCharged === true) goOnWriting(server, ready);
  else askQuotas(server, ready, prepared.quota, quotaDecided);
}

/** The quotas have let a write pass, or not. */
export function quotaDecided(server: Server, pending: Pending, refusal: Refusal | undefined): void {
  if (refusal === undefined) goOnWriting(server, { ...pending, isCharged: true });
  else refuseWrite(server, pending, refusal);
}

/** First what the server has to ask of itself, one after another; then the write. */
function goOnWriting(server: Server, pending: Pending): void {
  const { request, from, write: prepared, callsMade = 0 } = pending;
  if (prepared === undefined) return;
  if (prepared.isUnchanged === true || isDryRun(request)) {
    if (prepared.isFirst === true) return nextWrite(server, pending, prepared.expectedRevision);
    const object = answerOf(server, request, prepared);
    return finishWrite(server, pending, () => respond(server, from, request, prepared.code, object, prepared.warnings));
  }
  const call = prepared.before?.[callsMade];
  const take = prepared.ports?.take ?? [];
  if (call !== undefined) askItself(server, call, { type: 'before', pending });
  else if (take.length > 0 && pending.arePortsTaken !== true) writePorts(server, pending, { take, give: [] });
  else store(server, pending, prepared);
}

/** Sends a write to etcd, in the version that is kept there. */
function store(server: Server, pending: Pending, prepared: PreparedWrite): void {
  sendTxn(server, pending, { ...prepared, value: prepared.stored ?? prepared.value });
}

/** The server has answered itself: it goes on, or, where it was too late, prepares the write anew. */
export function callBeforeAnswered(server: Server, pending: Pending, response: ApiResponse): void {
  const refusal = refusalIn(response);
  if (refusal === undefined) return goOnWriting(server, { ...pending, callsMade: (pending.callsMade ?? 0) + 1 });
  if (refusal.reason !== 'AlreadyExists') return refuseWrite(server, pending, refusal);
  again(server, pending);
}

/** Another was quicker: the write is prepared anew, against what etcd has found where it has. */
function again(server: Server, pending: Pending, result?: EtcdResult): void {
  const { write: prepared, callsMade: _, arePortsTaken: __, attempt, ...rest } = pending;
  if (attempt + 1 >= MOST_ATTEMPTS) return refuseWrite(server, pending, STORAGE_TIMEOUT);
  undo(server, pending);
  const next = { ...rest, attempt: attempt + 1, ...(prepared === undefined ? {} : { said: prepared.warnings }) };
  if (prepared?.retryMs !== undefined)
    return server.context.timer(retryDelayMs(server), WRITE_AGAIN, Object.freeze(next));
  writeAnew(server, next, result);
}

/** Name of the timer with which a write waits before it is prepared anew. */
export const WRITE_AGAIN = 'write-again';

/** Prepares a write that was prepared before. */
export function writeAnew(server: Server, pending: Pending, result?: EtcdResult): void {
  const resource = server.state.resources.get(resourceKey(pending.request.resource));
  if (resource !== undefined) write(server, pending, resource, result);
}

/** etcd has answered a question or a write. */
export function writeAnswered(server: Server, pending: Pending, resource: ServedResource, result: EtcdResult): void {
  const { request, from, write: prepared, doubted, ...rest } = pending;
  if (pending.ports !== undefined) return portsAnswered(server, pending, pending.ports, result);
  if (doubted !== undefined && doubted.revision === (result.found[0]?.modRevision ?? 0))
    return proceed(server, { ...rest, request, from }, doubted.answer);
  if (prepared === undefined) return write(server, { ...rest, request, from }, resource, result);
  if (!result.succeeded) return again(server, { ...pending, isCharged: false }, result);
  if (prepared.isHeartbeat !== true) server.context.wrote();
  if (prepared.isFirst === true) return nextWrite(server, pending, result.revision);
  for (const call of prepared.after ?? []) askItself(server, call, { type: 'nobody' });
  const give = prepared.ports?.give ?? [];
  if (give.length > 0) giveBack(server, { request, from, cause: rest.cause, attempt: 0, step: 'write' }, give);
  const stored = answerOf(server, request, prepared);
  finishWrite(server, pending, () =>
    respond(server, from, request, prepared.code, stored, prepared.warnings, result.revision),
  );
}

/** What is answered, in the version of the request. */
function answerOf(server: Server, request: ApiRequest, { answer, value }: PreparedWrite): KubernetesObject {
  const object = answer ?? value!;
  const resource = server.state.resources.get(resourceKey(request.resource));
  // A custom resource is in that version since it was read.
  if (resource === undefined || resource.definition !== undefined) return object;
  const shown = inVersionOf(server, resource, object, request.resource.version);
  return isRefusal(shown) ? object : shown;
}

/** The first of two writes of a request is made: the second begins with what it has left. */
function nextWrite(server: Server, pending: Pending, modRevision: number): void {
  const { write: first, eviction, ...rest } = pending;
  if (first?.value === undefined) return;
  const found = [{ key: first.key, value: first.value, createRevision: 0, modRevision, version: 0 }];
  const made = { type: 'etcd-result', id: 0, succeeded: true, revision: modRevision, found } as const;
  const held = eviction?.podVersion === undefined ? {} : { podVersion: String(modRevision) };
  writeAnew(server, { ...rest, eviction: { ...eviction, ...held, step: 'delete' } }, made);
}
