import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { AnswerMessage, CallMessage, Message } from '../messages.ts';
import type { PacketAnswer, PacketParameters } from '../network/packets.ts';
import { PACKET } from '../network/packets.ts';
import type { IpFamily } from '../network/addresses.ts';
import { balancerIp, familyNumber, familyOf, hostPort } from '../network/addresses.ts';
import type { Balancer } from './balancer.ts';
import { balancerFor, healthyNodes, stickyNode, withCheck, withNodes } from './balancer.ts';

/** What the cloud is told of the load balancer of a Service. */
export interface BalancerOrder {
  readonly uid: string;
  /** `namespace/name`. */
  readonly service: string;
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
  readonly nodes: readonly { readonly name: string; readonly ip: string }[];
  /** Families of the Service, of which it gets an address each. */
  readonly families: readonly IpFamily[];
  /** Whether a client stays with its Node. */
  readonly isSticky: boolean;
  /** Port of a Node that tells whether it serves: of the Service itself, or of its kube-proxy. */
  readonly healthPort: number;
}

export interface CloudState {
  /** By uid of the Service. */
  readonly balancers: Map<string, Balancer>;
  readonly open: Map<number, { readonly from: ComponentId; readonly call: CallMessage }>;
  /** Health checks on their way, by id. */
  readonly checks: Map<number, { readonly uid: string; readonly node: string }>;
  /** Whom an answer is for, by the id of the packet that went on. */
  readonly forwarded: Map<number, { readonly to: ComponentId; readonly id: number }>;
}

export const CLOUD = 'cloud';
export const ENSURE_BALANCER = 'EnsureLoadBalancer';
export const UPDATE_BALANCER = 'UpdateLoadBalancer';
export const DELETE_BALANCER = 'EnsureLoadBalancerDeleted';
/** Source: cmd/kube-proxy `--healthz-bind-address`, pkg/proxy/apis/config/v1alpha1/defaults.go, 1.36. */
export const HEALTHZ_PORT = 10_256;

const DONE = 'done';
const CHECK = 'check';
const CHECK_TIMEOUT = 'check-timeout';
const FORGET = 'forget';
/** The number of the address from which Nodes are asked whether they serve. */
const CHECKER = 254;

/**
 * A cloud with load balancers that let packets through as they are (`ipMode: VIP`): what comes for an address of its own
 * goes to one of the Nodes whose health checks succeed. Assumed for the simulation; clouds differ.
 */
export const cloud: ComponentDefinition<CloudState> = {
  kind: CLOUD,
  start: (_context, _settings, kept) => ({
    balancers: new Map(kept as readonly (readonly [string, Balancer])[] | undefined),
    open: new Map(),
    checks: new Map(),
    forwarded: new Map(),
  }),
  keeps: ({ balancers }) => [...balancers],
  handle(state, event, context) {
    if (event.type === 'message') return heard(state, event.from, event.message, context);
    if (event.name === CHECK) check(state, event.data as string, context);
    else if (event.name === CHECK_TIMEOUT) checked(state, event.data as number, false, context);
    else if (event.name === FORGET) state.forwarded.delete(event.data as number);
    else if (event.name === DONE) done(state, event.data as number, context);
  },
};

function heard(state: CloudState, from: ComponentId, message: Message, context: Context): void {
  if (message.type === 'answer') return answered(state, message, context);
  if (message.type !== 'call') return;
  if (message.method === PACKET) return balance(state, from, message, context);
  const id = context.next('call');
  state.open.set(id, { from, call: message });
  const { ensureMs, updateMs } = context.numbers.cloud;
  context.timer(message.method === UPDATE_BALANCER ? updateMs : ensureMs, DONE, id);
}

function done(state: CloudState, id: number, context: Context): void {
  const found = state.open.get(id);
  if (found === undefined) return;
  state.open.delete(id);
  const { from, call } = found;
  const order = call.parameters as unknown as BalancerOrder;
  const result = Object.freeze(carryOut(state, call.method, order, context));
  context.send(
    from,
    { type: 'answer', id: call.id, method: call.method, ok: true, result },
    { class: 'internal', verb: call.method, object: `Service/${order.service}`, detail: result },
  );
}

function carryOut(
  state: CloudState,
  method: string,
  order: BalancerOrder,
  context: Context,
): Readonly<Record<string, unknown>> {
  const known = state.balancers.get(order.uid);
  if (method === DELETE_BALANCER) {
    state.balancers.delete(order.uid);
    return {};
  }
  const ips = addressesFor(known, order, context);
  state.balancers.set(order.uid, withNodes(known, order, ips));
  if (known === undefined) check(state, order.uid, context);
  return ips.length === 1 ? { ip: ips[0] } : { ips };
}

