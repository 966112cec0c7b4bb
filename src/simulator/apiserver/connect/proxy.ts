import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ComponentId } from '../../component.ts';
import { KUBELET_PAGE } from '../../kubelet/kubelet-server.ts';
import type { AnswerMessage, ApiRequest } from '../../messages.ts';
import type { ConnectOrder } from '../../network/connect.ts';
import { CONNECT } from '../../network/connect.ts';
import { HOST_RESOLV_CONF } from '../../network/resolv-conf.ts';
import { clusterViewOf } from '../cluster-view.ts';
import { respond, respondRefusal } from '../respond.ts';
import type { Server } from '../state.ts';
import { isRefusal } from '../status.ts';
import type { Refusal } from '../status.ts';
import { httpError } from '../webhooks/client-error.ts';
import { callKubelet, keepConnection } from './call-kubelet.ts';
import type { Location } from './location.ts';
import { nodeLocation, podLocation, serviceLocation } from './location.ts';
import { streamOf } from './stream.ts';

/**
 * Sends a request for `pods/proxy`, `services/proxy` or `nodes/proxy` on; `options` say the path.
 * Source: pkg/registry/core/{pod/rest/subresources,service/proxy,node/rest/proxy}.go `Connect`, 1.36.
 */
export function proxy(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  options: KubernetesObject,
  warnings: readonly string[],
): void {
  const location = locationOf(server, request);
  if (isRefusal(location)) return respondRefusal(server, from, request, location);
  const path = `/${(nameAt(options, 'path') ?? '').replace(/^\/+/, '')}`;
  if (location.type === 'network') return send(server, { from, request, warnings }, location, path);
  const { node } = location;
  const call = { method: KUBELET_PAGE, parameters: Object.freeze({ path }), detail: { path } };
  callKubelet(server, { from, request, node, warnings }, call);
}

function locationOf(server: Server, { resource, namespace = '', name = '' }: ApiRequest): Location | Refusal {
  const { context } = server;
  const view = clusterViewOf(server);
  if (resource.plural === 'pods') return podLocation(view, namespace, name);
  if (resource.plural === 'nodes') return nodeLocation(view, name);
  const number = context.next('proxied-endpoint');
  let drawn = 0;
  const pick = (below: number): number => context.random.integer(`proxy/${number}/${++drawn}`, 0, below - 1);
  return serviceLocation(view, namespace, name, pick);
}

type Asker = {
  readonly from: ComponentId;
  readonly request: ApiRequest;
  readonly warnings: readonly string[];
};

/** The API server's own machine sends the request, as any process of it would. */
function send(
  server: Server,
  asker: Asker,
  { scheme, host, port }: Extract<Location, { type: 'network' }>,
  path: string,
): void {
  const { state, context } = server;
  const { machine, ips } = state.settings.host ?? { machine: undefined, ips: [] };
  const number = Number(port === '' ? DEFAULT_PORTS[scheme] : port);
  const dialed = `${host}:${number}`;
  if (machine === undefined || !Number.isInteger(number))
    return respondRefusal(server, asker.from, asker.request, unreachable(dialed, 'network is unreachable'));
  const id = keepConnection(server, { ...asker, node: undefined, dialed });
  const order: ConnectOrder = Object.freeze({
    token: String(id),
    fromIps: ips,
    resolvConf: HOST_RESOLV_CONF,
    host,
    port: number,
    protocol: 'tcp',
    path,
    timeoutMs: context.numbers.apiServer.dialTimeoutMs,
  });
  context.send(
    `linux/${machine}`,
    { type: 'call', id, method: CONNECT, parameters: Object.freeze({ ...order }) },
    { class: 'request', verb: 'PROXY', detail: { to: dialed, path } },
  );
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { '': 80, http: 80, https: 443 };

/** The network has said what became of a request that was sent on; what nobody waits for is passed over. */
export function proxied(server: Server, { result }: AnswerMessage): void {
  const { connections } = server.state;
  const id = Number(stringAt(result, 'token'));
  const connection = connections.get(id);
  if (connection === undefined) return;
  connections.delete(id);
  const { from, request, warnings, dialed = '' } = connection;
  const outcome = objectAt(result, 'outcome');
  const code = numberAt(outcome, 'result');
  if (code === undefined)
    return respondRefusal(
      server,
      from,
      request,
      unreachable(dialed, WHY[stringAt(outcome, 'result') ?? ''] ?? TIMEOUT),
    );
  respondPage(server, from, request, code, stringAt(outcome, 'text') ?? '', warnings);
}

/** Hands on a page as it came; where it tells of a failure, as Go's client reads it. */
export function respondPage(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  code: number,
  text: string,
  warnings: readonly string[] = [],
): void {
  if (code < 400) return respond(server, from, request, code, streamOf(text), warnings);
  const reason = REASONS[code] ?? (code >= 500 ? 'InternalError' : 'Unknown');
  respondRefusal(server, from, request, { code, reason, message: httpError(code), warnings });
}

/** Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go `NewGenericServerResponse`, 1.36. */
const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

const TIMEOUT = 'i/o timeout';
const WHY: Readonly<Record<string, string>> = {
  refused: 'connect: connection refused',
  'outside the cluster': 'connect: no route to host',
  unreachable: 'connect: network is unreachable',
  'unknown host': 'no such host',
};

/** Source: staging/src/k8s.io/apimachinery/pkg/util/proxy/transport.go `RoundTrip`, 1.36. */
function unreachable(dialed: string, why: string): Refusal {
  const message = `error trying to reach service: dial tcp ${dialed}: ${why}`;
  return { code: 503, reason: 'ServiceUnavailable', message };
}
