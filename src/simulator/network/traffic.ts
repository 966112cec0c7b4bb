import type { ApiClient } from '../client/api-client.ts';
import { THROTTLED, apiClient, sendRequest } from '../client/api-client.ts';
import type { ClientSettings } from '../client/client-component.ts';
import type { Informer } from '../client/informer.ts';
import { REWATCH, observeWatch, rewatch, startInformer, watchEnded } from '../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { ApiRequest } from '../messages.ts';
import type { ConnectOrder, ConnectOutcome } from './connect.ts';
import { CONNECT } from './connect.ts';
import type { IpFamily } from './addresses.ts';
import { familyNumber, familyOf, ofFamily } from './addresses.ts';
import type { Machines } from './machines.ts';
import { ROUTES } from './machines.ts';
import { LOAD, LOAD_OVER } from './load.ts';
import { senderOf } from './sender.ts';
import type { TrafficCount, TrafficTally } from './traffic-tally.ts';
import { countOf, emptyTally, tally, tallySent } from './traffic-tally.ts';
import { REQUEST, REQUESTS_ENDED, REQUESTS_FAIL } from './traffic-notes.ts';

export interface TrafficSettings extends ClientSettings {
  readonly machines: Machines;
  /** The process of the laptop that listens on its loopback ports. */
  readonly kubectl: ComponentId;
}

/** Requests that somebody sends, once or at a steady rate. */
export interface TrafficOrder {
  /** By which it can be ended before its time. */
  readonly name?: string;
  /** `Pod/shop/cart-*` (the first that runs), `Node//w1`, or `outside`. */
  readonly from: string;
  /** A name or an address. */
  readonly to: string;
  /** The object whose address that is: `Service/shop/web`. */
  readonly target?: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly path: string;
  /** Only addresses of this family are of use, as with `curl -4` and `curl -6`; all where left out. */
  readonly ipFamily?: IpFamily;
  /** Header `Host`, where it is not `to`. */
  readonly host?: string;
  readonly timeoutMs: number;
  /** Requests a second; one alone where left out. */
  readonly rate?: number;
  /** For how long at that rate; until somebody ends it where left out. */
  readonly forMs?: number;
  /** An answer that takes longer is slow; a second where left out. */
  readonly slowMs?: number;
}

interface Order extends TrafficTally {
  readonly order: TrafficOrder;
  readonly beganMs: number;
  /** When somebody ended it. */
  endedMs: number | undefined;
  /** When requests last failed with each result. */
  readonly failedMs: Map<string, number>;
}

/** Requests that somebody sends or sent, and how they fared. */
export interface TrafficView {
  readonly token: string;
  readonly order: TrafficOrder;
  readonly beganMs: number;
  /** When the last is sent; undefined while nobody knows. */
  readonly endsMs: number | undefined;
  readonly count: TrafficCount;
}

interface TrafficState {
  settings: TrafficSettings;
  readonly client: ApiClient;
  /** Pods, once somebody sends. */
  pods: Informer | undefined;
  readonly orders: Map<string, Order>;
}

export interface TrafficStart {
  readonly token: string;
  readonly order: TrafficOrder;
}

export const SEND = 'send';
/** Somebody ends what has a name. */
export const END = 'end';
const NEXT = 'next';
/** Nobody has the name now that an order says sends. */
const NO_SENDER = 'no sender';
const PODS = { group: '', version: 'v1', plural: 'pods' } as const;

