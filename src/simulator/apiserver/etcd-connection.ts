import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { View } from '../client/view.ts';
import type { EtcdEvent, EtcdEvents, EtcdKeyValue, EtcdResult, WatchEvent } from '../messages.ts';
import { NODE_PORTS_KEY, heldPorts } from './allocation/port-storage.ts';
import { DEFINITIONS, resourceOfDefinition } from './custom-resources/definition.ts';
import { definitionChanged } from './custom-resources/serving.ts';
import { BUILT_IN, byPrefix, indexesOf, resourceKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { STORAGE_UNAVAILABLE, timeout } from './status.ts';
import type { Refusal } from './status.ts';
import { EXPIRE, ask, etcdOf, patienceOf } from './storage.ts';
import type { Pending, Server } from './state.ts';
import { observe, withRevision } from './watch-cache.ts';
import { dispatch, dispatchTogether, endWatch } from './watchers.ts';

/** Name of the timer after which etcd has not answered. */
export const ETCD_RETRY = 'etcd-retry';

/** How long an answer of etcd is waited for before it is asked again. Source: keepaliveTimeout of etcd3.go, 1.36. */
const RETRY_MS = 10_000;

const DEFINITIONS_PREFIX = '/registry/apiextensions.k8s.io/customresourcedefinitions/';
const EVERYTHING = { key: '/registry/', end: '/registry0' } as const;

/** Reads all that etcd holds, as the caches do when they begin and when etcd has forgotten what they missed. */
export function listEtcd({ state, context }: Server): void {
  const id = context.next('etcd');
  state.etcd.listId = id;
  state.etcd.watchId = 0;
  state.etcd.isHeard = false;
  const detail = { class: 'request', verb: 'Range', detail: { key: EVERYTHING.key } } as const;
  context.send(etcdOf(state), { type: 'etcd-range', id, ...EVERYTHING }, detail);
  context.timer(RETRY_MS, ETCD_RETRY, id, { periodic: true });
}

/** Watches what changes from here on. */
function watchEtcd({ state, context }: Server): void {
  const id = context.next('etcd');
  state.etcd.listId = 0;
  state.etcd.watchId = id;
  state.etcd.isHeard = false;
  context.send(
    etcdOf(state),
    { type: 'etcd-watch', id, prefix: EVERYTHING.key, fromRevision: state.revision + 1 },
    { class: 'request', verb: 'WATCH', detail: { prefix: EVERYTHING.key, fromRevision: state.revision + 1 } },
  );
  context.timer(RETRY_MS, ETCD_RETRY, id, { periodic: true });
}

/** Asks again where the last question, of that id, is still not answered. */
export function retryEtcd(server: Server, id: number, answer: AnswerLeft): void {
  const { etcd } = server.state;
  if (etcd.isHeard || (etcd.listId !== id && etcd.watchId !== id)) return;
  switchMember(server, answer);
  if (etcd.listId === id) listEtcd(server);
  else if (etcd.watchId === id) watchEtcd(server);
}

/** All that etcd holds has come: the caches begin with it, and watches that missed something are told to begin anew. */
export function listed(server: Server, { found, revision, error }: EtcdResult): void {
  const { state } = server;
  if (error !== undefined) return;
  const definitions = found.filter(({ key }) => key.startsWith(DEFINITIONS_PREFIX));
  const now = new Map(definitions.map(({ value }) => [nameOf(value), value]));
  const before = state.caches.get(resourceKey(DEFINITIONS))!.view;
  for (const definition of before.list())
    if (!now.has(nameOf(definition))) definitionChanged(server, definition, undefined);
  for (const [name, definition] of now) definitionChanged(server, before.get(undefined, name), definition);
  const byResource = keysByResource(found, state.prefixes);
  for (const resource of state.resources.values()) {
    const cache = state.caches.get(resourceKey(resource))!;
    let view = View.empty(indexesOf(resource), revision);
    for (const { key, value, modRevision } of byResource.get(resource) ?? [])
      view = view.with(revision, key.slice(resource.prefix.length), withRevision(value, modRevision));
    cache.view = view;
    cache.recent.drop(cache.recent.length);
    cache.times.drop(cache.times.length);
    cache.forgottenRevision = revision;
  }
  const ports = found.find(({ key }) => key === NODE_PORTS_KEY);
  state.heldPorts = heldPorts(ports?.value, ports?.modRevision ?? 0);
  state.revision = revision;
  for (const place of state.open.keys()) endWatch(server, place, 0);
  watchEtcd(server);
}

/** etcd tells what changed. */
export function hear(
  server: Server,
  { id, events, areHeartbeats, revision, error }: EtcdEvents,
  answer: AnswerLeft,
): void {
  const { state } = server;
  if (id !== state.etcd.watchId) return;
  if (error === 'compacted') return listEtcd(server);
  const isBroken = events.length > 0 && events[0]!.modRevision > state.revision + 1;
  if (error === 'closed') switchMember(server, answer);
  if (error === 'closed' || isBroken) return watchEtcd(server);
  state.etcd.isHeard = true;
  if (areHeartbeats === true) return hearHeartbeats(server, events);
  for (const event of events) {
    state.revision = event.modRevision;
    if (event.key === NODE_PORTS_KEY) state.heldPorts = heldPorts(event.value, event.modRevision);
    const resource = resourceOfKey(state.prefixes, event.key);
    if (resource === undefined) continue;
    const key = resourceKey(resource);
    const cache = state.caches.get(key)!;
    const change = observe(cache, resource, event, server.context.nowMs);
    if (resource.prefix === DEFINITIONS_PREFIX)
      definitionChanged(server, change.old, change.type === 'DELETED' ? undefined : change.object);
    dispatch(server, key, cache, change);
  }
  state.revision = Math.max(state.revision, revision);
}

/** Heartbeats are told to watches as they came: those of a resource in one message. */
function hearHeartbeats({ state, context }: Server, events: readonly EtcdEvent[]): void {
  const byResource = new Map<ServedResource, WatchEvent[]>();
  for (const event of events) {
    state.revision = event.modRevision;
    const resource = resourceOfKey(state.prefixes, event.key);
    const cache = resource && state.caches.get(resourceKey(resource));
    if (resource === undefined || cache === undefined) continue;
    const told = byResource.get(resource) ?? [];
    byResource.set(resource, told);
    told.push(observe(cache, resource, event, context.nowMs));
  }
  for (const [resource, told] of byResource) {
    const key = resourceKey(resource);
    dispatchTogether({ state, context }, key, state.caches.get(key)!, told);
  }
}

function keysByResource(
  keys: readonly EtcdKeyValue[],
  prefixes: ReadonlyMap<string, ServedResource>,
): ReadonlyMap<ServedResource, readonly EtcdKeyValue[]> {
  const byResource = new Map<ServedResource, EtcdKeyValue[]>();
  for (const entry of keys) {
    const resource = resourceOfKey(prefixes, entry.key);
    if (resource === undefined) continue;
    const own = byResource.get(resource);
    if (own === undefined) byResource.set(resource, [entry]);
    else own.push(entry);
  }
  return byResource;
}

/** The objects that stand in etcd, in the order of an API server's caches. */
export function storedObjects(keys: readonly EtcdKeyValue[]): readonly KubernetesObject[] {
  const custom = keys.flatMap(({ key, value }) =>
    key.startsWith(DEFINITIONS_PREFIX) ? (resourceOfDefinition(value) ?? []) : [],
  );
  const resources = [...BUILT_IN, ...custom];
  const byResource = keysByResource(keys, byPrefix(resources));
  return resources.flatMap((resource) =>
    (byResource.get(resource) ?? []).map(({ value, modRevision }) => withRevision(value, modRevision)),
  );
}

function resourceOfKey(prefixes: ReadonlyMap<string, ServedResource>, key: string): ServedResource | undefined {
  // `/registry/pods/…`, `/registry/services/specs/…`, `/registry/example.com/widgets/…`.
  const first = key.indexOf('/', '/registry/'.length) + 1;
  return prefixes.get(key.slice(0, first)) ?? prefixes.get(key.slice(0, key.indexOf('/', first) + 1));
}

/** How a request is answered that etcd has left alone. */
export type AnswerLeft = (pending: Pending, refusal: Refusal) => void;

/** The connection is dead: the next member is asked, reads once more, and nobody knows what became of writes. */
function switchMember(server: Server, answer: AnswerLeft): void {
  const { state } = server;
  state.etcd.endpoint = (state.etcd.endpoint + 1) % state.settings.etcd.length;
  const left = [...state.pending.values()];
  state.pending.clear();
  for (const pending of left) {
    if (pending.range === undefined) answer(pending, STORAGE_UNAVAILABLE);
    else ask(server, pending, pending.range);
  }
}

/**
 * Requests that etcd has left waiting for too long: where it has other members, the connection is dead; else they are
 * answered.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/finisher/finisher.go, server/filters/timeout.go, 1.36.
 */
export function expireRequests(server: Server, answer: AnswerLeft): void {
  const { state, context } = server;
  const patienceMs = patienceOf(server);
  state.isExpiring = false;
  for (const [id, pending] of state.pending) {
    const leftMs = (pending.askedMs ?? 0) + patienceMs - context.nowMs;
    if (leftMs > 0) {
      state.isExpiring = true;
      return context.timer(leftMs, EXPIRE, undefined, { periodic: true });
    }
    if (state.settings.etcd.length > 1) {
      switchMember(server, answer);
      return watchEtcd(server);
    }
    state.pending.delete(id);
    answer(pending, timeout(pending.step === 'read' ? NOT_ALLOTTED : NOT_REQUESTED));
  }
}

const NOT_ALLOTTED = 'request did not complete within the allotted timeout';
const NOT_REQUESTED = 'request did not complete within requested timeout - context deadline exceeded';
