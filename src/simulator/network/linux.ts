import type { JsonObject } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { AskedReview } from '../behaviour/review-answer.ts';
import { answerReview } from '../behaviour/review-answer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { familyAsked } from '../coredns/coredns.ts';
import { RESTORE } from '../kubeproxy/kubeproxy.ts';
import { liveConnections } from '../kubeproxy/ipvs/graceful-termination.ts';
import type { ProxyRules } from '../kubeproxy/proxy-rules.ts';
import type { AnswerMessage, CallMessage } from '../messages.ts';
import type { ConnectOrder, ConnectState } from './connect.ts';
import { CONNECT, GIVE_UP, giveUp, heard, openConnection } from './connect.ts';
import { arrive } from './forward.ts';
import type { Machines } from './machines.ts';
import { ROUTES } from './machines.ts';
import { PACKET } from './packets.ts';
import type { NetworkPolicies } from './policies/network-policies.ts';
import { POLICIES } from './policies/policy-controller.ts';
import type { PacketAnswer, PacketParameters } from './packets.ts';

export interface LinuxSettings {
  /** The machine's name; undefined for a client that is no machine of the cluster. */
  readonly machine: string | undefined;
  readonly machines: Machines;
  /** What webhooks answer that are no machines of the cluster; only where the client is none either. */
  readonly behaviours?: readonly Behaviour[];
}

/** The kernel of one machine: its rules, and the packets that come and go. */
export interface LinuxState extends ConnectState {
  settings: LinuxSettings;
  rules: ProxyRules | undefined;
  /** What the network plugin enforces; undefined while there are no NetworkPolicies. */
  policies: NetworkPolicies | undefined;
  /** When a client was last sent to an endpoint, by the list or set of the rules and the client's address. */
  readonly recent: Map<string, number>;
  /** Which real server had the last turn, by virtual server of IPVS. */
  readonly turns: Map<string, number>;
  /** When a connection was last opened through IPVS, by virtual and real server. */
  readonly opened: Map<string, number>;
  /** Whom an answer is for, by the id of the call that went on. */
  readonly forwarded: Map<number, { readonly to: ComponentId; readonly id: number }>;
}

export const linux: ComponentDefinition<LinuxState> = {
  kind: 'linux',
  start: (_context, settings) => ({
    settings: Object.freeze(settings as LinuxSettings),
    rules: undefined,
    policies: undefined,
    recent: new Map(),
    turns: new Map(),
    opened: new Map(),
    forwarded: new Map(),
    connections: new Map(),
    waiting: new Map(),
  }),
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === REVIEWED) return reviewed(event.data as LateReview, context);
      if (event.name === GIVE_UP) giveUp(state, event.data as number, context);
      return;
    }
    const { message, from } = event;
    if (message.type === 'answer') return answered(state, message, context);
    if (message.type !== 'call') return;
    if (message.method === REVIEW) review(state, from, message, context);
    else if (message.method === RESTORE) restore(state, message.parameters['rules'] as ProxyRules, context);
    else if (message.method === POLICIES) state.policies = message.parameters['policies'] as NetworkPolicies;
    else if (message.method === CONNECT)
      openConnection(state, from, message.parameters as unknown as ConnectOrder, context);
    else if (message.method === ROUTES)
      state.settings = Object.freeze({ ...state.settings, machines: message.parameters['machines'] as Machines });
    else if (message.method === PACKET) packet(state, from, message, context);
  },
};

/** New rules; real servers without connections go at once, which is what the others are known by. */
function restore(state: LinuxState, rules: ProxyRules, { nowMs }: Context): void {
  state.rules = rules;
  const live = liveConnections(state.opened, nowMs);
  for (const key of state.opened.keys()) if (!live.has(key)) state.opened.delete(key);
}

/** Method of a call that is a review for a webhook outside the cluster. */
export const REVIEW = 'review';
/** Name of the timer with which such a webhook answers that takes a while. */
const REVIEWED = 'reviewed';

interface LateReview {
  readonly to: ComponentId;
  readonly id: number;
  readonly code: number;
  readonly body: JsonObject | undefined;
}

/** The webhook outside the cluster answers. */
function review({ settings }: LinuxState, to: ComponentId, { id, parameters }: CallMessage, context: Context): void {
  const asked = parameters as unknown as AskedReview;
  const answer = answerReview(settings.behaviours ?? [], asked, context.nowMs);
  if (answer.isDown) return sendBack(to, id, { type: 'refused', by: asked.url ?? '' }, context);
  const { code, body, takesMs } = answer;
  const late: LateReview = Object.freeze({ to, id, code, body });
  if (takesMs > 0) context.timer(takesMs, REVIEWED, late);
  else reviewed(late, context);
}

function reviewed({ to, id, code, body }: LateReview, context: Context): void {
  sendBack(to, id, { type: 'answered', by: 'outside', code, ...(body === undefined ? {} : { body }) }, context);
}

/** A packet from another machine, or from a process of this one. */
function packet(state: LinuxState, from: ComponentId, message: CallMessage, context: Context): void {
  const parameters = message.parameters as unknown as PacketParameters;
  const end = arrive(state, parameters, context);
  if ('answer' in end) return sendBack(from, message.id, end.answer, context);
  state.forwarded.set(end.id, { to: from, id: message.id });
}

/** What comes back goes the way that its question came. */
function answered(state: LinuxState, { id, method, result }: AnswerMessage, context: Context): void {
  const isDns = familyAsked(method) !== undefined;
  const answer: PacketAnswer = isDns ? { type: 'dns', result } : (result as unknown as PacketAnswer);
  const origin = state.forwarded.get(id);
  if (origin === undefined) return heard(state, id, answer, context);
  state.forwarded.delete(id);
  sendBack(origin.to, origin.id, answer, context);
}

function sendBack(to: ComponentId, id: number, answer: PacketAnswer, context: Context): void {
  // A packet that is lost is answered by nobody.
  if (answer.type === 'timeout') return;
  const { body, ...detail } = { body: undefined, ...answer };
  const message = {
    type: 'answer',
    id,
    method: PACKET,
    ok: answer.type === 'answered',
    result: Object.freeze(answer),
  } as const;
  context.send(to, message, { class: 'packet', verb: answer.type, detail, body });
}