/** Those who use what runs in the cluster: sends their requests from Pods, Nodes and from outside. */
export const traffic: ComponentDefinition<TrafficState> = {
  kind: 'traffic',
  start(_context, settings) {
    const own = settings as TrafficSettings;
    const client = apiClient(own.server, own.user, 'traffic');
    return { settings: Object.freeze(own), client, pods: undefined, orders: new Map() };
  },
  handle(state, event, context) {
    if (event.type === 'timer') return timer(state, event.name, event.data, context);
    const { message } = event;
    const { pods } = state;
    if (message.type === 'answer') return answered(state, message.result, context);
    if (message.type === 'call' && message.method === ROUTES) {
      state.settings = Object.freeze({ ...state.settings, machines: message.parameters['machines'] as Machines });
      return;
    }
    if (message.type === 'call' && message.method === LOAD) return beginLoad(state, message.parameters, context);
    if (message.type === 'call' && message.method === LOAD_OVER)
      return end(state, (token) => token.split(AGAIN)[0] === message.parameters['token'], context);
    if ((message.type !== 'watch' && message.type !== 'response') || pods?.watchId !== message.id) return;
    if (message.type === 'response') return watchEnded(pods, message.code, 0, context);
    if (message.ended !== undefined) return watchEnded(pods, message.ended, 0, context);
    const hadSynced = pods.hasSynced;
    observeWatch(pods, message);
    if (!hadSynced && pods.hasSynced) for (const token of state.orders.keys()) next(state, token, context);
  },
};

function timer(state: TrafficState, name: string, data: unknown, context: Context): void {
  if (name === THROTTLED) return sendRequest(state.client, data as ApiRequest, context);
  if (name === REWATCH) return state.pods && rewatch(state.pods, state.client, context);
  if (name === NEXT) return next(state, data as string, context);
  if (name === END) return end(state, (_token, known) => known.order.name === data, context);
  begin(state, data as TrafficStart, context);
}

function begin(state: TrafficState, { token, order }: TrafficStart, context: Context): void {
  const tally = emptyTally(order.slowMs ?? SLOW_MS);
  state.orders.set(token, { order, beganMs: context.nowMs, endedMs: undefined, failedMs: new Map(), ...tally });
  state.pods ??= startInformer({ resource: PODS }, state.client, context);
  if (state.pods.hasSynced) next(state, token, context);
}

/** Ends what goes on of some orders: no further request is sent, and those that wait are waited for. */
function end(state: TrafficState, isMeant: (token: string, order: Order) => boolean, context: Context): void {
  for (const [token, known] of state.orders) {
    if (!isMeant(token, known) || isLast(known)) continue;
    known.endedMs = context.nowMs;
    tellEnd(known, context);
  }
}

/** A load that goes on until somebody ends it. */
function beginLoad(state: TrafficState, parameters: Readonly<Record<string, unknown>>, context: Context): void {
  const token = String(parameters['token']);
  const load = { ...LOAD_ORDER, ...(parameters['order'] as Pick<TrafficOrder, 'from' | 'to' | 'port' | 'rate'>) };
  const times = [...state.orders.keys()].filter((known) => known.split(AGAIN)[0] === token).length;
  begin(state, { token: times === 0 ? token : `${token}${AGAIN}${times + 1}`, order: Object.freeze(load) }, context);
}

const LOAD_ORDER = { protocol: 'tcp', path: '/', timeoutMs: 5000 } as const;
/** Stands between the token of a load and how often it has come before. */
const AGAIN = '/again/';

/** Sends the next request of an order and sets the one after it. */
function next(state: TrafficState, token: string, context: Context): void {
  const known = state.orders.get(token);
  if (known === undefined || known.endedMs !== undefined) return;
  const { order, beganMs } = known;
  const number = tallySent(known, context.nowMs);
  context.cause = context.note({ class: 'packet', verb: REQUEST, detail: { ...order, number } });
  const { machines } = state.settings;
  const source = senderOf(order.from, machines, state.pods?.view.list() ?? []);
  if (source === undefined) {
    const outcome = { ok: false, result: 'unknown host', questions: [] } as const;
    tally(known, number, outcome, NO_SENDER, context.nowMs);
    tellFailure(known, number, NO_SENDER, context);
    tellEnd(known, context);
  } else {
    const { machine = 'outside', fromIps, resolvConf } = source;
    const { to: host, port, protocol, path, timeoutMs, host: header, ipFamily } = order;
    const asked = `${token}${NUMBERED}${number}`;
    // A Pod has a loopback of its own, on which all its containers listen.
    const ownHost = order.from.startsWith('Pod/') && isLoopback(host) ? loopbackOf(host, fromIps) : host;
    const parameters: ConnectOrder = {
      token: asked,
      fromIps,
      resolvConf,
      host: ownHost,
      port,
      protocol,
      path,
      timeoutMs,
      ...(header === undefined ? {} : { header }),
      ...(ipFamily === undefined ? {} : { family: familyNumber(ipFamily) }),
      ...(isEndless(order) ? { isEndless: true } : {}),
    };
    const message = {
      type: 'call',
      id: number,
      method: CONNECT,
      parameters: Object.freeze({ ...parameters }),
    } as const;
    // On the laptop kubectl alone listens on loopback: `port-forward` and `proxy`.
    const isOwn = order.from === 'outside' && isLoopback(host);
    context.send(isOwn ? state.settings.kubectl : `linux/${machine}`, message, {
      class: 'packet',
      verb: CONNECT,
      detail: { from: order.from, host, port, path },
    });
  }
  if (isLast(known)) return;
  const dueMs = beganMs + Math.floor((number * 1000) / (order.rate ?? 1));
  context.timer(Math.max(0, dueMs - context.nowMs), NEXT, token, { periodic: isEndless(order) });
}

