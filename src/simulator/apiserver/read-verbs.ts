import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ComponentId } from '../component.ts';
import type { ApiRequest, ApiVerb, EtcdResult } from '../messages.ts';
import { RUN_BEGINS_MS } from '../kernel/clock.ts';
import { allInVersionOf, inVersionOf } from './custom-resources/conversion.ts';
import { definitionOf } from './custom-resources/known-kinds.ts';
import { tableSourceOf } from './table-source.ts';
import { expiredList } from './continue-token.ts';
import { refusedListOptions } from './list-options.ts';
import { firstPlace, isForEtcd, itemsOfCache, itemsOfRange, listOf, pageOf, placeOf } from './list.ts';
import type { ListItem } from './list.ts';
import { respond, respondRefusal } from './respond.ts';
import { resourceKey, storageKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { UNKNOWN_PATH, isRefusal, notFound } from './status.ts';
import type { Pending, Server } from './state.ts';
import { subresourceOf } from './subresources.ts';
import { ask } from './storage.ts';
import { whenFresh } from './fresh.ts';
import { hasNoSelector, selectionOf } from './watchers.ts';
import { asTable } from './table.ts';
import { withRevision } from './watch-cache.ts';
import { callWebhooks } from './webhooks/call-webhooks.ts';
import { WriteRun, untilAsked } from './webhooks/write-run.ts';

type Read = (server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource) => void;

/** One object: as etcd holds it now, or from the cache where the client says how old it may be. */
const get: Read = (server, from, request, resource) => {
  const { resourceVersion = '' } = request.options ?? {};
  const key = storageKey(resource, request.namespace, request.name ?? '');
  if (resourceVersion === '') return ask(server, pendingRead(server, from, request), { key });
  whenFresh(server, from, request, Number(resourceVersion), () => {
    const { view } = server.state.caches.get(resourceKey(resource))!;
    const found = view.getKey(key.slice(resource.prefix.length));
    converting(server, pendingRead(server, from, request), undefined, (asked) =>
      answerGet(asked, from, request, resource, found),
    );
  });
};

function answerGet(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  resource: ServedResource,
  object: KubernetesObject | undefined,
): void {
  if (object === undefined) return respondRefusal(server, from, request, notFound(resource, request.name ?? ''));
  const part = subresourceOf(request.subresource, resource.qualified);
  const read = inVersionOf(server, resource, object, request.resource.version);
  if (isRefusal(read)) return respondRefusal(server, from, request, read);
  const shown = part?.read?.(read, definitionOf(server.state, resource)) ?? read;
  respond(server, from, request, 200, tabled(server, request, resource, shown));
}

/** The answer as the client accepts it. */
function tabled(
  { state, context }: Server,
  request: ApiRequest,
  resource: ServedResource,
  body: KubernetesObject,
): KubernetesObject {
  if (request.options?.asTable !== true) return body;
  return asTable({ ...tableSourceOf(state, request, resource), nowMs: RUN_BEGINS_MS + context.nowMs }, body);
}

function pendingRead(server: Server, from: ComponentId, request: ApiRequest): Pending {
  return { request, from, cause: server.context.cause, attempt: 0, step: 'read' };
}

/**
 * Many objects. Without a resourceVersion from the cache, once it holds what etcd holds now (a consistent list): etcd is
 * asked for its revision, and on one way messages keep their order, so all events up to it have come before its answer.
 * At an exact revision, and for the next page of a list, from etcd's past. Else from the cache as it is.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/delegator/interface.go `ShouldDelegateList`, 1.36.
 */
const list: Read = (server, from, request, resource) => {
  const { options = {} } = request;
  const invalid = refusedListOptions(options, 'list');
  if (invalid !== undefined) return respondRefusal(server, from, request, invalid);
  const place = placeOf(options);
  if (isRefusal(place)) return respondRefusal(server, from, request, place);
  const pending = pendingRead(server, from, request);
  if (isForEtcd(place, server.state.revision)) {
    const key = request.namespace === undefined ? resource.prefix : `${resource.prefix}${request.namespace}/`;
    return ask(server, pending, { key, end: endOf(key), revision: place.revision });
  }
  if (place.revision > 0)
    // At the revision that the cache shows, or once it shows that: where it is then past it, etcd is asked after all.
    return whenFresh(server, from, request, place.revision, () => {
      if (isForEtcd(place, server.state.revision)) list(server, from, request, resource);
      else listCache(server, pending, resource, place.revision);
    });
  const { resourceVersion = '' } = options;
  if (resourceVersion === '' || place.revision < 0) return ask(server, pending, { key: '/registry/health', limit: 1 });
  whenFresh(server, from, request, Number(resourceVersion), () => {
    listCache(server, pending, resource, server.state.revision);
  });
};

function listCache(server: Server, pending: Pending, resource: ServedResource, revision: number): void {
  const { request, from } = pending;
  const items = itemsOfCache(server.state, request, resource);
  converting(server, pending, undefined, (asked) => finishList(asked, from, request, resource, items, revision));
}

/** Answers a read; where webhooks have to convert first what it shows, it is read anew when they have. */
function converting(
  server: Server,
  pending: Pending,
  result: EtcdResult | undefined,
  answer: (server: Server) => void,
): void {
  const { memo, ...plain } = pending;
  const run = new WriteRun(memo);
  const step = untilAsked(() => answer({ ...server, run }));
  if ('calls' in step)
    callWebhooks(server, { ...plain, cause: server.context.cause, memo: run.memo }, result, step.calls, readAgain);
}

/** The webhooks have answered: what is shown is read anew, as etcd had it or as the cache has it now. */
export function readAgain(server: Server, pending: Pending, result: EtcdResult | undefined): void {
  const { request, from } = pending;
  const resource = server.state.resources.get(resourceKey(request.resource));
  if (resource === undefined) return respondRefusal(server, from, request, UNKNOWN_PATH);
  if (result !== undefined) return finish(server, pending, resource, result);
  if (request.verb === 'list') return listCache(server, pending, resource, server.state.revision);
  const key = storageKey(resource, request.namespace, request.name ?? '').slice(resource.prefix.length);
  const found = server.state.caches.get(resourceKey(resource))?.view.getKey(key);
  converting(server, pending, undefined, (asked) => answerGet(asked, from, request, resource, found));
}

/** The first key after all that begin with a prefix, which ends in a slash. */
function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}0`;
}

/** After the answer of etcd. */
function finish(server: Server, pending: Pending, resource: ServedResource, result: EtcdResult): void {
  const { state } = server;
  const { request, from } = pending;
  if (request.verb !== 'list') {
    const found = result.found[0];
    const object = found && withRevision(found.value, found.modRevision);
    return converting(server, pending, result, (asked) => answerGet(asked, from, request, resource, object));
  }
  const place = placeOf(request.options ?? {});
  if (isRefusal(place)) return respondRefusal(server, from, request, place);
  if (result.error === 'compacted')
    return respondRefusal(server, from, request, expiredList((request.options?.continue ?? '') !== '', place));
  const isPast = place.revision > 0;
  const items = isPast ? itemsOfRange(resource, result.found) : itemsOfCache(state, request, resource);
  const revision = isPast ? place.revision : state.revision;
  converting(server, pending, result, (asked) => finishList(asked, from, request, resource, items, revision));
}

function finishList(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  resource: ServedResource,
  items: readonly ListItem[],
  revision: number,
): void {
  const { options = {} } = request;
  const place = placeOf(options);
  const startKey = isRefusal(place) ? firstPlace.startKey : place.startKey;
  const selection = selectionOf(request);
  const page = pageOf(items, { startKey, selection, limit: options.limit ?? 0, isWhole: hasNoSelector(selection) });
  const objects = allInVersionOf(server, resource, page.objects, request.resource.version);
  const refused = objects.find(isRefusal);
  if (refused !== undefined) return respondRefusal(server, from, request, refused);
  const whole = listOf(request, resource, { ...page, objects: objects as readonly KubernetesObject[] }, revision);
  respond(server, from, request, 200, tabled(server, request, resource, whole));
}

/** Verbs that change nothing, and how they go on when etcd has answered. */
export const readVerbs: Readonly<Partial<Record<ApiVerb, Read>>> & { readonly finish: typeof finish } = {
  get,
  list,
  finish,
};
