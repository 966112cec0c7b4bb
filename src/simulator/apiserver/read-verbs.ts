import type { KubernetesObject } from '../../apimachinery/object.ts';
import { formatApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ComponentId } from '../component.ts';
import type { ApiRequest, ApiVerb, EtcdResult } from '../messages.ts';
import { respond, respondRefusal } from './respond.ts';
import { isSelected } from './selectors.ts';
import { resourceKey, storageKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { notFound } from './status.ts';
import type { Pending, Server } from './state.ts';
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
  respond(server, from, request, 200, withRevision(found.value, found.modRevision));
}

function finishList(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { state } = server;
  const selection = selectionOf(request);
  const objects = state.caches.get(resourceKey(resource))!.view.list(selection.namespace);
  const items = objects.filter((object) => isSelected(object, selection)) as readonly JsonObject[];
  const { group, version } = request.resource;
  const found: KubernetesObject = Object.freeze({
    kind: `${resource.kind}List`,
    apiVersion: formatApiVersion(group, version),
    metadata: { resourceVersion: String(state.revision) },
    items,
  });
  respond(server, from, request, 200, found);
}

/** Verbs that change nothing, and how they go on when etcd has answered. */
export const readVerbs: Readonly<Partial<Record<ApiVerb, Read>>> & { readonly finish: typeof finish } = {
  get,
  list,
  finish,
};
