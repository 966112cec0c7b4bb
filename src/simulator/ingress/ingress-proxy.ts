import { answeredByHttp } from '../client/http-call.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import { arrayAt, asName, nameAt } from '../../base/json.ts';
import type { ApiClient } from '../client/api-client.ts';
import { apiClient } from '../client/api-client.ts';
import type { Informer } from '../client/informer.ts';
import { informerOf, informerTimer, observeWatch, startInformer, watchEnded } from '../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { DnsAnswer } from '../coredns/answer-name.ts';
import { DNS_QUERIES, familyAsked } from '../coredns/coredns.ts';
import type { CallMessage } from '../messages.ts';
import type { PacketAnswer, PacketParameters } from '../network/packets.ts';
import { PACKET } from '../network/packets.ts';
import { chooseEndpoint } from './choose-endpoint.ts';
import { httpRoute } from './http-routes.ts';
import { ingressRoute } from './ingress-routes.ts';
import type { HttpRequest, Routed } from './routed.ts';
import { ofFamily } from '../network/addresses.ts';
import { sourceFor } from '../network/resolve-host.ts';
import { installedUser } from '../client/installed-user.ts';

export interface IngressProxySettings {
  readonly server: ComponentId;
  /** The kernel of the machine on which it runs, and its addresses. */
  readonly linux: ComponentId;
  readonly hostIps: readonly string[];
  /** Whether Gateways and HTTPRoutes are watched: their definitions are there, or will be. */
  readonly gateways: boolean;
}

interface IngressProxyState {
  readonly settings: IngressProxySettings;
  readonly client: ApiClient;
  /** Of Ingresses, Services and slices, then of Namespaces, Gateways and HTTPRoutes. */
  readonly informers: readonly Informer[];
  /** Whom the answer of an endpoint is for, by the id of what was sent to it. */
  readonly asked: Map<number, { readonly to: ComponentId; readonly id: number }>;
  /** Requests that each route was sent, by `namespace/name` of its Ingress or HTTPRoute. */
  readonly requests: Map<string, number>;
}

export const INGRESS_PROXY = 'ingress-proxy';
/** How many requests each route was sent: `requests`, by `namespace/name`. */
export const REQUEST_COUNTS = 'GET /metrics';
/** Ports of its machine at which it listens. */
export const INGRESS_PORTS = [80, 443] as const;

export const INGRESS_USER = installedUser('ingress', 'ingress-controller');

const GATEWAY_API = 'gateway.networking.k8s.io';
const WATCHED = [
  { group: 'networking.k8s.io', version: 'v1', plural: 'ingresses' },
  { group: '', version: 'v1', plural: 'services' },
  { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices' },
] as const;
const WATCHED_OF_GATEWAYS = [
  { group: '', version: 'v1', plural: 'namespaces' },
  { group: GATEWAY_API, version: 'v1', plural: 'gateways' },
  { group: GATEWAY_API, version: 'v1', plural: 'httproutes' },
] as const;
const GIVE_UP = 'give-up';

/**
 * Stands in for the proxies of all ingress controllers and Gateways: listens on ports of the control plane's machine, as
 * one that uses its Node's network, and sends each request to an endpoint of the backend that a rule names. It knows no
 * TLS.
 */
export const ingressProxy: ComponentDefinition<IngressProxyState> = {
  kind: INGRESS_PROXY,
  start(context, settings) {
    const own = Object.freeze(settings as IngressProxySettings);
    const client = apiClient(own.server, INGRESS_USER, INGRESS_PROXY);
    const watched = own.gateways ? [...WATCHED, ...WATCHED_OF_GATEWAYS] : WATCHED;
    const informers = watched.map((resource) => startInformer({ resource }, client, context));
    return { settings: own, client, informers, asked: new Map(), requests: new Map() };
  },
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === GIVE_UP) answer(state, event.data as number, { type: 'timeout' }, context);
      else informerTimer(state, event, context);
      return;
    }
    const { message, from } = event;
    if (message.type === 'call' && message.method === PACKET) return take(state, from, message, context);
    const family = message.type === 'call' ? familyAsked(message.method) : undefined;
    if (message.type === 'call' && family !== undefined) return answerName(state, from, message, family, context);
    if (message.type === 'call') return tellCounts(state, from, message, context);
    if (message.type === 'answer') return answer(state, message.id, message.result as unknown as PacketAnswer, context);
    if (message.type === 'watch') {
      const index = informerOf(state.informers, from, message, context);
      const informer = state.informers[index];
      if (informer === undefined) return;
      if (message.ended === undefined) observeWatch(informer, message);
      else watchEnded(informer, message.ended, index, context);
    } else if (message.type === 'response') {
      const index = state.informers.findIndex(({ watchId }) => watchId === message.id);
      if (index >= 0) watchEnded(state.informers[index]!, message.code, index, context);
    }
  },
};

function views({ informers }: IngressProxyState) {
  const [ingresses, services, slices, namespaces, gateways, routes] = informers.map(({ view }) => view);
  return { ingresses: ingresses!, services: services!, slices: slices!, namespaces, gateways, routes };
}