/** Whether it goes on until somebody ends it: nobody waits for that, so a cluster settles beneath it. */
function isEndless({ rate, forMs }: TrafficOrder): boolean {
  return rate !== undefined && forMs === undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host);
}

/** The Pod's own address in place of that of its loopback, of the same family where it says one. */
function loopbackOf(host: string, fromIps: readonly string[]): string {
  const own = host === 'localhost' ? fromIps[0] : ofFamily(fromIps, familyOf(host));
  return own ?? host;
}

/** Whether no request of the order comes after those that were sent. */
function isLast({ order: { rate, forMs = Infinity }, sent, endedMs }: Order): boolean {
  return rate === undefined || endedMs !== undefined || Math.floor((sent * 1000) / rate) >= forMs;
}

/** Stands between the token of an order and the number of one of its requests. */
const NUMBERED = '#';
/** What takes longer is slow, where an order does not say. */
const SLOW_MS = 1000;

function answered(state: TrafficState, result: Readonly<Record<string, unknown>>, context: Context): void {
  const { token: asked, outcome } = result as { readonly token: string; readonly outcome: ConnectOutcome };
  const [token = '', number] = asked.split(NUMBERED);
  const known = state.orders.get(token);
  if (known === undefined) return;
  const word = String(outcome.result);
  tally(known, Number(number), outcome, word, context.nowMs);
  if (!outcome.ok) tellFailure(known, Number(number), word, context);
  tellEnd(known, context);
}

/** How long none must have failed in one way before it is told again that they do. */
const CALM_MS = 30_000;

/** The trace tells when requests of an order begin to fail, once for each way in which they do. */
function tellFailure(known: Order, number: number, result: string, context: Context): void {
  const { order, failedMs } = known;
  const lastMs = failedMs.get(result);
  failedMs.set(result, context.nowMs);
  if (order.rate === undefined || (lastMs !== undefined && context.nowMs - lastMs < CALM_MS)) return;
  const { from, to, port } = order;
  context.note({ class: 'packet', verb: REQUESTS_FAIL, detail: { from, to, port, result, number } });
}

/** The trace tells how all requests of an order fared, when the last is answered. */
function tellEnd(known: Order, context: Context): void {
  if (known.order.rate === undefined || known.waiting.size > 0 || !isLast(known)) return;
  const { last: _, series: _series, spanMs: _spanMs, ...counts } = countOf(known);
  const { from, to, port } = known.order;
  context.note({ class: 'packet', verb: REQUESTS_ENDED, detail: { from, to, port, ...counts } });
}

/** All requests that somebody sends or sent so far, in the order in which they began. */
export function allTraffic(state: unknown): readonly TrafficView[] {
  return [...(state as TrafficState).orders].map(([token, known]) => {
    const { order, beganMs, endedMs } = known;
    const dueMs = order.rate === undefined ? beganMs : order.forMs === undefined ? undefined : beganMs + order.forMs;
    return { token, order, beganMs, endsMs: endedMs ?? dueMs, count: countOf(known) };
  });
}

/** How the requests of an order fared so far; undefined where there is no such order. */
export function trafficOf(state: unknown, token: string): TrafficCount | undefined {
  const known = (state as TrafficState).orders.get(token);
  return known && countOf(known);
}
