import type { KubernetesObject } from '../../apimachinery/object.ts';
import { numberAt } from '../../base/json.ts';
import type { ComponentId } from '../component.ts';
import type { ApiRequest } from '../messages.ts';
import { release } from './flow-control/flow-control.ts';
import type { Server } from './state.ts';
import type { Refusal } from './status.ts';
import { statusOf } from './status.ts';
import { withRevision } from './watch-cache.ts';

/** Answers a request. `revision`: that of the write, which the object then has as its resourceVersion. */
export function respond(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  code: number,
  object: KubernetesObject,
  warnings: readonly string[] = [],
  revision?: number,
): void {
  release(server, from, request);
  const body = revision === undefined ? object : withRevision(object, revision);
  server.context.send(
    from,
    { type: 'response', id: request.id, code, body, ...(warnings.length > 0 ? { warnings } : {}) },
    {
      class: 'response',
      verb: String(code),
      opener: from,
      body,
      ...(revision === undefined ? {} : { resourceVersion: String(revision) }),
    },
  );
}

/** A piece of a stream, which others follow; the request takes up no seat of the server's from then on. */
export function respondPiece(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  body: KubernetesObject,
  warnings: readonly string[] = [],
): void {
  release(server, from, request);
  server.context.send(
    from,
    { type: 'response', id: request.id, code: 200, body, isOpen: true, ...(warnings.length > 0 ? { warnings } : {}) },
    { class: 'response', verb: '200', opener: from, body },
  );
}

export function respondRefusal(server: Server, from: ComponentId, request: ApiRequest, refusal: Refusal): void {
  const body = statusOf(refusal);
  if (numberAt(body, 'details', 'retryAfterSeconds') === undefined || refusal.code !== 429)
    return respond(server, from, request, refusal.code, body, refusal.warnings);
  release(server, from, request);
  const warned = refusal.warnings === undefined ? {} : { warnings: refusal.warnings };
  server.context.send(
    from,
    { type: 'response', id: request.id, code: refusal.code, body, request, ...warned },
    { class: 'response', verb: String(refusal.code), opener: from, body },
  );
}
