import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { ApiRequest } from '../../messages.ts';
import { isRefusal } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { Server } from '../state.ts';
import type { PortChange } from './port-storage.ts';
import { allocateService, releaseService } from './service.ts';

/** What the server gives an object of a kind from pools of its own, and takes back. */
export interface Allocator {
  /** As `ServedResource.qualified`. */
  readonly resource: string;
  allocate(server: Server, object: KubernetesObject, old: KubernetesObject | undefined): Allocated | Refusal;
  release(object: KubernetesObject): Pick<Allocated, 'after' | 'ports'>;
}

export interface Allocated {
  readonly object: KubernetesObject;
  /** What the server asks of itself before the object is written, after, and where it cannot be written. */
  readonly before?: readonly ApiCall[];
  readonly after?: readonly ApiCall[];
  readonly undo?: readonly ApiCall[];
  readonly ports?: PortChange;
}

const ALLOCATORS: readonly Allocator[] = [{ resource: 'services', allocate: allocateService, release: releaseService }];

function allocatorFor({ resource }: ApiRequest): Allocator | undefined {
  const { group, plural } = resource;
  return ALLOCATORS.find((allocator) => allocator.resource === (group === '' ? plural : `${plural}.${group}`));
}

/** The object with what the server allocates for it. */
export function allocate(
  server: Server,
  request: ApiRequest,
  object: KubernetesObject,
  old?: KubernetesObject,
): Allocated | Refusal {
  const given = allocatorFor(request)?.allocate(server, object, old) ?? { object };
  if (!isRefusal(given) && given.object !== object) {
    const { context } = server;
    context.cause = context.note({ class: 'internal', verb: 'allocate', body: given.object });
  }
  return given;
}

/** What goes with an object that is deleted. */
export function release(request: ApiRequest, object: KubernetesObject): Pick<Allocated, 'after' | 'ports'> {
  return allocatorFor(request)?.release(object) ?? {};
}
