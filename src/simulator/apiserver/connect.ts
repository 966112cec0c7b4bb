import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { ComponentId } from '../component.ts';
import { ATTACH, CONTAINER_LOGS, EXEC, PORT_FORWARD } from '../kubelet/kubelet-server.ts';
import type { AnswerMessage, ApiRequest } from '../messages.ts';
import { admitConnect } from './admission.ts';
import type { Connection } from './connect/call-kubelet.ts';
import { callKubelet } from './connect/call-kubelet.ts';
import { proxy, respondPage } from './connect/proxy.ts';
import { noStream, streamOf } from './connect/stream.ts';
import { authorization } from './gates/authorization.ts';
import { respond, respondPiece, respondRefusal } from './respond.ts';
import { resourceKey, storageKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { badRequest, isRefusal, notFound } from './status.ts';
import type { Refusal } from './status.ts';
import type { Pending, Server } from './state.ts';
import { callWebhooks } from './webhooks/call-webhooks.ts';
import type { WriteMemo } from './webhooks/write-run.ts';
import { WriteRun, untilAsked } from './webhooks/write-run.ts';

const METHODS: Readonly<Record<string, string>> = {
  log: CONTAINER_LOGS,
  exec: EXEC,
  attach: ATTACH,
  portforward: PORT_FORWARD,
};

/**
 * Kinds of the options with which a connection is opened.
 * Source: pkg/registry/core/pod/rest/subresources.go, service/proxy.go and node/rest/proxy.go `New`, 1.36.2.
 */
const OPTION_KINDS: Readonly<Record<string, string>> = {
  'pods/exec': 'PodExecOptions',
  'pods/attach': 'PodAttachOptions',
  'pods/portforward': 'PodPortForwardOptions',
  'pods/proxy': 'PodProxyOptions',
  'services/proxy': 'ServiceProxyOptions',
  'nodes/proxy': 'NodeProxyOptions',
};

function optionKindOf({ resource, subresource = '' }: ApiRequest): string | undefined {
  return resource.group === '' ? OPTION_KINDS[`${resource.plural}/${subresource}`] : undefined;
}

/** Whether a request goes on to somebody else: `pods/log`, and connections. */
export function isConnect(request: ApiRequest): boolean {
  const { resource, subresource } = request;
  const isLog = resource.group === '' && resource.plural === 'pods' && subresource === 'log';
  return isLog || optionKindOf(request) !== undefined;
}

/**
 * Opens a connection once admission has let it through, which may have to ask webhooks first.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go `ConnectResource`, 1.36.2.
 */
export function connect(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  resource: ServedResource,
  memo?: WriteMemo,
): void {
  const kind = optionKindOf(request);
  if (kind === undefined) return handOn(server, from, request, resource, []);
  const { context } = server;
  const run = new WriteRun(memo);
  const step = untilAsked(() => admitConnect({ ...server, run }, request, connectOptions(request, kind)));
  if ('calls' in step) {
    const pending = { request, from, cause: context.cause, attempt: 0, step: 'write', memo: run.memo } as const;
    const resume = (again: Server, waited: Pending): void => connect(again, from, request, resource, waited.memo);
    return callWebhooks(server, pending, undefined, step.calls, resume);
  }
  const { result } = step;
  if (isRefusal(result)) return respondRefusal(server, from, request, result);
  const { object, warnings } = result;
  if (request.subresource === 'proxy') return proxy(server, from, request, object, warnings);
  // Who may only read may not open a stream both ways. Source: pkg/registry/core/pod/rest/subresources.go, 1.36.
  const forbidden = authorization.check({ ...request, verb: 'create' }, resource, server);
  if (forbidden !== undefined) return respondRefusal(server, from, request, { ...forbidden, warnings });
  const container = nameAt(object, 'container');
  const command = arrayAt(object, 'command').map(String);
  const asked = { ...request.options?.connect, command, ...(container === undefined ? {} : { container }) };
  handOn(server, from, { ...request, options: { ...request.options, connect: asked } }, resource, warnings);
}

/** The options as admission sees them: standard output and error are always asked for. */
function connectOptions({ subresource, options: { connect: asked = {} } = {} }: ApiRequest, kind: string) {
  const { container, command, stdin, tty, ports, path } = asked;
  const streams = {
    ...(stdin === true ? { stdin } : {}),
    stdout: true,
    ...(tty === true ? { tty } : { stderr: true }),
    ...(container === undefined ? {} : { container }),
  };
  const isStreamed = subresource === 'exec' || subresource === 'attach';
  return Object.freeze({
    kind,
    apiVersion: 'v1',
    ...(isStreamed ? streams : {}),
    ...(subresource === 'exec' ? { command: command ?? null } : {}),
    ...(subresource === 'portforward' && ports !== undefined ? { ports } : {}),
    ...(subresource === 'proxy' && path !== undefined ? { path } : {}),
  });
}

/**
 * Hands a request to the kubelet of the Pod's Node.
 * Source: pkg/registry/core/pod/strategy.go `LogLocation`, `streamLocation`, `PortForwardLocation`, 1.36.
 */
function handOn(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  resource: ServedResource,
  warnings: readonly string[],
): void {
  const { state } = server;
  const { name = '', subresource = '', options: { connect: asked = {} } = {} } = request;
  const key = storageKey(resource, request.namespace, name).slice(resource.prefix.length);
  const pod = state.caches.get(resourceKey(resource))!.view.getKey(key);
  if (pod === undefined) return respondRefusal(server, from, request, notFound(resource, name));
  const container = subresource === 'portforward' ? undefined : containerOf(pod, asked.container ?? '');
  if (typeof container === 'object') return respondRefusal(server, from, request, container);
  const node = nameAt(pod, 'spec', 'nodeName');
  if (node === undefined)
    return subresource === 'log'
      ? respond(server, from, request, 200, streamOf(''))
      : respondRefusal(server, from, request, badRequest(`pod ${name} does not have a host assigned`));
  const { container: _, command, ports, ...options } = asked;
  const of = { namespace: namespaceOf(pod), pod: nameOf(pod) };
  const parameters = container === undefined ? { ...of, ports } : { ...of, container, command, options };
  const detail = container === undefined ? { ports } : { container };
  const method = METHODS[subresource]!;
  callKubelet(
    server,
    { from, request, node, warnings },
    { method, parameters: Object.freeze(parameters), object: `Pod/${key}`, detail },
  );
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

/** A kubelet has answered. */
export function connected(server: Server, { id, ok, result }: AnswerMessage): void {
  const { state } = server;
  const connection = state.connections.get(id);
  if (connection === undefined) return;
  const { from, request, warnings } = connection;
  if (ok && request.subresource !== 'proxy') {
    const body = streamOf(String(result['text'] ?? ''), Number(result['exitCode'] ?? 0));
    if (result['isOpen'] !== true) state.connections.delete(id);
    else {
      const isFirst = connection.isOpen === undefined;
      if (isFirst) state.connections.set(id, Object.freeze({ ...connection, isOpen: true }));
      return respondPiece(server, from, request, body, isFirst ? warnings : []);
    }
    return respond(server, from, request, 200, body, warnings);
  }
  state.connections.delete(id);
  if (connection.isOpen === true) return broken(server, connection);
  const code = Number(result['code'] ?? 500);
  const message = String(result['message'] ?? '');
  if (request.subresource === 'proxy')
    return respondPage(server, from, request, code, String(result['text'] ?? message), warnings);
  if (request.subresource !== 'log') return respond(server, from, request, code, noStream(message), warnings);
  respondRefusal(server, from, request, { code, reason: REASONS[code] ?? 'InternalError', message });
}

const REASONS: Readonly<Record<number, string>> = { 400: 'BadRequest', 404: 'NotFound' };

/** The kubelet has not answered: it is away. */
export function connectTimedOut(server: Server, id: number): void {
  const { state } = server;
  const connection = state.connections.get(id);
  if (connection === undefined || connection.isOpen === true) return;
  state.connections.delete(id);
  const { from, request, node = '' } = connection;
  const message = `error dialing backend: dial tcp ${node}:10250: i/o timeout`;
  respondRefusal(server, from, request, { code: 500, reason: 'InternalError', message });
}

/** The client has closed its stream: the kubelet is told. */
export function closeConnection({ state, context }: Server, client: ComponentId, requestId: number): void {
  for (const [id, { from, request, node }] of state.connections) {
    if (from !== client || request.id !== requestId) continue;
    state.connections.delete(id);
    if (node === undefined) continue;
    context.send(`kubelet/${node}`, { type: 'watch-closed', id }, { class: 'request', verb: 'CLOSE' });
  }
}

/** A stream ends before its end. */
function broken({ context }: Server, { from, request }: Connection): void {
  const message = { type: 'response', id: request.id, code: 0, failure: 'refused' } as const;
  context.send(from, message, { class: 'response', verb: 'CLOSED' });
}
