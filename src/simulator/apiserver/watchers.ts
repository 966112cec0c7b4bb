import { stringAt } from '../../base/json.ts';
import type { ComponentId } from '../component.ts';
import type { ApiRequest, WatchEvent } from '../messages.ts';
import { isSelected } from './selectors.ts';
import type { Selection } from './selectors.ts';
import { resourceKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { gone } from './status.ts';
import type { Server, Watcher } from './state.ts';
import { respondRefusal } from './respond.ts';
import type { WatchCache } from './watch-cache.ts';
import { eventsAfter } from './watch-cache.ts';

/**
 * Opens a watch: with `sendInitialEvents` the objects as they are, then what changes; else what has changed after the
 * revision asked for, or 410 where that is forgotten.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go, 1.36.
 */
export function openWatch(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { state, context } = server;
  const { options = {}, id } = request;
  const key = resourceKey(resource);
  const cache = state.caches.get(key)!;
  const selection = selectionOf(request);
  const isWhole = isUnselected(selection);
  const since = Number(options.resourceVersion ?? '0');
  const isInitial = options.sendInitialEvents === true || since === 0;
  const missed = isInitial ? initialEvents(cache, selection, isWhole) : eventsAfter(cache, since);
  if (missed === undefined)
    return respondRefusal(
      server,
      from,
      request,
      gone(`too old resource version: ${since} (${cache.forgottenRevision})`),
    );
  const watcher: Watcher = { to: from, id, bookmarks: options.allowWatchBookmarks === true, ...selection };
  watchersFor(server, key, selection).set(`${from}/${id}`, Object.freeze(watcher));
  context.send(
    from,
    {
      type: 'watch',
      id,
      events: isInitial ? missed : missed.flatMap((event) => seenThrough(selection, event)),
      revision: state.revision,
      ...(isWhole ? { view: cache.view.at(state.revision) } : {}),
      isInitialEnd: true,
    },
    {
      class: 'watch',
      verb: isInitial ? 'INITIAL' : 'WATCH',
      opener: from,
      object: resource.qualified,
      resourceVersion: String(state.revision),
      detail: { count: isWhole && isInitial ? cache.view.size : missed.length },
    },
  );
}

const OF_NODE = /^spec\.nodeName=([^,=!]+)$/;

function watchersFor({ state }: Server, key: string, selection: Selection): Map<string, Watcher> {
  let watchers = state.watchers.get(key);
  if (watchers === undefined) state.watchers.set(key, (watchers = { all: new Map(), byNode: new Map() }));
  const node = OF_NODE.exec(selection.fieldSelector ?? '')?.[1];
  if (node === undefined) return watchers.all;
  let own = watchers.byNode.get(node);
  if (own === undefined) watchers.byNode.set(node, (own = new Map<string, Watcher>()));
  return own;
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

function isUnselected({ namespace, labelSelector, fieldSelector }: Selection): boolean {
  return namespace === undefined && labelSelector === undefined && fieldSelector === undefined;
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
function seenThrough(selection: Selection, event: WatchEvent): readonly WatchEvent[] {
  const was = event.old !== undefined && isSelected(event.old, selection);
  const is = event.type !== 'DELETED' && isSelected(event.object, selection);
  if (!was && !is) return [];
  const type = is ? (was ? 'MODIFIED' : 'ADDED') : 'DELETED';
  return [type === event.type ? event : { ...event, type }];
}

/** Tells every watcher of a resource that wants to know. */
export function dispatch({ state, context }: Server, key: string, cache: WatchCache, event: WatchEvent): void {
  const watchers = state.watchers.get(key);
  if (watchers === undefined) return;
  const object = `${event.object.kind}/${event.key}`;
  const resourceVersion = String(event.revision);
  const tell = (watcher: Watcher): void => {
    const isWhole = isUnselected(watcher);
    const seen = isWhole ? [event] : seenThrough(watcher, event);
    if (seen.length === 0) return;
    context.send(
      watcher.to,
      {
        type: 'watch',
        id: watcher.id,
        events: seen,
        revision: event.revision,
        ...(isWhole ? { view: cache.view } : {}),
      },
      { class: 'watch', verb: seen[0]!.type, opener: watcher.to, object, resourceVersion, body: event.object },
    );
  };
  for (const watcher of watchers.all.values()) tell(watcher);
  if (watchers.byNode.size === 0) return;
  const [node, before] = [event.object, event.old].map((version) => stringAt(version, 'spec', 'nodeName') ?? '');
  for (const name of new Set([node, before]))
    for (const watcher of watchers.byNode.get(name ?? '')?.values() ?? []) tell(watcher);
}
