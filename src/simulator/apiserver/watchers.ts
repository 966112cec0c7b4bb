import { formatApiVersion } from '../../apimachinery/group-version-kind.ts';
import { stringAt } from '../../base/json.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { allInVersionOf } from './custom-resources/conversion.ts';
import type { ComponentId } from '../component.ts';
import type { ApiRequest, WatchEvent, WatchEvents } from '../messages.ts';
import type { TraceDetail } from '../kernel/trace.ts';
import { RUN_BEGINS_MS } from '../kernel/clock.ts';
import { tableSourceOf } from './table-source.ts';
import { isSelected } from './selectors.ts';
import type { Selection } from './selectors.ts';
import { resourceKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { gone, isRefusal } from './status.ts';
import type { Refusal } from './status.ts';
import type { ApiServerState, OpenWatch, Pending, Server, Watcher } from './state.ts';
import { release } from './flow-control/flow-control.ts';
import { asTable } from './table.ts';
import type { TableSource } from './table.ts';
import { respondRefusal } from './respond.ts';
import type { WatchCache } from './watch-cache.ts';
import { eventsAfter } from './watch-cache.ts';
import { callWebhooks } from './webhooks/call-webhooks.ts';
import type { WriteMemo } from './webhooks/write-run.ts';
import { WriteRun, untilAsked } from './webhooks/write-run.ts';

/** Name of the timer: the time of a watch is up. */
export const WATCH_TIMEOUT = 'watch-timeout';

/**
 * Opens a watch on a cache that is new enough: with `sendInitialEvents` the objects as they are, then what changes; else
 * what has changed after the revision asked for, or 410 where that is forgotten.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/watch_cache.go `getAllEventsSinceLocked`, 1.36.
 */
export function openWatch(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { state, context } = server;
  const { options = {}, id } = request;
  const key = resourceKey(resource);
  const cache = state.caches.get(key)!;
  const selection = selectionOf(request);
  // Informers share the cache itself; who wants no bookmarks is given single events.
  const version = otherVersion(state, resource, request.resource.version);
  const isWhole = isUnselected(selection) && options.allowWatchBookmarks === true && version === undefined;
  const { sendInitialEvents } = options;
  const asked = Number(options.resourceVersion ?? '0');
  const isInitial = sendInitialEvents === true || (sendInitialEvents === undefined && asked === 0);
  const since = asked === 0 ? state.revision : asked;
  const missed = isInitial ? initialEvents(cache, selection, isWhole) : eventsAfter(cache, since);
  if (missed === undefined)
    return respondRefusal(
      server,
      from,
      request,
      gone(`too old resource version: ${since} (${cache.forgottenRevision})`),
    );
  const watcher: Watcher = {
    to: from,
    id,
    sent: 0,
    sentAtMs: 0,
    bookmarks: options.allowWatchBookmarks === true,
    ...(since > state.revision ? { after: since } : {}),
    ...(version === undefined ? {} : { version, asked: request }),
    ...(options.asTable === true ? { table: Object.freeze(tableSourceOf(state, request, resource)) } : {}),
    ...selection,
  };
  addWatcher(server, key, watcher);
  release(server, from, request);
  const { minWatchTimeoutMs } = context.numbers.apiServer;
  const timeoutMs =
    options.timeoutSeconds === undefined
      ? context.random.integer(`watch/${from}/${id}`, minWatchTimeoutMs, 2 * minWatchTimeoutMs)
      : options.timeoutSeconds * 1000;
  context.timer(timeoutMs, WATCH_TIMEOUT, `${from}/${id}`, { periodic: true });
  tell(
    server,
    watcher,
    {
      events: isInitial ? missed : missed.flatMap((event) => seenThrough(selection, event)),
      revision: state.revision,
      ...(isWhole ? { view: cache.view.at(state.revision) } : {}),
      isInitialEnd: true,
    },
    {
      class: 'watch',
      verb: isInitial ? 'INITIAL' : 'WATCH',
      object: resource.qualified,
      resourceVersion: String(state.revision),
      detail: { count: isWhole && isInitial ? cache.view.size : missed.length },
    },
  );
}

type Told = Omit<WatchEvents, 'type' | 'id' | 'number'>;

/** A message of a watch that waits until its objects are converted. Never changes. */
export interface QueuedTell {
  readonly told: Told;
  readonly detail: TraceDetail;
}

/** The next message of a watch. */
export function tell(server: Server, watcher: Watcher, told: Told, detail: TraceDetail): void {
  const { to, id, version } = watcher;
  if (version === undefined) return send(server, watcher, told, told.events, detail);
  const place = `${to}/${id}`;
  const queue = server.state.toConvert.get(place);
  const entry = Object.freeze({ told, detail });
  if (queue !== undefined) return void queue.push(entry);
  server.state.toConvert.set(place, [entry]);
  tellConverted(server, watcher, undefined);
}

/** Tells what waits to be converted, in its order, as far as no webhook has to be asked; a failure ends the watch. */
function tellConverted(server: Server, watcher: Watcher, memo: WriteMemo | undefined): void {
  const { state, context } = server;
  const place = `${watcher.to}/${watcher.id}`;
  const queue = state.toConvert.get(place) ?? [];
  for (let kept = memo; queue[0] !== undefined; kept = undefined) {
    const { told, detail } = queue[0];
    const run = new WriteRun(kept);
    const step = untilAsked(() => convertedEvents({ ...server, run }, watcher, told.events));
    if ('calls' in step) {
      const pending = { request: watcher.asked!, from: watcher.to, cause: context.cause, attempt: 0 } as const;
      return callWebhooks(server, { ...pending, step: 'read', memo: run.memo }, undefined, step.calls, converted);
    }
    queue.shift();
    if (isRefusal(step.result)) return endWatch(server, place, 0);
    send(server, watcher, told, step.result, detail);
  }
  state.toConvert.delete(place);
}

/** Webhooks have answered for a watch. */
export function converted(server: Server, { request, from, memo }: Pending): void {
  const watcher = watcherAt(server.state, `${from}/${request.id}`);
  if (watcher !== undefined) tellConverted(server, watcher, memo);
}

function send(
  { context }: Server,
  watcher: Watcher,
  told: Told,
  read: readonly WatchEvent[],
  detail: TraceDetail,
): void {
  const { to, id, table, version } = watcher;
  const events = table === undefined ? read : read.map((event) => tabled(event, table, context.nowMs));
  const body = version === undefined ? undefined : read[0]?.object;
  const entry = { ...detail, ...(body === undefined ? {} : { body }), opener: to };
  watcher.sentAtMs = context.nowMs;
  context.send(to, { type: 'watch', id, number: ++watcher.sent, ...told, events }, entry);
}

/** The version in which a watch wants its objects, where they are not all kept in that: undefined for nearly all. */
function otherVersion(state: ApiServerState, resource: ServedResource, version: string): string | undefined {
  if (resource.versions.length < 2) return undefined;
  const kept = state.caches.get(resourceKey(resource))?.view.list() ?? [];
  const apiVersion = formatApiVersion(resource.group, version);
  const isSame = resource.definition === undefined && kept.every((object) => object.apiVersion === apiVersion);
  return isSame ? undefined : version;
}

/** Source: the codecs of a watch, staging/src/k8s.io/apiserver/pkg/endpoints/handlers/response.go, 1.36. */
function convertedEvents(
  server: Server,
  { to, id, version = '' }: Watcher,
  events: readonly WatchEvent[],
): readonly WatchEvent[] | Refusal {
  const { resources, open } = server.state;
  const resource = resources.get(open.get(`${to}/${id}`)?.resource ?? '');
  if (resource === undefined) return events;
  const objects = allInVersionOf(
    server,
    resource,
    events.map(({ object }) => object),
    version,
  );
  const refused = objects.find(isRefusal);
  return refused ?? events.map((event, index) => ({ ...event, object: objects[index] as KubernetesObject }));
}

function tabled(event: WatchEvent, source: Omit<TableSource, 'nowMs'>, nowMs: number): WatchEvent {
  return { ...event, object: asTable({ ...source, nowMs: RUN_BEGINS_MS + nowMs }, event.object) };
}

const OF_NODE = /^spec\.nodeName=([^,=!]+)$/;
const OF_NAME = /^metadata\.name=([^,=!]+)$/;

function addWatcher({ state }: Server, key: string, watcher: Watcher): void {
  let watchers = state.watchers.get(key);
  if (watchers === undefined)
    state.watchers.set(key, (watchers = { all: new Map(), byNode: new Map(), byName: new Map() }));
  const place = `${watcher.to}/${watcher.id}`;
  const { group, value } = groupOf(watcher, state.resources.get(key)?.namespaced === true);
  state.open.set(place, Object.freeze({ resource: key, group, value }));
  if (group === 'all') return void watchers.all.set(place, watcher);
  let own = watchers[group].get(value);
  if (own === undefined) watchers[group].set(value, (own = new Map<string, Watcher>()));
  own.set(place, watcher);
}

/** What the watches are apart by that want the same as this one. */
function groupOf({ namespace, fieldSelector = '' }: Selection, isNamespaced: boolean): Omit<OpenWatch, 'resource'> {
  const node = OF_NODE.exec(fieldSelector)?.[1];
  if (node !== undefined) return { group: 'byNode', value: node };
  const name = OF_NAME.exec(fieldSelector)?.[1];
  if (name === undefined || (isNamespaced && namespace === undefined)) return { group: 'all', value: '' };
  return { group: 'byName', value: isNamespaced ? `${namespace}/${name}` : name };
}

function watcherAt(state: ApiServerState, place: string): Watcher | undefined {
  const open = state.open.get(place);
  const watchers = open && state.watchers.get(open.resource);
  if (open === undefined || watchers === undefined) return undefined;
  return open.group === 'all' ? watchers.all.get(place) : watchers[open.group].get(open.value)?.get(place);
}

/** Forgets a watch, by `client/request`; gives it where it was open. */
export function closeWatch(state: ApiServerState, place: string): Watcher | undefined {
  const open = state.open.get(place);
  if (open === undefined) return undefined;
  state.open.delete(place);
  state.toConvert.delete(place);
  const watchers = state.watchers.get(open.resource)!;
  const { group, value } = open;
  const among = group === 'all' ? watchers.all : watchers[group].get(value);
  const watcher = among?.get(place);
  among?.delete(place);
  if (group !== 'all' && among?.size === 0) watchers[group].delete(value);
  return watcher;
}

/** Ends a watch and says so: 200 where its time is up, 0 where the connection goes. */
export function endWatch(server: Server, place: string, ended: number): void {
  const watcher = closeWatch(server.state, place);
  if (watcher === undefined) return;
  const { revision } = server.state;
  send(server, watcher, { events: [], revision, ended }, [], {
    class: 'watch',
    verb: ended === 200 ? 'TIMEOUT' : 'CLOSED',
  });
}

export function selectionOf({ namespace, name, options }: ApiRequest): Selection {
  const { labelSelector, fieldSelector } = options ?? {};
  const fields = [fieldSelector, name === undefined ? undefined : `metadata.name=${name}`].filter(
    (term) => term !== undefined && term !== '',
  );
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(labelSelector === undefined || labelSelector === '' ? {} : { labelSelector }),
    ...(fields.length === 0 ? {} : { fieldSelector: fields.join(',') }),
  };
}

