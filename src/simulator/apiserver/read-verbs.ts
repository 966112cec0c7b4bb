import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { formatApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ComponentId } from '../component.ts';
import type { ApiRequest, ApiVerb, EtcdResult } from '../messages.ts';
import { respond, respondRefusal } from './respond.ts';
import { isSelected } from './selectors.ts';
import { resourceKey, storageKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { badRequest, notFound } from './status.ts';
import type { Refusal } from './status.ts';
import type { Pending, Server } from './state.ts';
import { subresourceOf } from './subresources.ts';
import { ask } from './storage.ts';
import { withRevision } from './watch-cache.ts';
import { selectionOf } from './watchers.ts';

type Read = (server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource) => void;

/** One object, as etcd holds it now. */
const get: Read = (server, from, request, resource) => {
  const key = storageKey(resource, request.namespace, request.name ?? '');
  ask(server, { request, from, cause: server.context.cause, attempt: 0, step: 'read' }, { key });
};

/**
 * Many objects from the cache, once it holds what etcd holds now (a consistent list): etcd is asked for its revision. On
 * one way messages keep their order, so all events up to the revision have come before its answer.
 */
const list: Read = (server, from, request) => {
  const pending: Pending = { request, from, cause: server.context.cause, attempt: 0, step: 'read' };
  ask(server, pending, { key: '/registry/health', limit: 1 });
};

/** After the answer of etcd. */
function finish(server: Server, { request, from }: Pending, resource: ServedResource, result: EtcdResult): void {
  if (request.verb === 'list') return finishList(server, from, request, resource);
  const found = result.found[0];
  if (found === undefined) return respondRefusal(server, from, request, notFound(resource, request.name ?? ''));
  const object = withRevision(found.value, found.modRevision);
  respond(server, from, request, 200, subresourceOf(request.subresource, resource.qualified)?.read?.(object) ?? object);
}

function finishList(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { limit } = request.options ?? {};
  const place = continuePlace(request);
  if (typeof place === 'object') return respondRefusal(server, from, request, place);
  const selected = selectedObjects(server, request, resource);
  const rest = place === undefined ? selected : selected.filter((object) => keyOf(object) > place);
  const page = limit === undefined || limit <= 0 ? rest : rest.slice(0, limit);
  respond(server, from, request, 200, listOf(server, request, resource, page, rest.length - page.length));
}

/** The objects of a resource that a request selects, by namespace and name. */
export function selectedObjects(
  { state }: Server,
  request: ApiRequest,
  resource: ServedResource,
): readonly KubernetesObject[] {
  const selection = selectionOf(request);
  const objects = state.caches.get(resourceKey(resource))!.view.list(selection.namespace);
  return objects.filter((object) => isSelected(object, selection));
}

/** A list as the API answers it; `remaining` objects follow on other pages. */
export function listOf(
  { state }: Server,
  { resource: { group, version } }: ApiRequest,
  resource: ServedResource,
  items: readonly KubernetesObject[],
  remaining = 0,
): KubernetesObject {
  const more = remaining === 0 ? {} : { continue: keyOf(items.at(-1)!), remainingItemCount: remaining };
  return Object.freeze({
    kind: `${resource.kind}List`,
    apiVersion: formatApiVersion(group, version),
    metadata: { resourceVersion: String(state.revision), ...more },
    items: items as readonly JsonObject[],
  });
}

/** Where a page begins: after this key. The token of a real server holds a revision too, and names no other cluster's. */
function continuePlace({ options }: ApiRequest): string | undefined | Refusal {
  const token = options?.continue;
  if (token === undefined || token === '') return undefined;
  return /^[^\s]+$/.test(token) ? token : badRequest('continue key is not valid');
}

function keyOf(object: KubernetesObject): string {
  const namespace = namespaceOf(object);
  return namespace === undefined ? nameOf(object) : `${namespace}/${nameOf(object)}`;
}

/** Verbs that change nothing, and how they go on when etcd has answered. */
export const readVerbs: Readonly<Partial<Record<ApiVerb, Read>>> & { readonly finish: typeof finish } = {
  get,
  list,
  finish,
};
