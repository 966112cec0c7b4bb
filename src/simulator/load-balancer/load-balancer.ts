import { HEALTH_CHECK } from '../apiserver/health.ts';
import { requestDetail } from '../client/api-client.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { AnswerMessage, ApiRequest, ApiResponse, WatchEvents } from '../messages.ts';

/** The component through which clients reach the API servers. */
export const LOAD_BALANCER = 'load-balancer';

export interface LoadBalancerSettings {
  readonly servers: readonly ComponentId[];
}

export interface LoadBalancerState {
  readonly servers: readonly ComponentId[];
  /** By server. */
  readonly health: Map<ComponentId, Health>;
  /** Who has the next connection: a place in `servers`. */
  turn: number;
  /** The server that a client is connected to. */
  readonly connections: Map<ComponentId, Connection>;
  /** Requests that are not answered, and streams that are open, by the id that the server knows them by. */
  readonly streams: Map<number, Stream>;
  /** That id, by `client/request`. */
  readonly ids: Map<string, number>;
}

/** Never changes. */
interface Health {
  readonly isUp: boolean;
  /** Checks in a row that say the contrary. */
  readonly against: number;
  /** The check that is not answered; 0: none. */
  readonly asked: number;
}

/** Never changes. */
interface Connection {
  readonly server: ComponentId;
  /** The server has answered on it. */
  readonly isOpen: boolean;
}

/** Never changes. */
interface Stream {
  readonly client: ComponentId;
  readonly request: ApiRequest;
  readonly server: ComponentId;
  /** Servers that were tried in vain for it. */
  readonly tried: readonly ComponentId[];
}

const CHECK = 'check';
const CHECK_OVER = 'check-timeout';
const CONNECT_OVER = 'connect-timeout';

/**
 * A balancer of connections before several API servers: each client has one connection, to the server whose turn it was, for
 * as long as that lasts; a server that fails its checks gets no new ones. Connections that are there stay where they are,
 * so that a server that is back stands idle until others break.
 * Source: github.com/kubernetes/kubeadm docs/ha-considerations.md, haproxy with `mode tcp`, `balance roundrobin`, `option
 * httpchk`, `option redispatch`; haproxy's defaults for `inter`, `fall` and `rise`.
 */
