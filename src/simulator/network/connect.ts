import type { JsonObject } from '../../base/json.ts';
import type { AskedReview } from '../behaviour/review-answer.ts';
import type { ComponentId, Context } from '../component.ts';
import { FlowRun, resumeFlow } from '../kernel/flow.ts';
import { inOrderOfUse } from './address-order.ts';
import type { Family } from './addresses.ts';
import { familyOf, hostPort } from './addresses.ts';
import { arrive } from './forward.ts';
import type { LinuxState } from './linux.ts';
import type { PacketAnswer } from './packets.ts';
import type { ResolvConf } from './resolv-conf.ts';
import type { Ask, AskRun } from './resolve-host.ts';
import { resolveHost, sourceFor } from './resolve-host.ts';

/** A process of a machine wants something from a host. */
export interface ConnectOrder {
  readonly token: string;
  /** The addresses of the Pod or machine that asks, one of each family that it has. */
  readonly fromIps: readonly string[];
  readonly resolvConf: ResolvConf;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  /** Path of the request. */
  readonly path: string;
  /** How long it waits for the answer to one packet. */
  readonly timeoutMs: number;
  /** Only addresses of this family are of use, as with `curl -4` and `curl -6`; all where left out. */
  readonly family?: Family;
  /** Header `Host`, where it is not the host itself. */
  readonly header?: string;
  /** One of many that go on for ever: nobody waits for its end. */
  readonly isEndless?: boolean;
  /** The review that is sent, where an API server asks a webhook. */
  readonly review?: AskedReview;
}

/** What became of it. `ok`: an answer below 400 came. */
export interface ConnectOutcome {
  readonly ok: boolean;
  /** `200`, or why there is no answer. */
  readonly result: number | 'unknown host' | 'refused' | 'timeout' | 'unreachable' | 'outside the cluster';
  /** Names that were asked for. */
  readonly questions: readonly string[];
  /** The address that the host has; undefined where it has none. */
  readonly ip?: string;
  /** Addresses of the host that were asked in vain before. */
  readonly tried?: readonly string[];
  /** Container that answered. */
  readonly by?: string;
  /** What it answered: a review, or the text of a page. */
  readonly body?: JsonObject;
  readonly text?: string;
}

/** Method of the call with which it is ordered, and of the answer. */
export const CONNECT = 'connect';
export const GIVE_UP = 'give-up';

interface Connection {
  readonly order: ConnectOrder;
  readonly replyTo: ComponentId;
  readonly journal: unknown[];
  readonly cause: number;
  /** Answers to what was asked last, by its place. */
  readonly answers: Map<number, PacketAnswer>;
  /** How many answers it waits for. */
  asked: number;
}

export interface ConnectState {
  readonly connections: Map<number, Connection>;
  /** The connection that waits for the answer to a packet, and the place of that, by the packet's id. */
  readonly waiting: Map<number, { readonly connection: number; readonly place: number }>;
}

export function openConnection(state: LinuxState, replyTo: ComponentId, order: ConnectOrder, context: Context): void {
  const number = context.next('connection');
  const { cause } = context;
  state.connections.set(number, { order, replyTo, journal: [], cause, answers: new Map(), asked: 0 });
  goOn(state, number, context);
}

/** The answer to a packet of this machine. */
export function heard(state: LinuxState, id: number, answer: PacketAnswer, context: Context): void {
  const waiting = state.waiting.get(id);
  const connection = waiting && state.connections.get(waiting.connection);
  if (waiting === undefined || connection === undefined) return;
  state.waiting.delete(id);
  connection.answers.set(waiting.place, answer);
  if (keepAnswers(connection)) goOn(state, waiting.connection, context);
}

/** Whether all that was asked is answered; the answers stand in the journal then. */
function keepAnswers(connection: Connection): boolean {
  const { answers, asked, journal } = connection;
  if (answers.size < asked) return false;
  journal.push(Array.from({ length: asked }, (_, place) => answers.get(place)));
  answers.clear();
  return true;
}

