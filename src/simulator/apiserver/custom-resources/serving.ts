import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { jsonEqual, valueAt } from '../../../base/json.ts';
import { View } from '../../client/view.ts';
import { indexesOf, resourceKey } from '../served-resources.ts';
import { cacheOf } from '../watch-cache.ts';
import type { ServedResource } from '../served-resources.ts';
import type { ApiServerState, Server } from '../state.ts';
import { endWatch } from '../watchers.ts';
import { resourceOfDefinition } from './definition.ts';

/** A definition has come, changed or gone (`after` undefined): what it defines is served, served otherwise, or no longer. */
export function definitionChanged(
  server: Server,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): void {
  const [old, next] = [before && resourceOfDefinition(before), after && resourceOfDefinition(after)];
  const { state } = server;
  if (old !== undefined && (next === undefined || !jsonEqual(valueAt(before, 'spec'), valueAt(after, 'spec'))))
    endWatches(server, resourceKey(old));
  if (next !== undefined) return serve(state, next);
  if (old === undefined) return;
  state.resources.delete(resourceKey(old));
  state.prefixes.delete(old.prefix);
  state.caches.delete(resourceKey(old));
}

/** Serves a custom resource from here on. */
export function serve(state: ApiServerState, resource: ServedResource): void {
  const key = resourceKey(resource);
  state.resources.set(key, resource);
  state.prefixes.set(resource.prefix, resource);
  if (state.caches.has(key)) return;
  const view = View.empty(indexesOf(resource), state.revision);
  state.caches.set(key, cacheOf(view, state.revision));
}

/** Storage of a definition that changed is built anew: its watches end. Source: customresource_handler.go `removeStorage_locked`, 1.36. */
function endWatches(server: Server, key: string): void {
  for (const [place, { resource }] of server.state.open) if (resource === key) endWatch(server, place, 0);
}