export const loadBalancer: ComponentDefinition<LoadBalancerState> = {
  kind: LOAD_BALANCER,
  start(context, settings) {
    const { servers } = settings as LoadBalancerSettings;
    const isUp = Object.freeze({ isUp: true, against: 0, asked: 0 });
    context.timer(context.numbers.loadBalancer.checkMs, CHECK, undefined, { periodic: true });
    return {
      servers,
      health: new Map(servers.map((server) => [server, isUp])),
      turn: 0,
      connections: new Map(),
      streams: new Map(),
      ids: new Map(),
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer') return timer(state, event.name, event.data, context);
    const { from, message } = event;
    if (message.type === 'request') forward(state, from, message, [], context);
    else if (message.type === 'watch-closed') close(state, from, message.id, context);
    else if (message.type === 'response') responded(state, message, context);
    else if (message.type === 'watch') told(state, message, context);
    else if (message.type === 'answer') checked(state, from, message, context);
  },
  stop(state, context, how) {
    const { deadConnectionMs } = context.numbers.reflector;
    for (const [id, { client, request, server }] of state.streams) {
      const broken = refused(request.id);
      if (how === 'power') context.notice(client, deadConnectionMs, broken);
      else context.send(client, broken, { class: 'response', verb: 'CLOSED' });
      if (how === 'crash')
        context.send(server, { type: 'watch-closed', id }, { class: 'request', verb: 'CLOSE', detail: { client } });
    }
  },
};

function timer(state: LoadBalancerState, name: string, data: unknown, context: Context): void {
  if (name === CHECK) check(state, context);
  else if (name === CHECK_OVER) {
    const { server, id } = data as { readonly server: ComponentId; readonly id: number };
    if (state.health.get(server)?.asked === id) judge(state, server, false, context);
  } else if (name === CONNECT_OVER) {
    const stream = state.streams.get(data as number);
    if (stream !== undefined && state.connections.get(stream.client)?.isOpen === false)
      redispatch(state, data as number, stream, context);
  }
}

/** Asks every server how it is. */
function check(state: LoadBalancerState, context: Context): void {
  const { checkMs, checkTimeoutMs } = context.numbers.loadBalancer;
  for (const server of state.servers) {
    const health = state.health.get(server)!;
    if (health.asked !== 0) continue;
    const id = context.next('check');
    state.health.set(server, Object.freeze({ ...health, asked: id }));
    const detail = { class: 'probe', verb: HEALTH_CHECK } as const;
    context.send(server, { type: 'call', id, method: HEALTH_CHECK, parameters: Object.freeze({}) }, detail);
    context.timer(checkTimeoutMs, CHECK_OVER, Object.freeze({ server, id }), { periodic: true });
  }
  context.timer(checkMs, CHECK, undefined, { periodic: true });
}

function checked(state: LoadBalancerState, server: ComponentId, { id, ok }: AnswerMessage, context: Context): void {
  if (state.health.get(server)?.asked === id) judge(state, server, ok, context);
}

function judge(state: LoadBalancerState, server: ComponentId, isWell: boolean, context: Context): void {
  const { fall, rise } = context.numbers.loadBalancer;
  const { isUp, against } = state.health.get(server)!;
  const now = isUp === isWell ? 0 : against + 1;
  const turns = now >= (isUp ? fall : rise);
  state.health.set(server, Object.freeze({ isUp: turns ? !isUp : isUp, against: turns ? 0 : now, asked: 0 }));
  if (turns) context.note({ class: 'internal', verb: isUp ? 'DOWN' : 'UP', object: server });
}

/** The next server that is up and was not tried. */
function nextServer(state: LoadBalancerState, tried: readonly ComponentId[]): ComponentId | undefined {
  const { servers, health } = state;
  for (let step = 0; step < servers.length; step++) {
    const at = (state.turn + step) % servers.length;
    const server = servers[at]!;
    if (health.get(server)?.isUp !== true || tried.includes(server)) continue;
    state.turn = (at + 1) % servers.length;
    return server;
  }
  return undefined;
}

/** Hands a request on, over the connection that its client has, or over a new one. */
function forward(
  state: LoadBalancerState,
  client: ComponentId,
  request: ApiRequest,
  tried: readonly ComponentId[],
  context: Context,
): void {
  const known = state.connections.get(client);
  const server = known?.server ?? nextServer(state, tried);
  if (server === undefined)
    return void context.send(client, refused(request.id), { class: 'response', verb: 'CLOSED', opener: client });
  const id = context.next('stream');
  state.streams.set(id, Object.freeze({ client, request, server, tried }));
  state.ids.set(`${client}/${request.id}`, id);
  if (known === undefined) {
    const isOpen = context.reaches(server);
    state.connections.set(client, Object.freeze({ server, isOpen }));
    if (!isOpen) context.timer(context.numbers.loadBalancer.connectTimeoutMs, CONNECT_OVER, id);
  }
  const { detail, ...rest } = requestDetail(request);
  context.send(server, { ...request, id }, { ...rest, detail: { ...detail, client } });
}

/** The client has closed a stream. */
function close(state: LoadBalancerState, client: ComponentId, requestId: number, context: Context): void {
  const id = state.ids.get(`${client}/${requestId}`);
  const stream = id === undefined ? undefined : state.streams.get(id);
  if (id === undefined || stream === undefined) return;
  forget(state, id, stream);
  const detail = { class: 'watch', verb: 'CLOSE', detail: { client } } as const;
  context.send(stream.server, { type: 'watch-closed', id }, detail);
}

function forget(state: LoadBalancerState, id: number, { client, request }: Stream): void {
  state.streams.delete(id);
  state.ids.delete(`${client}/${request.id}`);
}

/** A server has answered, or its connection is gone. */
function responded(state: LoadBalancerState, response: ApiResponse, context: Context): void {
  const stream = state.streams.get(response.id);
  if (stream === undefined) return;
  const { client, request, server } = stream;
  if (response.code === 0) {
    const known = state.connections.get(client);
    if (known?.server === server && !known.isOpen) return redispatch(state, response.id, stream, context);
    hangUp(state, client, server);
  } else opened(state, client, server);
  if (response.isOpen !== true) forget(state, response.id, stream);
  // What is to be asked again later names the request as its client knows it.
  const asked = response.request === undefined ? {} : { request };
  const verb = response.code === 0 ? 'CLOSED' : String(response.code);
  const { body } = response;
  context.send(
    client,
    { ...response, ...asked, id: request.id },
    { class: 'response', verb, opener: client, ...(body === undefined ? {} : { body }) },
  );
}

/** A watch has told something. */
function told(state: LoadBalancerState, message: WatchEvents, context: Context): void {
  const stream = state.streams.get(message.id);
  if (stream === undefined) return;
  const { client, request, server } = stream;
  opened(state, client, server);
  if (message.ended !== undefined) {
    forget(state, message.id, stream);
    if (message.ended === 0 && !context.reaches(server)) hangUp(state, client, server);
  }
  const [first] = message.events;
  const object = first === undefined ? request.resource.plural : `${first.object.kind}/${first.key}`;
  const verb = message.ended === undefined ? (first?.type ?? 'BOOKMARK') : message.ended === 0 ? 'CLOSED' : 'TIMEOUT';
  const resourceVersion = String(message.revision);
  const detail = { class: 'watch', verb, object, resourceVersion, opener: client } as const;
  context.send(client, { ...message, id: request.id }, detail);
}

function opened(state: LoadBalancerState, client: ComponentId, server: ComponentId): void {
  const known = state.connections.get(client);
  if (known?.server === server && !known.isOpen) state.connections.set(client, Object.freeze({ server, isOpen: true }));
}

/** The connection is gone: the client's next request opens another one. */
function hangUp(state: LoadBalancerState, client: ComponentId, server: ComponentId): void {
  if (state.connections.get(client)?.server === server) state.connections.delete(client);
}

/** A connection could not be opened: what waits for it goes to the next server, as often as there are others. */
function redispatch(state: LoadBalancerState, id: number, stream: Stream, context: Context): void {
  const { client, request, server, tried } = stream;
  forget(state, id, stream);
  hangUp(state, client, server);
  forward(state, client, request, [...tried, server], context);
}

function refused(id: number): ApiResponse {
  return { type: 'response', id, code: 0, failure: 'refused' };
}