/** One address of each family of the Service: those that it has stay. */
function addressesFor(known: Balancer | undefined, order: BalancerOrder, context: Context): readonly string[] {
  const families = order.families.map(familyNumber);
  const left = families.filter((family) => !known?.ips.some((ip) => familyOf(ip) === family));
  const number = left.length === 0 ? 0 : context.next('address');
  return families.map((family) => known?.ips.find((ip) => familyOf(ip) === family) ?? balancerIp(family, number));
}

/** Asks each Node whether it serves, and does so again after a while for as long as the load balancer is there. */
function check(state: CloudState, uid: string, context: Context): void {
  const balancer = state.balancers.get(uid);
  if (balancer === undefined) return;
  const { checkMs, checkTimeoutMs } = context.numbers.cloud;
  context.timer(checkMs, CHECK, uid, { periodic: true });
  const { healthPort: port, service } = balancer.order;
  for (const { name, ip } of balancer.order.nodes) {
    const id = context.next('packet');
    state.checks.set(id, { uid, node: name });
    const parameters: PacketParameters = {
      fromIp: balancerIp(familyOf(ip), CHECKER),
      toIp: ip,
      port,
      protocol: 'tcp',
      asked: hostPort(ip, port),
      question: '/healthz',
    };
    const message = { type: 'call', id, method: PACKET, parameters: Object.freeze({ ...parameters }) } as const;
    const detail = { to: parameters.asked, service };
    context.send(`linux/${name}`, message, { class: 'probe', verb: 'health check', object: `Node//${name}`, detail });
    context.timer(checkTimeoutMs, CHECK_TIMEOUT, id, { periodic: true });
  }
}

function checked(state: CloudState, id: number, isHealthy: boolean, context: Context): void {
  const about = state.checks.get(id);
  const balancer = about && state.balancers.get(about.uid);
  state.checks.delete(id);
  if (about === undefined || balancer === undefined) return;
  const next = withCheck(balancer, about.node, isHealthy, context.numbers.cloud.unhealthyAfter);
  state.balancers.set(about.uid, next);
  const [was, is] = [healthyNodes(balancer), healthyNodes(next)].map((nodes) => nodes.includes(about.node));
  if (was === is) return;
  const { service } = balancer.order;
  const detail = { node: about.node, healthy: is };
  context.note({ class: 'internal', verb: 'balancer health', object: `Service/${service}`, detail });
}

function balance(state: CloudState, from: ComponentId, { id, parameters }: CallMessage, context: Context): void {
  const packet = parameters as unknown as PacketParameters;
  const balancer = balancerFor([...state.balancers.values()], packet);
  const nodes = balancer === undefined ? [] : healthyNodes(balancer);
  // What comes for no port, or finds no Node, is answered by nobody.
  if (balancer === undefined || nodes.length === 0) return;
  const number = context.next('packet');
  const node = balancer.order.isSticky
    ? stickyNode(nodes, packet.fromIp)
    : nodes[context.random.integer(`balance/${number}`, 0, nodes.length - 1)]!;
  state.forwarded.set(number, { to: from, id });
  context.timer(FORGET_MS, FORGET, number, { periodic: true });
  const message = {
    type: 'call',
    id: number,
    method: PACKET,
    parameters: Object.freeze({ ...packet, isBalanced: true }),
  } as const;
  const detail = { from: packet.fromIp, asked: packet.asked, to: node, service: balancer.order.service };
  context.send(`linux/${node}`, message, { class: 'packet', verb: packet.question, detail });
}

/** Longest time that an answer is waited for. */
const FORGET_MS = 60_000;

function answered(state: CloudState, { id, result }: AnswerMessage, context: Context): void {
  const answer = result as unknown as PacketAnswer;
  if (state.checks.has(id)) return checked(state, id, answer.type === 'answered' && answer.code < 400, context);
  const origin = state.forwarded.get(id);
  if (origin === undefined) return;
  state.forwarded.delete(id);
  const ok = answer.type === 'answered';
  const message = { type: 'answer', id: origin.id, method: PACKET, ok, result: Object.freeze(answer) } as const;
  const { body, ...detail } = { body: undefined, ...answer };
  context.send(origin.to, message, { class: 'packet', verb: answer.type, detail, body });
}

/** The Nodes to which a packet for a load balancer may go, as things stand. */
export function nodesBehind(state: unknown, packet: Pick<PacketParameters, 'toIp' | 'port' | 'protocol' | 'fromIp'>) {
  const balancer = state === undefined ? undefined : balancerFor([...(state as CloudState).balancers.values()], packet);
  if (balancer === undefined) return [];
  const nodes = healthyNodes(balancer);
  return balancer.order.isSticky && nodes.length > 0 ? [stickyNode(nodes, packet.fromIp)] : nodes;
}
