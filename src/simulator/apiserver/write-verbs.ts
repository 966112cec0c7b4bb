import type { KubernetesObject } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import type { ApiRequest, EtcdResult } from '../messages.ts';
import { inVersionOf, isStoredOtherwise } from './custom-resources/conversion.ts';
import { create } from './verbs/create.ts';
import { remove } from './verbs/delete.ts';
import { patch } from './verbs/patch.ts';
import { update } from './verbs/update.ts';
import { subresourceOf } from './subresources.ts';
import { resourceKey, storageKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { isRefusal } from './status.ts';
import type { Refusal } from './status.ts';
import type { ApiServerState, Pending, PreparedWrite, Server } from './state.ts';
import { withRevision } from './watch-cache.ts';

/** What a write finds in etcd. */
export interface Found {
  readonly object: KubernetesObject;
  readonly revision: number;
  /** It is kept in another version than it would be now: a write that changes nothing else changes that. */
  readonly isOld?: boolean;
}

export interface WriteRequest {
  readonly server: Server;
  readonly request: ApiRequest;
  readonly resource: ServedResource;
  /** Undefined where there is none. */
  readonly current: Found | undefined;
  /** How often it was tried before. */
  readonly attempt: number;
  /** How far an eviction has come. */
  readonly eviction?: Pending['eviction'];
}

/** Disruption budgets have to be asked first. */
export interface AsksBudgets {
  readonly asks: 'budgets';
  readonly pod: KubernetesObject;
}

/** Makes a write ready against what is there, or says why not. */
export type WriteVerb = (write: WriteRequest) => PreparedWrite | Refusal | AsksBudgets;

const VERBS: Readonly<Record<string, WriteVerb>> = { create, update, patch, delete: remove };

/** Whether a request reads etcd before anything else, as its registry does. */
export function readsFirst({ subresource }: ApiRequest, resource: ServedResource): boolean {
  return subresourceOf(subresource, resource.qualified)?.readsFirst === true;
}

/**
 * Prepares a write. At first against the cache, which may be behind; where etcd then finds another revision, once more
 * against what it found (`answer`). Undefined where nothing handles the verb.
 */
export function prepareWrite(
  server: Server,
  { request, attempt, eviction }: Pending,
  resource: ServedResource,
  answer: EtcdResult | undefined,
): PreparedWrite | Refusal | AsksBudgets | undefined {
  const verb =
    request.subresource === undefined
      ? VERBS[request.verb]
      : subresourceOf(request.subresource, resource.qualified)?.verbs[request.verb];
  const { state } = server;
  const current = asRead(
    server,
    request,
    resource,
    answer === undefined ? cachedObject(state, request, resource) : foundIn(answer),
  );
  if (current !== undefined && isRefusal(current)) return current;
  return verb?.({ server, request, resource, current, attempt, ...(eviction === undefined ? {} : { eviction }) });
}

/** A custom resource is written in the version of the request. */
function asRead(
  server: Server,
  request: ApiRequest,
  resource: ServedResource,
  found: Found | undefined,
): Found | Refusal | undefined {
  if (found === undefined || resource.definition === undefined) return found;
  const object = inVersionOf(server, resource, found.object, request.resource.version);
  return isRefusal(object)
    ? object
    : { object, revision: found.revision, isOld: isStoredOtherwise(server.state, resource, found.object) };
}

function foundIn({ found: [found] }: EtcdResult): Found | undefined {
  return found && { object: withRevision(found.value, found.modRevision), revision: found.modRevision };
}

/** Undefined too for what is to be made: whether it is there already, only etcd says. */
function cachedObject(
  { caches }: ApiServerState,
  { verb, subresource, namespace, name }: ApiRequest,
  resource: ServedResource,
): Found | undefined {
  if (name === undefined || (verb === 'create' && subresource === undefined)) return undefined;
  const key = storageKey(resource, namespace, name).slice(resource.prefix.length);
  const object = caches.get(resourceKey(resource))?.view.getKey(key);
  if (object === undefined) return undefined;
  return { object, revision: Number(stringAt(object, 'metadata', 'resourceVersion') ?? 0) };
}

/** Revision of an object in the cache; 0 where it is not there. */
export function cachedRevision(state: ApiServerState, request: ApiRequest, resource: ServedResource): number {
  return cachedObject(state, request, resource)?.revision ?? 0;
}
