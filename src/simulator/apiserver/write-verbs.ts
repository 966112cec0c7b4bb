import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ApiRequest, EtcdResult } from '../messages.ts';
import { create } from './verbs/create.ts';
import { remove } from './verbs/delete.ts';
import { patch } from './verbs/patch.ts';
import { update } from './verbs/update.ts';
import { subresourceOf } from './subresources.ts';
import { resourceKey, storageKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import type { Refusal } from './status.ts';
import type { PreparedWrite, Server } from './state.ts';
import { withRevision } from './watch-cache.ts';

/** What a write finds in etcd. */
export interface Found {
  readonly object: KubernetesObject;
  readonly revision: number;
}

export interface WriteRequest {
  readonly server: Server;
  readonly request: ApiRequest;
  readonly resource: ServedResource;
  /** Undefined where there is none. */
  readonly current: Found | undefined;
}

/** Makes a write ready against what is there, or says why not. */
export type WriteVerb = (write: WriteRequest) => PreparedWrite | Refusal;

const VERBS: Readonly<Record<string, WriteVerb>> = { create, update, patch, delete: remove };

/**
 * Prepares a write. At first against the cache, which may be behind; where etcd then finds another revision, once more
 * against what it found (`answer`). Undefined where nothing handles the verb.
 */
export function prepareWrite(
  server: Server,
  request: ApiRequest,
  resource: ServedResource,
  answer: EtcdResult | undefined,
): PreparedWrite | Refusal | undefined {
  const verb =
    request.subresource === undefined
      ? VERBS[request.verb]
      : subresourceOf(request.subresource, resource.qualified)?.verbs[request.verb];
  return verb?.({ server, request, resource, current: currentOf(server, request, resource, answer) });
}

function currentOf(
  { state }: Server,
  request: ApiRequest,
  resource: ServedResource,
  answer: EtcdResult | undefined,
): Found | undefined {
  if (answer !== undefined) {
    const found = answer.found[0];
    return found && { object: withRevision(found.value, found.modRevision), revision: found.modRevision };
  }
  if (request.name === undefined) return undefined;
  const key = storageKey(resource, request.namespace, request.name).slice(resource.prefix.length);
  const object = state.caches.get(resourceKey(resource))!.view.getKey(key);
  if (object === undefined) return undefined;
  const metadata = object['metadata'] as unknown as { readonly resourceVersion: string };
  return { object, revision: Number(metadata.resourceVersion) };
}