/** Nothing came in time. */
export function giveUp(state: LinuxState, id: number, context: Context): void {
  state.forwarded.delete(id);
  if (state.waiting.has(id)) heard(state, id, { type: 'timeout' }, context);
}

function goOn(state: LinuxState, number: number, context: Context): void {
  const connection = state.connections.get(number);
  if (connection === undefined) return;
  const { order, replyTo } = connection;
  for (;;) {
    const run: AskRun = new FlowRun(connection);
    const step = resumeFlow(run, (own) => connect(own, order, number, context));
    if (step.done) {
      state.connections.delete(number);
      const { body, ...outcome } = step.result;
      const { result, ok } = outcome;
      const answer = Object.freeze({ token: order.token, outcome: Object.freeze(step.result) });
      return void context.send(
        replyTo,
        { type: 'answer', id: number, method: CONNECT, ok, result: answer },
        { class: 'packet', verb: String(result), detail: { host: order.host, port: order.port, ...outcome }, body },
      );
    }
    if (step.wait.type !== 'calls') return;
    connection.asked = step.wait.calls.length;
    for (const [place, ask] of step.wait.calls.entries()) askOne(state, { number, place, order }, ask, context);
    if (!keepAnswers(connection)) return;
  }
}

/** Sends one packet; what is lost on this machine already is waited for as everything that is lost. */
function askOne(
  state: LinuxState,
  { number, place, order }: { readonly number: number; readonly place: number; readonly order: ConnectOrder },
  ask: Ask,
  context: Context,
): void {
  const sent = arrive(state, { ...ask, asked: hostPort(ask.toIp, ask.port) }, context);
  if ('answer' in sent && sent.answer.type !== 'timeout') {
    state.connections.get(number)?.answers.set(place, sent.answer);
    return;
  }
  const id = 'id' in sent ? sent.id : context.next('packet');
  state.waiting.set(id, { connection: number, place });
  context.timer(order.timeoutMs, GIVE_UP, id, { periodic: order.isEndless === true });
}

/** Finds the addresses of the host, then asks one; where it does not get through, one of the other family. */
function connect(run: AskRun, order: ConnectOrder, number: number, context: Context): ConnectOutcome {
  const { fromIps, host, port, protocol, path, header = host, resolvConf, review } = order;
  const own = fromIps.map(familyOf);
  const families = order.family === undefined ? own : own.filter((family) => family === order.family);
  const { questions, addresses, failure } = resolveHost(run, { host, resolvConf, fromIps, families });
  if (failure !== undefined) return { ok: false, result: failure, questions };
  const chosen = addresses.flatMap((found) => found[chooseOne(found, number, context)] ?? []);
  const tried: string[] = [];
  let why: ConnectOutcome['result'] = 'unreachable';
  for (const ip of inOrderOfUse(chosen, fromIps, resolvConf.library)) {
    const fromIp = sourceFor(ip, fromIps);
    if (fromIp === undefined) {
      tried.push(ip);
      continue;
    }
    const asked = { fromIp, toIp: ip, port, protocol, question: path, host: header };
    const answer = run.call(review === undefined ? asked : { ...asked, review });
    const others = tried.length === 0 ? {} : { tried: [...tried] };
    if (answer.type === 'answered') {
      const { code, by, body, text } = answer;
      const page = { ...(body === undefined ? {} : { body }), ...(text === undefined ? {} : { text }) };
      return { ok: code < 400, result: code, questions, ip, by, ...page, ...others };
    }
    tried.push(ip);
    why = answer.type === 'dns' || answer.type === 'outside' ? 'outside the cluster' : answer.type;
  }
  const [ip, ...others] = tried.toReversed();
  return {
    ok: false,
    result: why,
    questions,
    ...(ip === undefined ? {} : { ip }),
    ...(others.length === 0 ? {} : { tried: others.toReversed() }),
  };
}

/** Which of the addresses of one family is asked: a resolver gives them in any order. */
function chooseOne(found: readonly string[], number: number, context: Context): number {
  if (found.length <= 1) return 0;
  const purpose = familyOf(found[0] ?? '') === 6 ? `address/${number}/6` : `address/${number}`;
  return context.random.integer(purpose, 0, found.length - 1);
}