export function isUnselected(selection: Selection): boolean {
  return selection.namespace === undefined && hasNoSelector(selection);
}

export function hasNoSelector({ labelSelector, fieldSelector }: Selection): boolean {
  return labelSelector === undefined && fieldSelector === undefined;
}

/** A watch of everything gets the cache itself; any other the objects that it wants to see. */
function initialEvents(cache: WatchCache, selection: Selection, isWhole: boolean): readonly WatchEvent[] {
  if (isWhole) return [];
  return cache.view
    .list(selection.namespace)
    .filter((object) => isSelected(object, selection))
    .map((object) => ({ type: 'ADDED', key: keyIn(object), object, revision: cache.view.revision }));
}

function keyIn(object: WatchEvent['object']): string {
  const { namespace, name } = object['metadata'] as unknown as { readonly namespace?: string; readonly name: string };
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** A change as a watch with a selector sees it: what begins to match is added, what stops to match is deleted. */
export function seenThrough(selection: Selection, event: WatchEvent): readonly WatchEvent[] {
  const was = event.old !== undefined && isSelected(event.old, selection);
  const is = event.type !== 'DELETED' && isSelected(event.object, selection);
  if (!was && !is) return [];
  const type = is ? (was ? 'MODIFIED' : 'ADDED') : 'DELETED';
  return [type === event.type ? event : { ...event, type }];
}

/** Tells changes of a resource that are all heartbeats: each watcher in one message. */
export function dispatchTogether(server: Server, key: string, cache: WatchCache, all: readonly WatchEvent[]): void {
  const watchers = server.state.watchers.get(key);
  const last = all.at(-1);
  if (watchers === undefined || last === undefined) return;
  const { revision } = last;
  const { view } = cache;
  const named = all.flatMap((event) => [...(watchers.byName.get(event.key)?.values() ?? [])]);
  for (const watcher of [...watchers.all.values(), ...named]) {
    const isWhole = isUnselected(watcher) && watcher.version === undefined;
    const events = isWhole ? all : all.flatMap((event) => seenThrough(watcher, event));
    if (events.length === 0) continue;
    tell(
      server,
      watcher,
      { events, revision, ...(isWhole ? { view } : {}) },
      {
        class: 'watch',
        verb: 'MODIFIED',
        object: last.object.kind,
        resourceVersion: String(revision),
        detail: { heartbeats: events.length },
      },
    );
  }
}

/** Tells every watcher of a resource that wants to know. */
export function dispatch(server: Server, key: string, cache: WatchCache, event: WatchEvent): void {
  const watchers = server.state.watchers.get(key);
  if (watchers === undefined) return;
  const object = `${event.object.kind}/${event.key}`;
  const { revision } = event;
  const detail = { class: 'watch', object, resourceVersion: String(revision), body: event.object } as const;
  const { view } = cache;
  const tellOf = (watcher: Watcher): void => {
    if (watcher.after !== undefined && revision <= watcher.after) return;
    const isWhole = isUnselected(watcher) && watcher.version === undefined;
    const events = isWhole ? [event] : seenThrough(watcher, event);
    if (events.length === 0) return;
    tell(server, watcher, { events, revision, ...(isWhole ? { view } : {}) }, { ...detail, verb: events[0]!.type });
  };
  for (const watcher of watchers.all.values()) tellOf(watcher);
  for (const watcher of watchers.byName.get(event.key)?.values() ?? []) tellOf(watcher);
  if (watchers.byNode.size === 0) return;
  const [node, before] = [event.object, event.old].map((version) => stringAt(version, 'spec', 'nodeName') ?? '');
  for (const name of new Set([node, before]))
    for (const watcher of watchers.byNode.get(name ?? '')?.values() ?? []) tellOf(watcher);
}
