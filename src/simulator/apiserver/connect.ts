import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { ComponentId } from '../component.ts';
import { CONTAINER_LOGS, EXEC } from '../kubelet/kubelet-server.ts';
import type { AnswerMessage, ApiRequest } from '../messages.ts';
import { respond, respondPiece, respondRefusal } from './respond.ts';
import { resourceKey, storageKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { badRequest, notFound } from './status.ts';
import type { Refusal } from './status.ts';
import type { Server } from './state.ts';

/** A request that a kubelet has to answer. Never changes. */
export interface Connection {
  readonly from: ComponentId;
  readonly request: ApiRequest;
  readonly node: string;
  /** The kubelet has begun to answer. */
  readonly isOpen?: true;
}

export const CONNECT_TIMEOUT = 'connect-timeout';

const METHODS: Readonly<Record<string, string>> = { log: CONTAINER_LOGS, exec: EXEC };

/** Whether a request goes on to the kubelet: `pods/log` and `pods/exec`. */
export function isConnect({ resource, subresource = '' }: ApiRequest): boolean {
  return resource.group === '' && resource.plural === 'pods' && Object.hasOwn(METHODS, subresource);
}

/**
 * Hands a request to the kubelet of the Pod's Node.
 * Source: pkg/registry/core/pod/strategy.go `LogLocation`, `streamLocation`, 1.36.
 */
export function connect(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { state, context } = server;
  const { name = '', subresource = '', options: { connect: asked = {} } = {} } = request;
  const key = storageKey(resource, request.namespace, name).slice(resource.prefix.length);
  const pod = state.caches.get(resourceKey(resource))!.view.getKey(key);
  if (pod === undefined) return respondRefusal(server, from, request, notFound(resource, name));
  const container = containerOf(pod, asked.container ?? '');
  if (typeof container !== 'string') return respondRefusal(server, from, request, container);
  const node = nameAt(pod, 'spec', 'nodeName');
  if (node === undefined)
    return subresource === 'log'
      ? respond(server, from, request, 200, streamOf('', 0))
      : respondRefusal(server, from, request, badRequest(`pod ${name} does not have a host assigned`));
  const id = context.next('connection');
  state.connections.set(id, Object.freeze({ from, request, node }));
  const { container: _, command, ...options } = asked;
  const parameters = { namespace: namespaceOf(pod), pod: nameOf(pod), container, command, options };
  const method = METHODS[subresource]!;
  context.send(
    `kubelet/${node}`,
    { type: 'call', id, method, parameters },
    { class: 'request', verb: method, object: `Pod/${key}`, detail: { container } },
  );
  context.timer(context.numbers.apiServer.dialTimeoutMs, CONNECT_TIMEOUT, id);
}

/** Source: strategy.go `validateContainer`. */
function containerOf(pod: KubernetesObject, asked: string): string | Refusal {
  const [own, init, ephemeral] = ['containers', 'initContainers', 'ephemeralContainers'].map((field) =>
    arrayAt(pod, 'spec', field).flatMap((container) => nameAt(container, 'name') ?? []),
  ) as [string[], string[], string[]];
  const all = [...init, ...own, ...ephemeral];
  if (asked !== '')
    return all.includes(asked) ? asked : badRequest(`container ${asked} is not valid for pod ${nameOf(pod)}`);
  if (own.length === 1) return own[0]!;
  const names = all.join(' ');
  return badRequest(`a container name must be specified for pod ${nameOf(pod)}, choose one of: [${names}]`);
}

/** What a stream brought, as one body; no kind of the API. */
function streamOf(text: string, exitCode: number): KubernetesObject {
  return Object.freeze({ apiVersion: 'v1', kind: 'Stream', text, exitCode });
}

/** A kubelet has answered. */
export function connected(server: Server, { id, ok, result }: AnswerMessage): void {
  const { state } = server;
  const connection = state.connections.get(id);
  if (connection === undefined) return;
  const { from, request } = connection;
  if (ok) {
    const body = streamOf(String(result['text'] ?? ''), Number(result['exitCode'] ?? 0));
    if (result['isOpen'] !== true) state.connections.delete(id);
    else {
      if (connection.isOpen === undefined) state.connections.set(id, Object.freeze({ ...connection, isOpen: true }));
      return respondPiece(server, from, request, body);
    }
    return respond(server, from, request, 200, body);
  }
  state.connections.delete(id);
  if (connection.isOpen === true) return broken(server, connection);
  const code = Number(result['code'] ?? 500);
  const message = String(result['message'] ?? '');
  respondRefusal(server, from, request, { code, reason: REASONS[code] ?? 'InternalError', message });
}

const REASONS: Readonly<Record<number, string>> = { 400: 'BadRequest', 404: 'NotFound' };

/** The kubelet has not answered: it is away. */
export function connectTimedOut(server: Server, id: number): void {
  const { state } = server;
  const connection = state.connections.get(id);
  if (connection === undefined || connection.isOpen === true) return;
  state.connections.delete(id);
  const { from, request, node } = connection;
  const message = `error dialing backend: dial tcp ${node}:10250: i/o timeout`;
  respondRefusal(server, from, request, { code: 500, reason: 'InternalError', message });
}

/** The client has closed its stream: the kubelet is told. */
export function closeConnection({ state, context }: Server, client: ComponentId, requestId: number): void {
  for (const [id, { from, request, node }] of state.connections) {
    if (from !== client || request.id !== requestId) continue;
    state.connections.delete(id);
    context.send(`kubelet/${node}`, { type: 'watch-closed', id }, { class: 'request', verb: 'CLOSE' });
  }
}

/** A stream ends before its end. */
function broken({ context }: Server, { from, request }: Connection): void {
  const message = { type: 'response', id: request.id, code: 0, failure: 'refused' } as const;
  context.send(from, message, { class: 'response', verb: 'CLOSED' });
}
