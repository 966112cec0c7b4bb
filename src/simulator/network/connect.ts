import { parseIp } from '../../apimachinery/ip.ts';
import type { JsonObject } from '../../base/json.ts';
import type { AskedReview } from '../behaviour/review-answer.ts';
import type { ComponentId, Context } from '../component.ts';
import type { DnsAnswer } from '../coredns/answer-name.ts';
import { FlowRun, resumeFlow } from '../kernel/flow.ts';
import { arrive } from './forward.ts';
import type { LinuxState } from './linux.ts';
import { PUBLIC_DNS_IP } from './machines.ts';
import type { PacketAnswer, PacketParameters } from './packets.ts';
import type { ResolvConf } from './resolv-conf.ts';
import { DNS_PORT } from './route-packet.ts';
import { questionsFor } from './resolv-conf.ts';

/** A process of a machine wants something from a host. */
export interface ConnectOrder {
  readonly token: string;
  /** The address of the Pod or machine that asks. */
  readonly fromIp: string;
  readonly resolvConf: ResolvConf;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  /** Path of the request. */
  readonly path: string;
  /** How long it waits for the answer to one packet. */
  readonly timeoutMs: number;
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
  readonly result: number | 'unknown host' | 'refused' | 'timeout' | 'outside the cluster';
  /** Names that were asked for. */
  readonly questions: readonly string[];
  /** The address that the host has; undefined where it has none. */
  readonly ip?: string;
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
}

export interface ConnectState {
  readonly connections: Map<number, Connection>;
  /** The connection that waits for the answer to a packet, by the packet's id. */
  readonly waiting: Map<number, number>;
}

type Ask = Pick<PacketParameters, 'toIp' | 'port' | 'protocol' | 'question' | 'host' | 'review'>;

export function openConnection(state: LinuxState, replyTo: ComponentId, order: ConnectOrder, context: Context): void {
  const number = context.next('connection');
  state.connections.set(number, { order, replyTo, journal: [], cause: context.cause });
  goOn(state, number, context);
}

/** The answer to a packet of this machine. */
export function heard(state: LinuxState, id: number, answer: PacketAnswer, context: Context): void {
  const number = state.waiting.get(id);
  const connection = number === undefined ? undefined : state.connections.get(number);
  if (number === undefined || connection === undefined) return;
  state.waiting.delete(id);
  connection.journal.push([answer]);
  goOn(state, number, context);
}

/** Nothing came in time. */
export function giveUp(state: LinuxState, id: number, context: Context): void {
  state.forwarded.delete(id);
  if (state.waiting.has(id)) heard(state, id, { type: 'timeout' }, context);
}

function goOn(state: LinuxState, number: number, context: Context): void {
  const connection = state.connections.get(number);
  if (connection === undefined) return;
  const { order, replyTo, journal } = connection;
  for (;;) {
    const run = new FlowRun<Ask, PacketAnswer>(connection);
    const step = resumeFlow(run, () => connect(run, order, number, context));
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
    const ask = step.wait.calls[0]!;
    const asked = `${ask.toIp}:${ask.port}`;
    const sent = arrive(state, { ...ask, fromIp: order.fromIp, asked }, context);
    if ('id' in sent) {
      state.waiting.set(sent.id, number);
      return context.timer(order.timeoutMs, GIVE_UP, sent.id, { periodic: order.isEndless === true });
    }
    if (sent.answer.type === 'timeout') {
      const id = context.next('packet');
      state.waiting.set(id, number);
      return context.timer(order.timeoutMs, GIVE_UP, id, { periodic: order.isEndless === true });
    }
    journal.push([sent.answer]);
  }
}

/** Finds the address of the host, then asks it. */
function connect(
  run: FlowRun<Ask, PacketAnswer>,
  { host, port, protocol, path, header = host, resolvConf, review }: ConnectOrder,
  number: number,
  context: Context,
): ConnectOutcome {
  const questions: string[] = [];
  const failed = (result: ConnectOutcome['result']): ConnectOutcome => ({ ok: false, result, questions });
  let ip: string | undefined = parseIp(host) === undefined ? undefined : host;
  if (ip === undefined) {
    const [server] = resolvConf.nameservers;
    if (server === undefined) {
      if (isOfCluster(host)) return failed('unknown host');
      ip = publicAddress(run, host);
      if (ip === undefined) return failed('outside the cluster');
    }
    const names = server === undefined ? [] : [...questionsFor(host, resolvConf)];
    for (let name = names.shift(); name !== undefined && ip === undefined; name = names.shift()) {
      questions.push(name);
      const answer = run.call({ toIp: server ?? '', port: DNS_PORT, protocol: 'udp', question: name });
      if (answer.type !== 'dns') return failed(answer.type === 'refused' ? 'refused' : 'timeout');
      const { code, addresses, alias } = answer.result as unknown as DnsAnswer;
      if (code === 'FORWARDED') {
        if (isOfCluster(name)) return failed('unknown host');
        ip = publicAddress(run, name);
        if (ip === undefined) return failed('outside the cluster');
      }
      if (alias !== undefined) names.unshift(alias);
      if (addresses.length > 0) ip = addresses[context.random.integer(`address/${number}`, 0, addresses.length - 1)];
    }
    if (ip === undefined) return failed('unknown host');
  }
  const answer = run.call({
    toIp: ip,
    port,
    protocol,
    question: path,
    host: header,
    ...(review === undefined ? {} : { review }),
  });
  if (answer.type === 'answered') {
    const { code, by, body, text } = answer;
    const page = { ...(body === undefined ? {} : { body }), ...(text === undefined ? {} : { text }) };
    return { ok: code < 400, result: code, questions, ip, by, ...page };
  }
  const why = answer.type === 'dns' || answer.type === 'outside' ? 'outside the cluster' : answer.type;
  return { ...failed(why), ip };
}

/** What the DNS of the world knows of a name. */
function publicAddress(run: FlowRun<Ask, PacketAnswer>, name: string): string | undefined {
  const answer = run.call({ toIp: PUBLIC_DNS_IP, port: DNS_PORT, protocol: 'udp', question: name });
  return answer.type === 'dns' ? (answer.result as unknown as DnsAnswer).addresses[0] : undefined;
}

/** Whether only the cluster's own DNS could know a name. */
function isOfCluster(host: string): boolean {
  return !host.includes('.') || host.endsWith('.cluster.local') || host.endsWith('.svc');
}