function routeOf(state: IngressProxyState, request: HttpRequest): Routed | undefined {
  const { ingresses, namespaces, gateways, routes } = views(state);
  const world = {
    gateways: gateways?.list() ?? [],
    routes: routes?.list() ?? [],
    labelsOfNamespace: (name: string) => labelsOf(namespaces?.get(undefined, name) ?? {}),
  };
  return httpRoute(world, request) ?? ingressRoute(ingresses.list(), request);
}

/** A request has come: it goes on, or is answered here. */
function take(state: IngressProxyState, from: ComponentId, { id, parameters }: CallMessage, context: Context): void {
  const packet = parameters as unknown as PacketParameters;
  const number = context.next('request');
  const request: HttpRequest = { host: packet.host ?? packet.toIp, path: packet.question, port: packet.port };
  const routed = routeOf(state, request);
  const choice =
    routed === undefined
      ? { code: 404 }
      : chooseEndpoint(routed, views(state), (purpose, of) => context.random.integer(`${purpose}/${number}`, 1, of));
  if (routed !== undefined) {
    const key = routed.route.slice(routed.route.indexOf('/') + 1);
    state.requests.set(key, (state.requests.get(key) ?? 0) + 1);
  }
  const told = { host: request.host, ...(routed === undefined ? {} : { route: routed.route, rule: routed.rule }) };
  state.asked.set(number, { to: from, id });
  if ('code' in choice) {
    const detail = { ...told, code: choice.code };
    context.note({ class: 'packet', verb: 'route', object: routed?.route, detail });
    return answer(state, number, { type: 'answered', by: INGRESS_PROXY, code: choice.code }, context);
  }
  const { endpoint, backend } = choice;
  const { settings } = state;
  const next: PacketParameters = {
    ...packet,
    fromIp: sourceFor(endpoint.ip, settings.hostIps) ?? '',
    toIp: endpoint.ip,
    port: endpoint.port,
  };
  const detail = { ...told, backend: `${backend.namespace}/${backend.service}`, to: endpoint.address };
  context.send(
    settings.linux,
    { type: 'call', id: number, method: PACKET, parameters: Object.freeze({ ...next }) },
    { class: 'packet', verb: packet.question, object: routed?.route, detail },
  );
  context.timer(context.numbers.ingress.upstreamTimeoutMs, GIVE_UP, number, { periodic: true });
}

/** As `nginx_ingress_controller_requests` of ingress-nginx tells it. */
function tellCounts(
  { requests }: IngressProxyState,
  to: ComponentId,
  { id, method }: CallMessage,
  context: Context,
): void {
  const result = Object.freeze({ requests: Object.freeze(Object.fromEntries(requests)) });
  context.send(to, { type: 'answer', id, method, ok: true, result }, answeredByHttp(200));
}

/** What the endpoint answered; 502 where it refused, 504 where nothing came. */
function answer(state: IngressProxyState, number: number, heard: PacketAnswer, context: Context): void {
  const origin = state.asked.get(number);
  if (origin === undefined) return;
  state.asked.delete(number);
  const result: PacketAnswer =
    heard.type === 'answered'
      ? heard
      : { type: 'answered', by: INGRESS_PROXY, code: heard.type === 'timeout' ? 504 : 502 };
  context.send(
    origin.to,
    { type: 'answer', id: origin.id, method: PACKET, ok: true, result: Object.freeze({ ...result }) },
    { class: 'packet', verb: result.type, detail: { by: result.by, code: result.code } },
  );
}

/** The hosts of its rules have the address of its machine in the DNS of the world, as external-dns writes them there. */
function answerName(
  state: IngressProxyState,
  to: ComponentId,
  { id, parameters }: CallMessage,
  family: 4 | 6,
  context: Context,
): void {
  const name = String(parameters['name']);
  const own = ofFamily(state.settings.hostIps, family);
  const isKnown = hostsOf(state).some(
    (host) => host === name || (host.startsWith('*.') && name.endsWith(host.slice(1))),
  );
  const result: DnsAnswer = isKnown
    ? { code: 'NOERROR', addresses: own === undefined ? [] : [own] }
    : { code: 'FORWARDED', addresses: [] };
  context.send(
    to,
    { type: 'answer', id, method: DNS_QUERIES[family], ok: true, result: Object.freeze({ ...result }) },
    { class: 'packet', verb: `DNS ${result.code}`, detail: { name, ...result } },
  );
}

function hostsOf(state: IngressProxyState): readonly string[] {
  const { ingresses, gateways, routes } = views(state);
  return [
    ...ingresses.list().flatMap((one) => arrayAt(one, 'spec', 'rules').flatMap((rule) => nameAt(rule, 'host') ?? [])),
    ...(gateways?.list() ?? []).flatMap((one) =>
      arrayAt(one, 'spec', 'listeners').flatMap((listener) => nameAt(listener, 'hostname') ?? []),
    ),
    ...(routes?.list() ?? []).flatMap((one) => arrayAt(one, 'spec', 'hostnames').flatMap((name) => asName(name) ?? [])),
  ];
}
