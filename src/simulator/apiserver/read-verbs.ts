import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ComponentId } from '../component.ts';
import type { ApiRequest, ApiVerb, EtcdResult } from '../messages.ts';
import { RUN_BEGINS_MS } from '../kernel/clock.ts';
import { inVersionOf } from './custom-resources/conversion.ts';
import { definitionOf } from './custom-resources/known-kinds.ts';
import { tableSourceOf } from './table-source.ts';
import { expiredList } from './continue-token.ts';
import { refusedListOptions } from './list-options.ts';
import { firstPlace, isForEtcd, itemsOfCache, itemsOfRange, listOf, pageOf, placeOf } from './list.ts';
import type { ListItem } from './list.ts';
import { respond, respondRefusal } from './respond.ts';
import { resourceKey, storageKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { isRefusal, notFound } from './status.ts';
import type { Pending, Server } from './state.ts';
import { subresourceOf } from './subresources.ts';
import { ask } from './storage.ts';
import { whenFresh } from './fresh.ts';
import { hasNoSelector, selectionOf } from './watchers.ts';
import { asTable } from './table.ts';
import { withRevision } from './watch-cache.ts';

type Read = (server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource) => void;

/** One object: as etcd holds it now, or from the cache where the client says how old it may be. */
const get: Read = (server, from, request, resource) => {
  const { resourceVersion = '' } = request.options ?? {};
  const key = storageKey(resource, request.namespace, request.name ?? '');
  if (resourceVersion === '') return ask(server, pendingRead(server, from, request), { key });
  whenFresh(server, from, request, Number(resourceVersion), () => {
    const { view } = server.state.caches.get(resourceKey(resource))!;
    answerGet(server, from, request, resource, view.getKey(key.slice(resource.prefix.length)));
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
  const read = inVersionOf(server.state, resource, object, request.resource.version);
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
      else finishList(server, from, request, resource, itemsOfCache(server.state, request, resource), place.revision);
    });
  const { resourceVersion = '' } = options;
  if (resourceVersion === '' || place.revision < 0) return ask(server, pending, { key: '/registry/health', limit: 1 });
  whenFresh(server, from, request, Number(resourceVersion), () => {
    finishList(server, from, request, resource, itemsOfCache(server.state, request, resource), server.state.revision);
  });
};

/** The first key after all that begin with a prefix, which ends in a slash. */
function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}0`;
}

/** After the answer of etcd. */
function finish(server: Server, { request, from }: Pending, resource: ServedResource, result: EtcdResult): void {
  const { state } = server;
  if (request.verb !== 'list') {
    const found = result.found[0];
    return answerGet(server, from, request, resource, found && withRevision(found.value, found.modRevision));
  }
  const place = placeOf(request.options ?? {});
  if (isRefusal(place)) return respondRefusal(server, from, request, place);
  if (result.error === 'compacted')
    return respondRefusal(server, from, request, expiredList((request.options?.continue ?? '') !== '', place));
  const isPast = place.revision > 0;
  const items = isPast ? itemsOfRange(resource, result.found) : itemsOfCache(state, request, resource);
  finishList(server, from, request, resource, items, isPast ? place.revision : state.revision);
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
  const objects = page.objects.map((object) => inVersionOf(server.state, resource, object, request.resource.version));
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
